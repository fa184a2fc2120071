import { IconAlertTriangle, IconCalendarDue, IconCheck, IconClock, IconHourglass, IconMailExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DueSoon } from '@contract/handling'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { Badge, Button, type Column, DueMark, Empty, FailureNote, type IconType, Loading, Segmented, Table, type Tint } from '../parts'
import { useClock } from './clock'
import { DUE_SHOWS, type DueShow, howMany, mayExtend, shownOf } from './due-soon-rows'
import { nearMoment } from './moments'
import './dossiers.css'

/** Working days that the list looks ahead. */
const DAYS = ['2', '5', '10'] as const
type Days = (typeof DAYS)[number]

/** Dossiers that are late or soon will be, with whether a letter of apology (Mẫu 04) is still possible; Enter opens the one chosen for it. */
export function DueSoonScreen(): ReactNode {
  const { t } = useTranslation('due-soon')
  const navigate = useNavigate()
  const [days, setDays] = useState<Days>('2')
  const [show, setShow] = useState<DueShow>('all')
  const [selected, setSelected] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({ queryKey: keys.dueSoon(Number(days)), queryFn: () => api.handling.dueSoon({ days: Number(days) }), refetchInterval: 60_000 })
  const rows = shownOf(data ?? [], show)
  const current = rows.find(({ dossierId }) => dossierId === selected) ?? rows[0]
  const open = (row: DueSoon): void => void navigate({ to: '/dossiers/$dossierId', params: { dossierId: row.dossierId }, search: mayExtend(row) ? { act: 'extension' } : {} })
  return (
    <main className="work">
      <div className="main">
        <section className="card fill" aria-labelledby="due-soon-title">
          <div className="hd">
            <IconCalendarDue className="i" aria-hidden />
            <h1 id="due-soon-title" style={{ fontSize: 18 }}>{t('title')}</h1>
            <span className="s t2 num" role="status">{data && t('count', { count: rows.length })}</span>
            <span className="end row">
              <Button small keys="Escape" onPress={() => void navigate({ to: '/dossiers' })}>{t('toList')}</Button>
              {current && <Button kind="primary" small icon={IconMailExclamation} keys="Ctrl+Enter" onPress={() => open(current)}>{t(mayExtend(current) ? 'extend' : 'open')}</Button>}
            </span>
          </div>
          <div className="filters">
            <Choice label={t('show')}><Segmented label={t('show')} value={show} onChange={setShow} options={DUE_SHOWS.map((value) => ({ value, label: t('shown', { show: t(`shows.${value}`), count: howMany(data ?? [], value) }) }))} /></Choice>
            <Choice label={t('ahead')}><Segmented label={t('ahead')} value={days} onChange={setDays} options={DAYS.map((value) => ({ value, label: t('days', { count: Number(value) }) }))} /></Choice>
            <p className="s t2 law">{t('law')}</p>
          </div>
          {error !== null && <FailureNote error={error}><Button small onPress={() => void refetch()}>{t('again')}</Button></FailureNote>}
          {!data && error === null && <Loading />}
          {data && rows.length === 0 && <Empty title={t(show === 'all' ? 'none' : 'noneShown')} icon={IconCheck}>{t('noneWords', { count: Number(days) })}</Empty>}
          {rows.length > 0 && <DueTable rows={rows} selected={current?.dossierId ?? null} onSelect={setSelected} onOpen={open} />}
        </section>
      </div>
    </main>
  )
}

function Choice({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return <div><p className="m w6" style={{ marginBottom: 4 }} aria-hidden="true">{label}</p>{children}</div>
}

/** Minutes of a working day; the mark says anything shorter by the hour. */
const WORKING_DAY = 480

type TableProps = Readonly<{ rows: readonly DueSoon[]; selected: string | null; onSelect: (id: string) => void; onOpen: (row: DueSoon) => void }>

function DueTable({ rows, selected, onSelect, onOpen }: TableProps): ReactNode {
  const { t } = useTranslation('due-soon')
  const now = useClock()
  const moment = (instant: string): string => nearMoment(instant, now, t('today', { ns: 'common' }), currentLanguage())
  const columns: readonly Column<DueSoon>[] = [
    { key: 'code', title: t('column.code'), width: 208, cell: ({ code }) => <span className="code num">{code}</span> },
    { key: 'who', title: t('column.who'), cell: ({ applicantName, procedureName }) => <div className="ell" title={procedureName}><b>{applicantName}</b> <span className="t2">· {procedureName}</span></div> },
    { key: 'office', title: t('column.office'), width: 218, cell: ({ office }) => <span className="ell" title={office}>{office === '' ? t('here') : office}</span> },
    { key: 'due', title: t('column.due'), width: 138, right: true, cell: ({ dueAt }) => moment(dueAt) },
    { key: 'left', title: t('column.left'), width: 152, cell: ({ minutesLeft }) => (minutesLeft !== null && minutesLeft > WORKING_DAY ? <span className="t2">{t('daysLeft', { count: Math.floor(minutesLeft / WORKING_DAY) })}</span> : <DueMark minutesLeft={minutesLeft} />) },
    { key: 'apology', title: t('column.apology'), width: 206, cell: ({ apology }) => <ApologyBadge apology={apology} /> },
  ]
  return (
    <div className="fixed-table grow">
      <Table label={t('title')} rows={rows} columns={columns} idOf={({ dossierId }) => dossierId} selected={selected} onSelect={({ dossierId }) => onSelect(dossierId)} onOpen={onOpen} />
    </div>
  )
}

const APOLOGY: Readonly<Record<DueSoon['apology'], readonly [Tint, IconType]>> = { later: ['ok', IconClock], today: ['warn', IconHourglass], passed: ['line', IconAlertTriangle], done: ['info', IconCheck] }

/** What is still possible, by icon and words. */
function ApologyBadge({ apology }: Pick<DueSoon, 'apology'>): ReactNode {
  const { t } = useTranslation('due-soon')
  const [tint, icon] = APOLOGY[apology]
  return <Badge tint={tint} icon={icon}>{t(`apology.${apology}`)}</Badge>
}
