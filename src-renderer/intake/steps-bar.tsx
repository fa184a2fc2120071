import { IconCircle, IconCircleCheck, IconCircleDot } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ariaKeys } from '../parts'
import { papersSettled } from './content'
import { type Step, STEPS, stepsDone } from './steps'
import { useDraft } from './use-draft'

/** The key of each step, as `ui.md` §5 has them. */
export const STEP_KEYS = { person: 'Alt+N', procedure: 'Alt+T', papers: 'Alt+G', fee: 'Alt+P', appointment: 'Alt+H', review: 'Alt+X' } as const satisfies Readonly<Record<Step, string>>

/** Where the errand stands. The order is advice: any step may be opened. */
export function StepsBar({ step, onGo }: { step: Step; onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state, procedure, taken, gaps } = useDraft()
  const done = stepsDone(content, { gaps, fee: state.view.fee })
  const { settled, required } = papersSettled(procedure, content, taken)
  return (
    <nav className="card steps" aria-label={t('steps')}>
      {STEPS.map((each) => {
        const now = each === step
        const Icon = now ? IconCircleDot : done.has(each) ? IconCircleCheck : IconCircle
        return (
          <button key={each} type="button" className={now ? 'now' : done.has(each) ? 'done' : ''} aria-current={now ? 'step' : undefined} aria-keyshortcuts={ariaKeys(STEP_KEYS[each])} onClick={() => onGo(each)}>
            <Icon className="i" aria-hidden />{t(`step.${each}`)}{each === 'papers' && required > 0 && ` ${String(settled)}/${String(required)}`}
            {done.has(each) && <span className="sr">{t('stepDone')}</span>}
          </button>
        )
      })}
    </nav>
  )
}
