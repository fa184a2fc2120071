import { IconKey } from '@tabler/icons-react'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { core } from './client'
import { TextField } from './field'
import { type Problem, problemOf, ProblemNote } from './problem'

/** A secret that somebody else has set is changed before anything else is done. */
export function NewSecret({ onDone }: { onDone: () => Promise<void> }): ReactNode {
  const { t } = useTranslation('helper')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const ready = current !== '' && next !== ''
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!ready) return
    try {
      await core.changeSecret({ current, next })
      await onDone()
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <main className="helper">
      <form className="alone card door" onSubmit={(event) => void submit(event)}>
        <h1>{t('newSecret.title')}</h1>
        <p className="t2">{t('newSecret.help')}</p>
        <ProblemNote problem={problem} />
        <TextField name="current" label={t('newSecret.current')} value={current} onChange={setCurrent} type="password" autoFocus />
        <TextField name="next" label={t('newSecret.next')} value={next} onChange={setNext} type="password" />
        <button type="submit" className="act primary" aria-disabled={!ready}><IconKey className="i" aria-hidden />{t('newSecret.act')}</button>
      </form>
    </main>
  )
}
