import { IconCheck, IconShieldCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelperDraft } from '@contract/assist'
import { core } from './client'
import { type Problem, problemOf, ProblemNote } from './problem'

const POINTS = ['what', 'who', 'refuse'] as const

/** What is read to the citizen before anything about them is typed; the moment they agree is kept. */
export function Consent({ onAgreed, onBack }: { onAgreed: (draft: HelperDraft) => void; onBack: () => void }): ReactNode {
  const { t } = useTranslation('helper')
  const [agreed, setAgreed] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const begin = (): void => {
    if (agreed) void core.start({ consent: true }).then(onAgreed, (error: unknown) => setProblem(problemOf(error)))
  }
  return (
    <main className="helper">
      <div className="step-head"><h1 ref={title} tabIndex={-1}>{t('consent.title')}</h1></div>
      <div className="scroll step-body">
        <ProblemNote problem={problem} />
        <div className="card sheet">
          <p className="t2">{t('consent.read')}</p>
          <ul className="points">{POINTS.map((point) => <li key={point}><IconShieldCheck className="i lg" aria-hidden /><span>{t(`consent.${point}`)}</span></li>)}</ul>
          <label className="tick"><input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} /><span>{t('consent.agree')}</span></label>
        </div>
      </div>
      <div className="acts-bar">
        <button type="button" className="act" onClick={onBack}>{t('back', { ns: 'common' })}</button><span className="grow" />
        <button type="button" className="act primary" aria-disabled={!agreed} onClick={begin}><IconCheck className="i" aria-hidden />{t('consent.begin')}</button>
      </div>
    </main>
  )
}
