import { IconAlertTriangle, IconCalendarEvent, IconClock, IconCloudOff, IconCloudUp, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today } from '@contract/calls-office'
import { formatDuration, formatShortDate, formatTime } from '@contract/format'
import type { SyncStatus } from '@contract/sync'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useSyncStatus } from '../app/session'
import { Card, KeyCaps } from '../parts'
import { useClock } from '../dossiers/clock'

/** How much is on its way to the city, in figures that add up. */
export function SendingCard(): ReactNode {
  const { t } = useTranslation('today')
  const { data } = useSyncStatus()
  return (
    <Card title={t('sending.title')} icon={IconCloudUp} aside={<KeyCaps keys="Alt+6" />}>
      {data && <Sums status={data} />}
    </Card>
  )
}

/** When the oldest was made that only waits for its turn or the line; what needs somebody is counted on its own. */
function useOldestWaiting(): string | null {
  const { data = [] } = useQuery({ queryKey: keys.outbox('open'), queryFn: () => api.sync.outbox({ filter: 'open' }) })
  return data.filter(({ state }) => state === 'ready' || state === 'waiting').map(({ createdAt }) => createdAt).sort()[0] ?? null
}

function Sums({ status }: { status: SyncStatus }): ReactNode {
  const { t } = useTranslation('today')
  const now = useClock()
  const { counts, line, since, lastReceivedAt } = status
  const oldest = useOldestWaiting()
  const waiting = counts.ready + counts.waiting
  const age = waiting > 0 && oldest !== null ? formatDuration((now.getTime() - Date.parse(oldest)) / 60_000, currentLanguage()) : null
  return (
    <div className="col" style={{ gap: 6 }}>
      {line === 'offline' && <div className="note" role="status"><IconCloudOff className="i" aria-hidden /><p className="grow"><b>{t('sending.offline', { since: since ? formatTime(new Date(since)) : '' })}</b> {t('sending.offlineHelp')}</p></div>}
      <dl className="sums">
        <dt>{t('sending.received')}</dt><dd className="num">{counts.received}</dd>
        <dt>{t('sending.sending')}</dt><dd className="num">{counts.sending}</dd>
        <dt>{t('sending.waiting')}{age !== null && ` · ${t('sending.oldest', { age })}`}</dt><dd className="num">{waiting}</dd>
        {counts.attention > 0
          ? <><dt className="c-bad w6"><IconAlertTriangle className="i xs" aria-hidden /> {t('sending.attention')}</dt><dd className="num c-bad">{counts.attention}</dd></>
          : <><dt>{t('sending.attention')}</dt><dd className="num">0</dd></>}
      </dl>
      <p className="s t2 num">{lastReceivedAt === null ? t('sending.never') : t('sending.last', { time: formatTime(new Date(lastReceivedAt)) })}</p>
    </div>
  )
}

/** What the calendar and the clock change about today's promises. */
export function ReminderCard({ reminders }: { reminders: Today['reminders'] }): ReactNode {
  const { t } = useTranslation('today')
  return (
    <Card title={t('reminder.title')} icon={IconInfoCircle} className="grow">
      <ul className="reminders m">
        {reminders.map(({ code, params }) => {
          const Icon = code === 'holiday-tomorrow' ? IconCalendarEvent : IconClock
          const date = params['date'] === undefined ? '' : formatShortDate(params['date'], { language: currentLanguage() })
          return <li key={code}><Icon className="i xs" style={{ marginTop: 3 }} aria-hidden /><span>{t(`reminder.${code}`, { ...params, date })}</span></li>
        })}
      </ul>
    </Card>
  )
}
