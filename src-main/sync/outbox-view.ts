import { AppError, ERRORS } from '@contract/errors'
import type { SubmissionState } from '@contract/dossier'
import type { DossierId, Instant, Sha256, SubmissionId } from '@contract/ids'
import type { OutboxDetail, OutboxRow, SyncStatus } from '@contract/sync'
import { z } from 'zod'
import type { Reader, RowView } from '../storage'

/** Those that need somebody first, then what moves, then what is done. */
const ORDER: readonly Readonly<{ state: SubmissionState; newestFirst: boolean; open: boolean }>[] = [
  { state: 'attention', newestFirst: false, open: true },
  { state: 'sending', newestFirst: false, open: true },
  { state: 'waiting', newestFirst: false, open: true },
  { state: 'ready', newestFirst: false, open: true },
  { state: 'received', newestFirst: true, open: false },
  { state: 'superseded', newestFirst: true, open: false },
]

const Receipt = z.looseObject({ receiptNumber: z.string() })

const SELECT = `SELECT s.id, s.dossier_id, d.code, d.applicant_name, p.name AS procedure_name, s.version, s.state, s.created_at, s.changed_at,
    s.attempts, s.next_try_at, s.error_code, s.city_words, s.acknowledgement, s.superseded_by, s.payload_sha256, d.due_at,
    (SELECT count(*) FROM submission_document x WHERE x.submission_id = s.id) AS documents_total,
    (SELECT count(*) FROM submission_document x JOIN document_upload u ON u.sha256 = x.sha256
      WHERE x.submission_id = s.id AND u.confirmed_at IS NOT NULL) AS documents_confirmed,
    (SELECT coalesce(sum(u.size), 0) FROM submission_document x JOIN document_upload u ON u.sha256 = x.sha256 WHERE x.submission_id = s.id) AS bytes_total,
    (SELECT coalesce(sum(u.accepted), 0) FROM submission_document x JOIN document_upload u ON u.sha256 = x.sha256 WHERE x.submission_id = s.id) AS bytes_accepted
  FROM submission s
  JOIN dossier d ON d.id = s.dossier_id
  JOIN procedure_version p ON p.code = d.procedure_code AND p.version = d.procedure_version`

function toRow(row: RowView): OutboxRow {
  return {
    id: row.text<SubmissionId>('id'),
    dossierId: row.text<DossierId>('dossier_id'),
    dossierCode: row.text('code'),
    applicantName: row.text('applicant_name'),
    procedureName: row.text('procedure_name'),
    version: row.integer('version'),
    state: row.text<SubmissionState>('state'),
    createdAt: row.text<Instant>('created_at'),
    changedAt: row.text<Instant>('changed_at'),
    attempts: row.integer('attempts'),
    nextTryAt: row.textOrNull<Instant>('next_try_at'),
    errorCode: row.textOrNull('error_code'),
    cityWords: row.textOrNull('city_words'),
    receiptNumber: row.jsonOrNull('acknowledgement', Receipt)?.receiptNumber ?? null,
    supersededBy: row.integerOrNull('superseded_by'),
    documentsTotal: row.integer('documents_total'),
    documentsConfirmed: row.integer('documents_confirmed'),
    bytesTotal: row.integer('bytes_total'),
    bytesAccepted: row.integer('bytes_accepted'),
  }
}

/** The outbox as the officer sees it: what needs somebody first. `open` leaves out what is received or superseded. */
export function listOutbox(reader: Reader, { filter, limit }: Readonly<{ filter: 'open' | 'all'; limit: number }>): OutboxRow[] {
  const rows: OutboxRow[] = []
  for (const { state, newestFirst, open } of ORDER) {
    if (rows.length >= limit || (filter === 'open' && !open)) continue
    const direction = newestFirst ? 'DESC' : 'ASC'
    rows.push(...reader.all(`${SELECT} WHERE s.state = ? ORDER BY s.created_at ${direction} LIMIT ?`, [state, limit - rows.length], toRow))
  }
  return rows
}

/** One submission with every attempt. @throws AppError TP-404 when there is none of that id. */
export function outboxDetail(reader: Reader, id: SubmissionId): OutboxDetail {
  const found = reader.get(`${SELECT} WHERE s.id = ?`, [id], (row) => ({
    ...toRow(row), payloadSha256: row.text<Sha256>('payload_sha256'), dueAt: row.textOrNull<Instant>('due_at'),
  }))
  if (found === undefined) throw new AppError(ERRORS.city.notFound)
  const attemptsLog = reader.all(
    'SELECT at, outcome, error_code, words FROM submission_attempt WHERE submission_id = ? ORDER BY sequence', [id],
    (row) => ({ at: row.text<Instant>('at'), outcome: row.text('outcome'), errorCode: row.textOrNull('error_code'), words: row.textOrNull('words') }),
  )
  return { ...found, attemptsLog }
}

/** How many submissions stand in each state. */
export function outboxCounts(reader: Reader): SyncStatus['counts'] {
  const counts = { ready: 0, sending: 0, waiting: 0, received: 0, attention: 0, superseded: 0 }
  const rows = reader.all('SELECT state, count(*) AS n FROM submission GROUP BY state', [], (row) => ({
    state: row.text<SubmissionState>('state'), n: row.integer('n'),
  }))
  for (const { state, n } of rows) counts[state] = n
  return counts
}

/** When the oldest submission was made that is on its way; one that needs somebody is counted apart and does not age the queue. */
export function oldestWaiting(reader: Reader): Instant | null {
  const times = (['ready', 'sending', 'waiting'] as const).map((state) =>
    reader.get('SELECT min(created_at) AS oldest FROM submission WHERE state = ?', [state], (row) => row.textOrNull<Instant>('oldest')) ?? null)
  return times.filter((at) => at !== null).sort()[0] ?? null
}

/** The earliest time at which something that waits is tried again. */
export function nextTry(reader: Reader): Instant | null {
  return reader.get("SELECT min(next_try_at) AS next FROM submission WHERE state = 'waiting'", [], (row) => row.textOrNull<Instant>('next')) ?? null
}
