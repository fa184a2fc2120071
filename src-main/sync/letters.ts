import type { Sha256 } from '@contract/ids'
import type { Reader, WriteTx } from '../storage'
import { mailAttempts } from './mail-attempts'
import { type Mail, mailRows } from './mail-rows'
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
export type Letter = Mail & Readonly<{ feedbackId: string }>

export const letters = mailRows<Letter>({
  table: 'feedback_letter', owner: 'feedback_id', attempts: 'letter_attempt', attemptOf: 'letter_id',
  toMail: (row, mail) => ({ ...mail, feedbackId: row.text('feedback_id') }),
  ownerOf: ({ feedbackId }) => feedbackId,
})
export const letterAttempts = mailAttempts(letters)

/** Puts a frozen letter in line, in the transaction that makes it. Each holds all that the one before held. */
export function enqueueLetter(tx: WriteTx, { letterId, feedbackId, photos, ...mail }: NewLetter): void {
  letters.add(tx, { ...mail, id: letterId, owner: feedbackId })
  for (const photo of photos) photoUploads.add(tx, letterId, { ...photo, id: photo.photoId })
}

/** Takes back every letter of it, when none is at the city or may be: they are superseded by a version that is never made. Else nothing is done: false. */
export function recallLetters(tx: WriteTx, feedbackId: string, now: Date): boolean {
  const all = letters.select(tx, 'feedback_id = ?', [feedbackId], -1)
  const gone = all.some(({ progress: { state, inDoubt } }) => inDoubt || state === 'received' || state === 'sending')
  if (gone) return false
  for (const { id, version } of all) letters.advance(tx, id, { kind: 'newer-version', version: version + 1 }, now)
  return true
}

/** Puts its newest letter back in line, unchanged; false when it needs no attention. */
export function retryLetter(tx: WriteTx, feedbackId: string, now: Date): boolean {
  const newest = letters.select(tx, 'feedback_id = ?', [feedbackId], -1).at(-1)
  return newest !== undefined && letters.advance(tx, newest.id, { kind: 'retry' }, now) !== null
}

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
