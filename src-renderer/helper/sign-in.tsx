import { IconLogin2 } from '@tabler/icons-react'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelperGate } from '@contract/assist'
import { core } from './client'
import { TextField } from './field'
import { type Problem, problemOf, ProblemNote } from './problem'

/** Name and secret. Names are typed, not chosen: this window stands in the hall. */
export function SignIn({ demo, onIn }: { demo: HelperGate['demo']; onIn: () => Promise<void> }): ReactNode {
  const { t } = useTranslation('helper')
  const [loginName, setLoginName] = useState(demo[0]?.loginName ?? '')
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const ready = loginName.trim() !== '' && secret !== ''
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    try {
      await core.signIn({ loginName: loginName.trim(), secret })
      await onIn()
    } catch (error) {
      setProblem(problemOf(error))
      setSecret('')
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="helper">
      <form className="alone card door" onSubmit={(event) => void submit(event)}>
        <h1>{t('signIn.title')}</h1>
        <p className="t2">{t('signIn.help')}</p>
        <ProblemNote problem={problem} />
        <TextField name="loginName" label={t('signIn.name')} value={loginName} onChange={setLoginName} autoFocus={demo.length === 0} />
        <TextField name="secret" label={t('signIn.secret')} value={secret} onChange={setSecret} type="password" autoFocus={demo.length > 0} />
        {demo.map((person) => (
          <p key={person.loginName} className="m sim-line"><span className="sim">{t('signIn.simulated')}</span> {t('signIn.demo', person)}</p>
        ))}
        <button type="submit" className="act primary" aria-disabled={!ready || busy}><IconLogin2 className="i" aria-hidden />{t('signIn.act')}</button>
      </form>
    </main>
  )
}
