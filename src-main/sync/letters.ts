import type { Sha256 } from '@contract/ids'
import { flag, type Reader, type RowView, type WriteTx } from '../storage'
import { PROGRESS, type Receipt, toProgress, writeProgress } from './progress-rows'
import { type Event, type Progress, step } from './state-machine'
import { photoUploads } from './upload-rows'

export type LetterPhoto = Readonly<{ photoId: string; sha256: Sha256; size: number; mediaType: string }>

export type NewLetter = Readonly<{
  letterId: string
  feedbackId: string
  version: number
  /** Frozen bytes; they never change again. */
  payload: Uint8Array
  sha256: Sha256
  simulated: boolean
  photos: readonly LetterPhoto[]
  now: Date
}>

/** A letter as the engine works with it, without its bytes. Driven by the same rules as a submission. */
export type Letter = Readonly<{ id: string; feedbackId: string; version: number; payloadSha256: string; simulated: boolean; progress: Progress }>

const COLUMNS = `id, feedback_id, version, payload_sha256, simulated, created_at, ${PROGRESS}`

const toLetter = (row: RowView): Letter => ({
  id: row.text('id'),
  feedbackId: row.text('feedback_id'),
  version: row.integer('version'),
  payloadSha256: row.text('payload_sha256'),
  simulated: row.flag('simulated'),
  progress: toProgress(row),
})

/** The letter of that id. */
export function readLetter(reader: Reader, id: string): Letter | undefined {
  return reader.get(`SELECT ${COLUMNS} FROM feedback_letter WHERE id = ?`, [id], toLetter)
}

/** Letters that a condition of this folder's own fits, oldest first; a negative limit means all. */
export function selectLetters(
  reader: Reader, where: string, params: readonly (string | number)[], limit: number, order: 'created_at' | 'next_try_at' = 'created_at',
): Letter[] {
  return reader.all(`SELECT ${COLUMNS} FROM feedback_letter WHERE ${where} ORDER BY ${order} LIMIT ?`, [...params, limit], toLetter)
}

/** The frozen bytes. */
export function readLetterPayload(reader: Reader, id: string): Uint8Array {
  const payload = reader.get('SELECT payload FROM feedback_letter WHERE id = ?', [id], (row) => row.bytes('payload'))
  if (payload === undefined) throw new Error('a letter that is not there')
  return payload
}

/** Applies an event to a letter in this transaction; null when it means nothing in its state, and nothing is written. */
export function advanceLetter(tx: WriteTx, id: string, event: Event, now: Date, receipt?: Receipt): Progress | null {
  const current = readLetter(tx, id)
  const next = current ? step(current.progress, event) : null
  if (next === null) return null
  writeProgress(tx, 'feedback_letter', id, next, now, receipt)
  return next
}

/** Puts a frozen letter in line, in the transaction that makes it. Earlier ones that are not on their way give way: each holds all that the one before held. */
export function enqueueLetter(tx: WriteTx, { letterId, feedbackId, version, payload, sha256, simulated, photos, now }: NewLetter): void {
  const earlier = tx.all('SELECT id FROM feedback_letter WHERE feedback_id = ? AND version < ?', [feedbackId, version], (row) => row.text('id'))
  for (const id of earlier) advanceLetter(tx, id, { kind: 'newer-version', version }, now)
  const at = now.toISOString()
  tx.run(
    'INSERT INTO feedback_letter (id, feedback_id, version, payload, payload_sha256, simulated, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [letterId, feedbackId, version, payload, sha256, flag(simulated), at, at],
  )
  for (const photo of photos) photoUploads.add(tx, letterId, { ...photo, id: photo.photoId })
}

/** Takes back every letter of it, when none is at the city or may be: they are superseded by a version that is never made. Else nothing is done: false. */
export function recallLetters(tx: WriteTx, feedbackId: string, now: Date): boolean {
  const letters = selectLetters(tx, 'feedback_id = ?', [feedbackId], -1)
  const gone = letters.some(({ progress: { state, inDoubt } }) => inDoubt || state === 'received' || state === 'sending')
  if (gone) return false
  for (const { id, version } of letters) advanceLetter(tx, id, { kind: 'newer-version', version: version + 1 }, now)
  return true
}

/** Puts its newest letter back in line, unchanged; false when it needs no attention. */
export function retryLetter(tx: WriteTx, feedbackId: string, now: Date): boolean {
  const newest = selectLetters(tx, 'feedback_id = ?', [feedbackId], -1).at(-1)
  return newest !== undefined && advanceLetter(tx, newest.id, { kind: 'retry' }, now) !== null
}

/** The newest version of it that is in line. */
export const newestLetter = (reader: Reader, feedbackId: string): number =>
  reader.get('SELECT max(version) AS newest FROM feedback_letter WHERE feedback_id = ?', [feedbackId], (row) => row.integerOrNull('newest')) ?? 0

/** How far the feed of feedback statuses was read. */
export const feedbackCursor = (reader: Reader): number =>
  reader.get('SELECT cursor FROM feedback_feed WHERE one = 1', [], (row) => row.integer('cursor')) ?? 0

export function noteFeedbackCursor(tx: WriteTx, cursor: number): void {
  tx.run('UPDATE feedback_feed SET cursor = max(cursor, ?) WHERE one = 1', [cursor])
}

/** Another city, or one that was restored: its feed is read from the start; known statuses change nothing. */
export function restartFeedback(tx: WriteTx): void {
  tx.run('UPDATE feedback_feed SET cursor = 0 WHERE one = 1')
}

/** At another city nothing is confirmed. */
export function forgetAllPhotos(tx: WriteTx): void {
  tx.run('UPDATE photo_upload SET confirmed_at = NULL, upload_url = NULL, accepted = 0')
}
