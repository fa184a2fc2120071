import type { Sha256, SubmissionId } from '@contract/ids'
import { flag, type Reader, type RowView, type WriteTx } from '../storage'
import { type Event, type Progress, step } from './state-machine'

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

const COLUMNS = `id, dossier_id, version, payload_sha256, simulated, created_at, state, attempts, troubles, in_doubt, next_try_at,
  error_code, city_words, superseded_by`

function toSubmission(row: RowView): Submission {
  return {
    id: row.text<SubmissionId>('id'),
    dossierId: row.text('dossier_id'),
    version: row.integer('version'),
    payloadSha256: row.text('payload_sha256'),
    simulated: row.flag('simulated'),
    createdAt: row.text('created_at'),
    progress: {
      state: row.text<Progress['state']>('state'),
      attempts: row.integer('attempts'),
      troubles: row.integer('troubles'),
      inDoubt: row.flag('in_doubt'),
      nextTryAt: row.textOrNull('next_try_at'),
      errorCode: row.textOrNull<NonNullable<Progress['errorCode']>>('error_code'),
      cityWords: row.textOrNull('city_words'),
      supersededBy: row.integerOrNull('superseded_by'),
    },
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
  tx: WriteTx, id: string, event: Event, now: Date, acknowledgement?: Readonly<{ text: string; receivedAt: string }>,
): Progress | null {
  const current = readSubmission(tx, id)
  const next = current ? step(current.progress, event) : null
  if (next === null) return null
  tx.run(
    `UPDATE submission SET state = ?, attempts = ?, troubles = ?, in_doubt = ?, next_try_at = ?, error_code = ?, city_words = ?,
       superseded_by = ?, changed_at = ?, acknowledgement = coalesce(?, acknowledgement), received_at = coalesce(?, received_at) WHERE id = ?`,
    [
      next.state, next.attempts, next.troubles, flag(next.inDoubt), next.nextTryAt, next.errorCode, next.cityWords, next.supersededBy,
      now.toISOString(), acknowledgement?.text ?? null, acknowledgement?.receivedAt ?? null, id,
    ],
  )
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
    tx.run(
      'INSERT INTO document_upload (sha256, document_id, media_type, size) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
      [document.sha256, document.documentId, document.mediaType, document.size],
    )
    tx.run('INSERT INTO submission_document (submission_id, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING', [submissionId, document.sha256])
  }
}

/** The newest version of a dossier that is in the outbox. */
export function newestVersion(reader: Reader, dossierId: string): number {
  return reader.get('SELECT max(version) AS newest FROM submission WHERE dossier_id = ?', [dossierId], (row) => row.integerOrNull('newest')) ?? 0
}

export type Upload = Readonly<{ sha256: Sha256; documentId: string; mediaType: string; size: number; url: string | null; confirmed: boolean }>

/** The documents that a submission depends on and how far the city has each. */
export function uploadsOf(reader: Reader, submissionId: string): Upload[] {
  return reader.all(
    `SELECT u.sha256, u.document_id, u.media_type, u.size, u.upload_url, u.confirmed_at FROM submission_document d
     JOIN document_upload u ON u.sha256 = d.sha256 WHERE d.submission_id = ? ORDER BY u.sha256`,
    [submissionId],
    (row) => ({
      sha256: row.text<Sha256>('sha256'), documentId: row.text('document_id'), mediaType: row.text('media_type'), size: row.integer('size'),
      url: row.textOrNull('upload_url'), confirmed: row.textOrNull('confirmed_at') !== null,
    }),
  )
}

/** Notes how many bytes of a document the city has taken, and where to go on. */
export function noteAccepted(tx: WriteTx, sha256: string, url: string, accepted: number): void {
  tx.run('UPDATE document_upload SET upload_url = ?, accepted = ? WHERE sha256 = ? AND confirmed_at IS NULL', [url, accepted, sha256])
}

/** Notes that the city has the whole document and agrees with its hash. */
export function noteConfirmed(tx: WriteTx, sha256s: readonly string[], now: Date): void {
  for (const sha256 of sha256s) {
    tx.run('UPDATE document_upload SET accepted = size, upload_url = NULL, confirmed_at = ? WHERE sha256 = ? AND confirmed_at IS NULL', [now.toISOString(), sha256])
  }
}

/** The city does not have these after all: they are sent anew. */
export function forgetUploads(tx: WriteTx, sha256s: readonly string[]): void {
  for (const sha256 of sha256s) {
    tx.run('UPDATE document_upload SET accepted = 0, upload_url = NULL, confirmed_at = NULL WHERE sha256 = ?', [sha256])
  }
}
