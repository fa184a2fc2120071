import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '@contract/format'
import type { OutboxRow } from '@contract/sync'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useSyncStatus } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { Button, Empty, FailureNote, KeyCaps, Loading, Segmented, Table, useAnnounce } from '../parts'
import { useClock } from '../dossiers/clock'
import { Destination } from './destination'
import { Detail } from './detail'
import { columns } from './columns'
import { lastSubmission, rememberSubmission } from './selection'
import { matching } from './why'
import '../dossiers/dossiers.css'
import './outbox.css'

type Which = 'open' | 'all'
const LIMIT = 500

/** Everything on its way to the city, those that need somebody first, with what to do beside it. Nothing here can be deleted. */
export function OutboxScreen(): ReactNode {
  const [which, setWhich] = useState<Which>('all')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(lastSubmission)
  const { data, error } = useQuery({ queryKey: keys.outbox(which), queryFn: () => api.sync.outbox({ filter: which, limit: LIMIT }), refetchInterval: 10_000 })
  const rows = matching(data ?? [], typed)
  const current = rows.find(({ id }) => id === chosen) ?? rows[0]
  const choose = (row: OutboxRow): void => {
    rememberSubmission(row.id)
    setChosen(row.id)
  }
  return (
    <main className="work outbox">
      <div className="main">
        <Destination />
        <section className="card fill" aria-labelledby="outbox-title">
          <Head which={which} onWhich={setWhich} typed={typed} onTyped={setTyped} count={rows.length} />
          {error !== null && <FailureNote error={error} />}
          {!data && error === null && <Loading />}
          {data && rows.length === 0 && <Nothing which={which} filtered={typed.trim() !== ''} />}
          {rows.length > 0 && <List rows={rows} current={current} onChoose={choose} />}
        </section>
      </div>
      <aside className="aside">{current && <Detail key={current.id} row={current} />}</aside>
    </main>
  )
}

function List({ rows, current, onChoose }: { rows: readonly OutboxRow[]; current: OutboxRow | undefined; onChoose: (row: OutboxRow) => void }): ReactNode {
  const { t } = useTranslation('outbox')
  const { t: errors } = useTranslation('errors')
  const navigate = useNavigate()
  const now = useClock()
  const { data: status } = useSyncStatus()
  return (
    <div className="fixed-table grow">
      <Table
        label={t('title')} rows={rows} columns={columns(t, errors, now, status?.line !== 'offline')} idOf={({ id }) => id} selected={current?.id} onSelect={onChoose} rowHeight={57}
        onOpen={({ dossierId }) => void navigate({ to: '/dossiers/$dossierId', params: { dossierId } })}
      />
    </div>
  )
}

type HeadProps = Readonly<{ which: Which; onWhich: (which: Which) => void; typed: string; onTyped: (typed: string) => void; count: number }>

function Head({ which, onWhich, typed, onTyped, count }: HeadProps): ReactNode {
  const { t } = useTranslation('outbox')
  const filter = useRef<HTMLInputElement>(null)
  useShortcut('/', t('filter'), () => filter.current?.focus())
  return (
    <div className="hd" style={{ paddingBlock: 5, flexWrap: 'wrap' }}>
      <h1 id="outbox-title" style={{ fontSize: 18 }}>{t('title')}</h1>
      <span className="s t2 num" role="status">{t('count', { count })}<Oldest /></span>
      <span className="end row">
        <Segmented label={t('which')} value={which} onChange={onWhich} options={[{ value: 'open', label: t('open') }, { value: 'all', label: t('all') }]} />
        <span className="row" style={{ gap: 4 }}>
          <input
            ref={filter} className="inp" style={{ width: 132, height: 34, fontSize: 15 }} value={typed} aria-label={t('filter')} placeholder={t('filter')} aria-keyshortcuts="/" spellCheck={false}
            onChange={(event) => onTyped(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') { onTyped(''); event.currentTarget.blur() } }}
          />
          <KeyCaps keys="/" />
        </span>
        <SendNow />
      </span>
    </div>
  )
}

function Oldest(): ReactNode {
  const { t } = useTranslation('outbox')
  const { data } = useSyncStatus()
  const now = useClock()
  if (!data?.oldestWaitingAt) return null
  return <> · {t('oldest', { age: formatDuration((now.getTime() - Date.parse(data.oldestWaitingAt)) / 60_000, currentLanguage()) })}</>
}

/** The key F5 belongs to the strip, on every screen; this is the same act within reach of the mouse. */
function SendNow(): ReactNode {
  const { t } = useTranslation('outbox')
  const { say } = useAnnounce()
  return <Button small icon={IconSend} caps="F5" onPress={() => void api.sync.sendNow().then(() => say(t('sendingNow')))}>{t('sendNow')}</Button>
}

function Nothing({ which, filtered }: { which: Which; filtered: boolean }): ReactNode {
  const { t } = useTranslation('outbox')
  if (filtered) return <Empty title={t('empty.filtered')}>{t('empty.filteredWhy')}</Empty>
  return which === 'open' ? <Empty title={t('empty.open')}>{t('empty.openWhy')}</Empty> : <Empty title={t('empty.all')}>{t('empty.allWhy')}</Empty>
}
