import type { Sha256, SubmissionId } from '@contract/ids'
import { flag, type Reader, type RowView, type WriteTx } from '../storage'
import { PROGRESS, type Receipt, toProgress, writeProgress } from './progress-rows'
import { type Event, type Progress, step } from './state-machine'
import { documentUploads } from './upload-rows'

export type OutboundDocument = Readonly<{ sha256: Sha256; documentId: string; mediaType: string; size: number }>

export type NewSubmission = Readonly<{
  submissionId: SubmissionId
  dossierId: string
  version: number
  /** Frozen bytes; they never change again. */
  payload: Uint8Array
  sha256: Sha256
  simulated: boolean
  documents: readonly OutboundDocument[]
  now: Date
}>

/** A submission as the engine works with it, without its bytes. */
export type Submission = Readonly<{
  id: SubmissionId
  dossierId: string
  version: number
  payloadSha256: string
  simulated: boolean
  createdAt: string
  progress: Progress
}>

const COLUMNS = `id, dossier_id, version, payload_sha256, simulated, created_at, ${PROGRESS}`

function toSubmission(row: RowView): Submission {
  return {
    id: row.text<SubmissionId>('id'),
    dossierId: row.text('dossier_id'),
    version: row.integer('version'),
    payloadSha256: row.text('payload_sha256'),
    simulated: row.flag('simulated'),
    createdAt: row.text('created_at'),
    progress: toProgress(row),
  }
}

/** The submission of that id. */
export function readSubmission(reader: Reader, id: string): Submission | undefined {
  return reader.get(`SELECT ${COLUMNS} FROM submission WHERE id = ?`, [id], toSubmission)
}

/** Submissions that a condition of this folder's own fits, oldest first; a negative limit means all. */
export function selectSubmissions(
  reader: Reader, where: string, params: readonly (string | number)[], limit: number, order: 'created_at' | 'next_try_at' = 'created_at',
): Submission[] {
  return reader.all(`SELECT ${COLUMNS} FROM submission WHERE ${where} ORDER BY ${order} LIMIT ?`, [...params, limit], toSubmission)
}

/** The frozen bytes. */
export function readPayload(reader: Reader, id: string): Uint8Array {
  const payload = reader.get('SELECT payload FROM submission WHERE id = ?', [id], (row) => row.bytes('payload'))
  if (payload === undefined) throw new Error('a submission that is not there')
  return payload
}

/**
 * Applies an event to a submission in this transaction. Returns the new progress, or null when the event means nothing in
 * its state; then nothing is written. `acknowledgement` is written with the `acknowledged` event only.
 */
export function advance(
  tx: WriteTx, id: string, event: Event, now: Date, acknowledgement?: Receipt,
): Progress | null {
  const current = readSubmission(tx, id)
  const next = current ? step(current.progress, event) : null
  if (next === null) return null
  writeProgress(tx, 'submission', id, next, now, acknowledgement)
  return next
}

/**
 * Puts a frozen dossier version in line, in the transaction that makes it. Earlier versions that are not on their way give way:
 * the city takes any version above the one it has. One that is being sent at this moment is left to finish or to yield.
 */
export function enqueue(tx: WriteTx, submission: NewSubmission): void {
  const { submissionId, dossierId, version, payload, sha256, simulated, documents, now } = submission
  const earlier = tx.all('SELECT id FROM submission WHERE dossier_id = ? AND version < ?', [dossierId, version], (row) => row.text('id'))
  for (const id of earlier) advance(tx, id, { kind: 'newer-version', version }, now)
  const at = now.toISOString()
  tx.run(
    'INSERT INTO submission (id, dossier_id, version, payload, payload_sha256, simulated, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [submissionId, dossierId, version, payload, sha256, flag(simulated), at, at],
  )
  for (const document of documents) {
    documentUploads.add(tx, submissionId, { ...document, id: document.documentId })
  }
}

/** The newest version of a dossier that is in the outbox. */
export function newestVersion(reader: Reader, dossierId: string): number {
  return reader.get('SELECT max(version) AS newest FROM submission WHERE dossier_id = ?', [dossierId], (row) => row.integerOrNull('newest')) ?? 0
}
