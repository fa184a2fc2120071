import { IconCheck, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PaperSaid } from '@contract/assist'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import { core } from './client'
import { Choice, TextField } from './field'
import { type Problem, problemOf, ProblemNote } from './problem'
import { useErrand } from './use-errand'

/** What the citizen has with them, in their own word; and where the result is to go. */
export function Papers(): ReactNode {
  const { t } = useTranslation('helper')
  const { errand, content: { procedure: chosen, delivery, applicant } } = useErrand()
  const [procedure, setProcedure] = useState<Procedure | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    if (chosen) core.procedure(chosen).then(setProcedure, (error: unknown) => setProblem(problemOf(error)))
  }, [chosen])
  const set = (part: Partial<typeof delivery>): void => errand.edit('delivery', (now) => ({ ...now, delivery: { ...now.delivery, ...part } }))
  return (
    <div className="papers">
      <ProblemNote problem={problem} />
      {chosen === null ? <p className="empty">{t('papers.noProcedure')}</p> : <p className="t2">{t('papers.help')}</p>}
      <ul className="lines">{chosen && procedure?.components.map((paper) => <li key={paper.code}><Paper paper={paper} /></li>)}</ul>
      <h2>{t('papers.delivery')}</h2>
      <Choice shown={false} label={t('papers.delivery')} value={delivery.method} options={(['counter', 'post'] as const).map((value) => ({ value, label: t(`papers.method.${value}`) }))}
        onChange={(method) => set({ method, address: method === 'post' && delivery.address === '' ? applicant.address : delivery.address })} />
      {delivery.method === 'post' && <TextField name="delivery.address" label={t('appointment.address', { ns: 'intake' })} value={delivery.address} maxLength={1000} onChange={(address) => set({ address })} />}
    </div>
  )
}

function Paper({ paper }: { paper: ProcedureComponent }): ReactNode {
  const { t } = useTranslation('helper')
  const { errand, content } = useErrand()
  const said = content.papers[paper.code]
  const say = (word: PaperSaid): void => errand.edit(`paper.${paper.code}`, (now) => {
    const others = Object.fromEntries(Object.entries(now.papers).filter(([code]) => code !== paper.code))
    return { ...now, papers: said === word ? others : { ...others, [paper.code]: word } }
  })
  return (
    <div className="line" role="group" aria-label={paper.name}>
      <span className="grow"><b>{paper.name}</b><span className="t2">{paper.required.when === 'conditional' ? paper.required.condition : t(`kind.${paper.kind}`, { ns: 'intake' })}</span></span>
      <span className="said">
        {PaperSaid.options.map((word) => (
          <button key={word} type="button" className={`act small ${word}`} aria-pressed={said === word} onClick={() => say(word)}>
            {word === 'has' ? <IconCheck className="i" aria-hidden /> : <IconX className="i" aria-hidden />}{t(`papers.${word}`)}
          </button>
        ))}
      </span>
    </div>
  )
}
