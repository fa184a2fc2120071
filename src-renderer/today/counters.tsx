import { IconAlertTriangle, IconCalendarDue, IconClipboardCheck, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today } from '@contract/calls-office'
import type { QueueState } from '@contract/queue'
import type { IconType } from '../parts'

/** Four figures, each with the words that make it mean something. */
export function Counters({ today, queue }: { today: Today; queue: QueueState | undefined }): ReactNode {
  const { t } = useTranslation('today')
  const { receivedToday, receivedHere, dueToday, dueTodayReady, overdue } = today
  return (
    <div className="counters">
      <WaitingCounter queue={queue} />
      <Counter icon={IconClipboardCheck} caption={t('counters.received')} figure={receivedToday} beside={t('counters.here', { count: receivedHere })} />
      <Counter icon={IconCalendarDue} caption={t('counters.dueToday')} figure={dueToday} beside={t('counters.ready', { count: dueTodayReady })} />
      <Counter icon={IconAlertTriangle} caption={t('counters.overdue')} figure={overdue} beside={overdue > 0 ? t('counters.apology') : t('counters.noOverdue')} bad={overdue > 0} />
    </div>
  )
}

function WaitingCounter({ queue }: { queue: QueueState | undefined }): ReactNode {
  const { t } = useTranslation('queue')
  const minutes = (ms: number): number => Math.round(ms / 60_000)
  const waiting = queue?.tickets.filter(({ state }) => state === 'waiting').length ?? 0
  const beside = queue === undefined || waiting === 0 ? t('counters.nobody') : t('counters.mean', { mean: minutes(queue.meanWaitMs), longest: minutes(queue.longestWaitMs) })
  return <Counter icon={IconUsers} caption={t('counters.waiting')} figure={waiting} beside={beside} />
}

function Counter({ icon: Icon, caption, figure, beside, bad = false }: { icon: IconType; caption: string; figure: number; beside: string; bad?: boolean }): ReactNode {
  return (
    <section className="card" aria-label={caption}>
      <h3 className="row"><Icon className="i xs" aria-hidden /><span className="ell">{caption}</span></h3>
      <div className="facts"><span className={`kpi num ${bad ? 'c-bad' : ''}`}>{figure}</span><span className="s t2 ell" title={beside}>{beside}</span></div>
    </section>
  )
}
