import { IconAlertTriangle, IconCalendarDue, IconClipboardCheck, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today } from '@contract/calls-office'
import type { QueueState } from '@contract/queue'
import { useShortcut } from '../app/shortcuts'
import { type IconType, KeyCaps } from '../parts'

/** Four figures, each with the words that make it mean something. */
export function Counters({ today, queue }: { today: Today; queue: QueueState | undefined }): ReactNode {
  const { t } = useTranslation('today')
  const { receivedToday, receivedHere, dueToday, dueTodayReady, overdue } = today
  return (
    <div className="counters">
      <WaitingCounter queue={queue} />
      <Counter icon={IconClipboardCheck} caption={t('counters.received')} figure={receivedToday} beside={t('counters.here', { count: receivedHere })} />
      <Counter icon={IconCalendarDue} caption={t('counters.dueToday')} figure={dueToday} beside={t('counters.ready', { count: dueTodayReady })} />
      <Counter icon={IconAlertTriangle} caption={t('counters.overdue')} figure={overdue} beside={overdue > 0 ? t('counters.apology') : t('counters.noOverdue')} bad={overdue > 0} aside={<DueSoonLink />} />
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

/** The list of whom a new date may still be promised to. */
function DueSoonLink(): ReactNode {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  const open = (): void => void navigate({ to: '/dossiers/due-soon' })
  useShortcut('Ctrl+H', t('counters.dueSoon'), open)
  return <button type="button" className="lnk row" title={t('counters.dueSoon')} aria-keyshortcuts="Control+H" onClick={open}><span className="sr">{t('counters.dueSoon')}</span><KeyCaps keys="Ctrl+H" /></button>
}

function Counter({ icon: Icon, caption, figure, beside, bad = false, aside }: { icon: IconType; caption: string; figure: number; beside: string; bad?: boolean; aside?: ReactNode }): ReactNode {
  return (
    <section className="card" aria-label={caption}>
      <h3 className="row"><Icon className="i xs" aria-hidden /><span className="ell grow">{caption}</span>{aside}</h3>
      <div className="facts"><span className={`kpi num ${bad ? 'c-bad' : ''}`}>{figure}</span><span className="s t2 ell" title={beside}>{beside}</span></div>
    </section>
  )
}
