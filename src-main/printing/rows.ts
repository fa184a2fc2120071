import { createHash } from 'node:crypto'
import type { ErrorCode } from '@contract/errors'
import type { Paper } from '@contract/host'
import { Instant } from '@contract/ids'
import type { PaperKind, PrintJobId, PrintJobView, PrintReason, PrintState } from '@contract/printing'
import type { Reader, RowView, WriteTx } from '../storage'
import type { Prints } from './ports'

export type NewJob = Readonly<{
  id: PrintJobId; kind: PaperKind; title: string; subject: Readonly<{ type: string; id: string }> | null; printer: string | null; paper: Paper; copies: number
  bytes: Uint8Array; by: Prints; retries: PrintJobId | null
}>

/** How a job stands. `printer` and `queueJob` left out: as before. */
export type Stand = Readonly<{ state: PrintState; error?: ErrorCode; reason?: PrintReason | null; queueJob?: string }>

/** A job as the log shows it; whether its bytes are still here is not in the database. */
export type JobRow = Omit<PrintJobView, 'retryable'>

/** `by` of what nobody at the counter printed. */
const PROGRAM = 'system'

const COLUMNS = 'id, kind, title, subject_type, subject_id, printer, paper, copies, at, by, by_name, state, error_code, reason, retries'

function toRow(row: RowView): JobRow {
  const [type, id] = [row.textOrNull('subject_type'), row.textOrNull('subject_id')]
  return {
    id: row.text<PrintJobId>('id'), kind: row.text<PaperKind>('kind'), title: row.text('title'), subject: type === null || id === null ? null : { type, id },
    printer: row.textOrNull('printer'), paper: row.text<Paper>('paper'), copies: row.integer('copies'), at: row.text<Instant>('at'),
    by: row.text('by') === PROGRAM ? null : row.text('by_name'), state: row.text<PrintState>('state'), errorCode: row.textOrNull('error_code'),
    reason: row.textOrNull<PrintReason>('reason'), retries: row.textOrNull<PrintJobId>('retries'),
  }
}

const instant = (now: Date): Instant => Instant.parse(now.toISOString())

/** Writes a job down before it is handed over. */
export function addJob(tx: WriteTx, job: NewJob, now: Date): void {
  const sha256 = createHash('sha256').update(job.bytes).digest('hex')
  tx.run(
    `INSERT INTO print_job (id, kind, title, subject_type, subject_id, printer, paper, copies, sha256, at, by, by_name, state, retries, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?)`,
    [job.id, job.kind, job.title, job.subject?.type ?? null, job.subject?.id ?? null, job.printer, job.paper, job.copies, sha256, instant(now), job.by.id, job.by.name, job.retries, instant(now)])
}

/** Notes how a job stands. @returns false when that is known already, or it has ended */
export function noteStand(tx: WriteTx, id: PrintJobId, stand: Stand, now: Date): boolean {
  const { changes } = tx.run(
    `UPDATE print_job SET state = :state, error_code = :error, reason = :reason, queue_job = coalesce(:queueJob, queue_job), changed_at = :now
     WHERE id = :id AND state IN ('sending', 'sent', 'waiting') AND (state <> :state OR reason IS NOT :reason OR :queueJob IS NOT NULL)`,
    { id, state: stand.state, error: stand.error ?? null, reason: stand.reason ?? null, queueJob: stand.queueJob ?? null, now: instant(now) })
  return changes > 0
}

export const readJob = (read: Reader, id: PrintJobId): JobRow | undefined => read.get(`SELECT ${COLUMNS} FROM print_job WHERE id = ?`, [id], toRow)

/** How it stands, and where its queue has it. */
export const readStand = (read: Reader, id: PrintJobId): { state: PrintState | null; queueJob: string | null } =>
  read.get('SELECT state, queue_job FROM print_job WHERE id = ?', [id], (row) => ({ state: row.text<PrintState>('state'), queueJob: row.textOrNull('queue_job') })) ?? { state: null, queueJob: null }

/** Newest first. */
export const readLog = (read: Reader, limit: number): JobRow[] => read.all(`SELECT ${COLUMNS} FROM print_job ORDER BY at DESC, id DESC LIMIT ?`, [limit], toRow)

/** What is not known to have ended since that instant; without a queue's name nobody can be asked. */
export const readUnderWay = (read: Reader, since: Date): { id: PrintJobId; state: PrintState; queueJob: string | null }[] => read.all(
  "SELECT id, state, queue_job FROM print_job WHERE state IN ('sending', 'sent', 'waiting') AND at >= ?", [instant(since)],
  (row) => ({ id: row.text<PrintJobId>('id'), state: row.text<PrintState>('state'), queueJob: row.textOrNull('queue_job') }))
