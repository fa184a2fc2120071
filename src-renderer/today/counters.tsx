import { IconAlertTriangle, IconCalendarDue, IconClipboardCheck, IconEdit } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today } from '@contract/calls-office'
import type { IconType } from '../parts'

/** Four figures, each with the words that make it mean something. */
export function Counters({ today }: { today: Today }): ReactNode {
  const { t } = useTranslation('today')
  const { receivedToday, receivedHere, dueToday, dueTodayReady, overdue, drafts } = today
  return (
    <div className="counters">
      <Counter icon={IconClipboardCheck} caption={t('counters.received')} figure={receivedToday} beside={t('counters.here', { count: receivedHere })} />
      <Counter icon={IconCalendarDue} caption={t('counters.dueToday')} figure={dueToday} beside={t('counters.ready', { count: dueTodayReady })} />
      <Counter icon={IconAlertTriangle} caption={t('counters.overdue')} figure={overdue} beside={overdue > 0 ? t('counters.apology') : t('counters.noOverdue')} bad={overdue > 0} />
      <Counter icon={IconEdit} caption={t('counters.drafts')} figure={drafts} beside={t('counters.draftsBeside')} />
    </div>
  )
}

function Counter({ icon: Icon, caption, figure, beside, bad = false }: { icon: IconType; caption: string; figure: number; beside: string; bad?: boolean }): ReactNode {
  return (
    <section className="card" aria-label={caption}>
      <h3 className="row"><Icon className="i xs" aria-hidden /><span className="ell">{caption}</span></h3>
      <div className="facts"><span className={`kpi num ${bad ? 'c-bad' : ''}`}>{figure}</span><span className="s t2 ell">{beside}</span></div>
    </section>
  )
}
