import { IconMailbox, IconMailForward } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '@contract/dossier'
import { formatDuration, formatMoney } from '@contract/format'
import type { DossierId } from '@contract/ids'
import type { WaitingResult } from '@contract/results'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { useClock } from '../dossiers/clock'
import { Badge, DossierBadge, Empty, FailureNote, KeyCaps, Loading, Segmented, Table } from '../parts'

type Delivery = 'all' | 'counter' | 'post'
type Row = SearchHit & Readonly<Partial<Pick<WaitingResult, 'readyAt' | 'delivery' | 'open'>>>
type Props = Readonly<{ current: DossierId | null; onChoose: (id: DossierId) => void }>

const DAY_MINUTES = 24 * 60
/** A result that lies longer than this is marked: somebody should be called, in days. */
const LONG_DAYS = 5
const LIMIT = 500

/** What waits to be handed over, the longest first; what is typed is looked for among all dossiers. */
export function Waiting({ current, onChoose }: Props): ReactNode {
  const { t } = useTranslation('results')
  const [delivery, setDelivery] = useState<Delivery>('all')
  const [typed, setTyped] = useState('')
  const query = typed.trim()
  const waiting = useQuery({ queryKey: keys.resultsWaiting(delivery), queryFn: () => api.results.waiting({ delivery, limit: LIMIT }), placeholderData: keepPreviousData })
  const found = useQuery({ queryKey: ['dossier', 'results-found', query], queryFn: () => api.results.find({ query }), enabled: query !== '', placeholderData: keepPreviousData })
  const { data, error } = query === '' ? waiting : found
  const rows: readonly Row[] | undefined = data
  const openFirst = (): void => {
    const [first] = rows ?? []
    if (query !== '' && first) onChoose(first.id)
  }
  return (
    <section className="card fill waiting" aria-labelledby="results-title">
      <div className="hd col">
        <div className="row"><h1 id="results-title">{t('title')}</h1>{waiting.data && <span className="end s t2 num" role="status">{t('count', { count: waiting.data.length })}</span>}</div>
        <Search typed={typed} onTyped={setTyped} onEnter={openFirst} ready={current === null} />
        {query === '' && <Segmented label={t('which')} value={delivery} onChange={setDelivery} options={(['all', 'counter', 'post'] as const).map((value) => ({ value, label: t(`show.${value}`) }))} />}
      </div>
      <FailureNote error={error} />
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && <div className="grow"><Empty title={t(query === '' ? 'none' : 'notFound')} icon={IconMailForward}>{t(query === '' ? 'noneHelp' : 'notFoundHelp')}</Empty></div>}
      {rows !== undefined && rows.length > 0 && <List rows={rows} current={current} onChoose={onChoose} />}
    </section>
  )
}

type SearchProps = Readonly<{ typed: string; onTyped: (typed: string) => void; onEnter: () => void; /** Nobody is at the counter yet: the field waits for the next. */ ready: boolean }>

function Search({ typed, onTyped, onEnter, ready }: SearchProps): ReactNode {
  const { t } = useTranslation('results')
  const field = useRef<HTMLInputElement>(null)
  useShortcut('/', t('search'), () => field.current?.focus())
  useEffect(() => {
    if (ready && document.activeElement === document.body) field.current?.focus()
  }, [ready])
  return (
    <span className="row" style={{ gap: 6 }}>
      <input
        ref={field} className="inp grow" value={typed} aria-label={t('search')} placeholder={t('searchHint')} aria-keyshortcuts="/" spellCheck={false} autoComplete="off" maxLength={400}
        onChange={(event) => onTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter()
          if (event.key === 'Escape') onTyped('')
        }}
      />
      <KeyCaps keys="/" />
    </span>
  )
}

function List({ rows, current, onChoose }: Props & { rows: readonly Row[] }): ReactNode {
  const { t } = useTranslation('results')
  const now = useClock()
  return (
    <div className="fixed-table grow">
      <Table
        label={t('title')} rows={rows} idOf={({ id }) => id} selected={current} onSelect={({ id }) => onChoose(id)} rowHeight={65}
        columns={[
          { key: 'who', title: t('column.who'), cell: (row) => <Who row={row} /> },
          { key: 'waits', title: t('column.waits'), width: 132, right: true, cell: (row) => <Waits row={row} now={now} /> },
        ]}
      />
    </div>
  )
}

function Who({ row }: { row: Row }): ReactNode {
  return (
    <div className="two-lines">
      <b className="ell">{row.applicantName}</b>
      <span className="s t2 ell" title={row.procedureName}><span className="num">{row.code.split('-').slice(-2).join('-')}</span> · {row.procedureName}</span>
    </div>
  )
}

/** How long it has been lying there; what is in the way already. Of a dossier that was only found: its state. */
function Waits({ row, now }: { row: Row; now: Date }): ReactNode {
  const { t } = useTranslation('results')
  if (row.readyAt === undefined) return <DossierBadge state={row.state} />
  const minutes = row.readyAt === null ? null : Math.max(0, (now.getTime() - Date.parse(row.readyAt)) / 60_000)
  const days = minutes === null ? 0 : Math.floor(minutes / DAY_MINUTES)
  const span = minutes === null ? '' : days >= 1 ? t('days', { count: days }) : formatDuration(minutes, currentLanguage())
  return (
    <div className="two-lines end">
      {days >= LONG_DAYS ? <Badge tint="warn" title={t('longHelp', { days: LONG_DAYS })}>{t('long', { span })}</Badge> : <span className="num">{span}</span>}
      {(row.open ?? 0) > 0 ? <span className="s c-warn num">{t('owes', { amount: formatMoney(row.open ?? 0) })}</span>
        : row.delivery === 'post' && <span className="s t2 row"><IconMailbox className="i xs" aria-hidden />{t('show.post')}</span>}
    </div>
  )
}
