import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { toCivil } from '@contract/civil-time'
import { formatShortDate, formatSize, formatTime } from '@contract/format'
import type { OutboxRow } from '@contract/sync'
import { currentLanguage } from '../app/i18n'
import { type Column, SyncBadge } from '../parts'
import { whyOf } from './why'

/** State · dossier with a second line · time. */
export function columns(t: TFunction<'outbox'>, errors: (key: string) => string, now: Date, online: boolean): readonly Column<OutboxRow>[] {
  return [
    { key: 'state', title: t('column.state'), width: 178, cell: (row) => <SyncBadge state={row.state} done={row.documentsConfirmed} total={row.documentsTotal} by={row.supersededBy} /> },
    { key: 'dossier', title: t('column.dossier'), cell: (row) => <DossierCell row={row} second={secondLine(row, t, errors, online)} /> },
    { key: 'at', title: t('column.at'), width: 108, right: true, cell: ({ changedAt }) => when(changedAt, now) },
  ]
}

function when(instant: string, now: Date): string {
  const moment = new Date(instant)
  const { date } = toCivil(moment)
  const time = formatTime(moment)
  return date === toCivil(now).date ? time : `${formatShortDate(date, { language: currentLanguage() }).slice(-5)} ${time}`
}

/** What stands next to the state (`ui.md` §4): why, when tried again, bytes accepted, receipt number. */
export function secondLine(row: OutboxRow, t: TFunction<'outbox'>, errors: (key: string) => string, online: boolean): string {
  const language = currentLanguage()
  switch (row.state) {
    case 'attention': return row.cityWords === null ? whyOf(row, errors) : t('second.refused', { words: row.cityWords })
    case 'sending': return row.bytesTotal > 0 ? t('second.bytes', { done: formatSize(row.bytesAccepted, language), total: formatSize(row.bytesTotal, language) }) : t('second.sending')
    case 'waiting': return [whyOf(row, errors), row.nextTryAt && t('second.again', { time: formatTime(new Date(row.nextTryAt)) })].filter((part) => part !== '' && part !== null).join(' · ')
    case 'ready': return t(online ? 'second.ready' : 'second.readyOffline')
    case 'received': return t('second.receipt', { number: row.receiptNumber ?? '' })
    case 'superseded': return t('second.superseded', { version: row.supersededBy ?? '' })
  }
}

function DossierCell({ row, second }: { row: OutboxRow; second: string }): ReactNode {
  return (
    <>
      <div className="ell" style={{ lineHeight: 1.4 }}>
        <span className="code num">{row.dossierCode}</span> <b>{row.applicantName}</b> <span className="t2">{row.procedureName}</span>
      </div>
      <div className={`s ell ${row.state === 'attention' ? 'c-bad w6' : 't2'}`} title={second}>{second}</div>
    </>
  )
}
