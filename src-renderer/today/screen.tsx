import { IconCalendarDue, IconClipboardPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Today } from '@contract/calls-office'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay, useSession } from '../app/session'
import { Button, FailureNote, KeyCaps, Loading } from '../parts'
import { DrawerCard } from '../fees/drawer-card'
import { DossierTable } from '../dossiers/table'
import { useQueue } from '../queue/use-queue'
import { WaitingList } from '../queue/waiting-list'
import { ReportDueNote } from '../reports/due-note'
import { Counters } from './counters'
import { ReminderCard, SendingCard } from './panels'
import { Waiting } from './waiting'
import { WithoutCounter } from './without-counter'
import './today.css'

/** What waits, what is due, what is late: the first look of the day. An administrator has no dossiers to look at. */
export function TodayScreen(): ReactNode {
  const { data: session } = useSession()
  const mayReceive = useMay('receive')
  if (!session) return <main className="work"><Loading /></main>
  return mayReceive ? <CounterToday /> : <WithoutCounter />
}

function CounterToday(): ReactNode {
  const { t } = useTranslation('today')
  const { data, error } = useQuery({ queryKey: keys.today, queryFn: () => api.office.today(), refetchInterval: 60_000 })
  const { queue } = useQueue()
  const calls = queue !== undefined && queue.next !== null
  return (
    <main className="work pan">
      <h1 className="sr">{t('title')}</h1>
      <div className="main">
        {error !== null && <FailureNote error={error} />}
        <ReportDueNote />
        {data ? <><Counters today={data} queue={queue} />{queue && queue.standing !== 'off' && <WaitingList queue={queue} />}<DueCard today={data} primary={!calls} /></> : error === null && <Loading />}
      </div>
      <aside className="aside" aria-label={t('aside')}>
        <Waiting />
        <SendingCard />
        <DrawerCard />
        {data && <ReminderCard reminders={data.reminders} />}
      </aside>
    </main>
  )
}

/** `primary`: nobody waits to be called, so that a new intake is the next thing to do. */
function DueCard({ today, primary }: { today: Today; primary: boolean }): ReactNode {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  return (
    <section className="card fill" aria-label={t('due.title')}>
      <div className="hd">
        <IconCalendarDue className="i" aria-hidden />
        <h2>{t('due.title')}</h2>
        <span className="s t2 ell">{t('due.which')}</span>
        <span className="end row">
          <span className="s t2 num">{t('due.all', { count: today.dueTotal })}</span><KeyCaps keys="Alt+3" />
          <Button kind={primary ? 'primary' : 'neutral'} small icon={IconClipboardPlus} {...(primary && { keys: 'Ctrl+Enter' })} caps="F2" onPress={() => void navigate({ to: '/intake' })}>{t('newIntake')}</Button>
        </span>
      </div>
      {today.due.length > 0 ? <DossierTable label={t('due.title')} rows={today.due} columns="due" /> : <p className="t2" style={{ padding: '14px' }}>{t('due.none')}</p>}
    </section>
  )
}
