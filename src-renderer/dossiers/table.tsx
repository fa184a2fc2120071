import type { TFunction } from 'i18next'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '@contract/dossier'
import type { Instant } from '@contract/ids'
import { currentLanguage } from '../app/i18n'
import { type Column, DossierBadge, DueMark, SyncBadge, Table } from '../parts'
import { useClock } from './clock'
import { isRunning, RowBadge, useMinutesLeft } from './due'
import { nearMoment } from './moments'
import './dossiers.css'

type Props = Readonly<{ label: string; rows: readonly SearchHit[]; columns: 'due' | 'all' }>

/** Dossiers one a line; Enter opens. `due` leaves out when they were received. */
export function DossierTable({ label, rows, columns }: Props): ReactNode {
  const { t } = useTranslation('dossiers')
  const navigate = useNavigate()
  const now = useClock()
  const minutes = useMinutesLeft(rows.map(({ dueAt }) => dueAt))
  const [selected, setSelected] = useState<string | null>(null)
  const moment = (instant: string): string => nearMoment(instant, now, t('today', { ns: 'common' }), currentLanguage())
  const received: Column<SearchHit> = { key: 'received', title: t('column.received'), width: 138, cell: ({ receivedAt }) => <span className="num t2">{moment(receivedAt)}</span> }
  const shown: readonly Column<SearchHit>[] = [
    { key: 'code', title: t('column.code'), width: 208, cell: (hit) => <CodeCell hit={hit} /> },
    { key: 'who', title: t('column.who'), cell: ({ applicantName, procedureName }) => <div className="ell" title={procedureName}><b>{applicantName}</b> <span className="t2">· {procedureName}</span></div> },
    ...(columns === 'all' ? [received] : []),
    { key: 'due', title: t('column.due'), width: 138, right: true, cell: ({ dueAt }) => (dueAt === null ? <span className="t2">{t('noDue')}</span> : moment(dueAt)) },
    ...(columns === 'all' ? stateColumns(t, minutes) : [{ key: 'state', title: t('column.state'), width: 200, cell: (hit: SearchHit) => <RowBadge hit={hit} minutes={minutes} /> }]),
  ]
  return (
    <div className="fixed-table grow">
      <Table
        label={label} rows={rows} columns={shown} idOf={({ id }) => id} selected={selected} onSelect={({ id }) => setSelected(id)}
        onOpen={({ id }) => void navigate({ to: '/dossiers/$dossierId', params: { dossierId: id } })}
      />
    </div>
  )
}

function stateColumns(t: TFunction<'dossiers'>, minutes: ReadonlyMap<Instant, number>): readonly Column<SearchHit>[] {
  return [
    { key: 'left', title: t('column.left'), width: 152, cell: ({ dueAt, state }) => <DueMark minutesLeft={dueAt === null || !isRunning(state) ? null : (minutes.get(dueAt) ?? null)} /> },
    { key: 'state', title: t('column.state'), width: 214, cell: ({ state, submission }) => (submission === 'attention' ? <SyncBadge state="attention" /> : <DossierBadge state={state} />) },
  ]
}

function CodeCell({ hit: { code, codeIsProvisional } }: { hit: SearchHit }): ReactNode {
  const { t } = useTranslation('dossiers')
  return <span className="code num" title={codeIsProvisional ? t('provisionalHelp') : undefined}>{code}{codeIsProvisional && <span className="src" style={{ marginLeft: 6 }}>{t('provisional')}</span>}</span>
}
