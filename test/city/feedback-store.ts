import { z } from 'zod'
import { civilDate, cityIso } from './clock'
import type { Caller, Context } from './context'
import { Big, first, run, type Sql } from './db'
import { photosOf, type FeedbackPayload } from './feedback-payload'
import type { LetterReceipt } from './messages'
import { Problem } from './problem'
import { nextValues } from './submission-store'

/** One letter on its way in: parsed, and the frozen bytes with their hash. */
export interface LetterArrival {
  readonly payload: FeedbackPayload
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly caller: Caller
  readonly now: Date
}

const ReceiptRow = z.object({
  letter_id: z.string(), feedback_id: z.string(), receipt_number: z.string(), received_at: z.date(), payload_sha256: z.string(), sequence: Big,
})

/** The stored receipt of a letter of this agency. */
export async function findLetterReceipt(sql: Sql, caller: Caller, letterId: string): Promise<LetterReceipt | undefined> {
  const row = await first(sql, ReceiptRow,
    'select letter_id, feedback_id, receipt_number, received_at, payload_sha256, sequence from feedback_letters where letter_id = $1 and agency_code = $2',
    [letterId, caller.agency])
  return row && {
    letterId: row.letter_id, feedbackId: row.feedback_id, receiptNumber: row.receipt_number, receivedAt: cityIso(row.received_at),
    payloadSha256: row.payload_sha256, sequence: row.sequence,
  }
}

export const letterRejected = (field: string, detail: string): Problem => new Problem(422, 'feedback.rejected', detail, { field })

/** Same key, same bytes: the stored receipt. Same key, other bytes: 409 with both hashes. */
export function settleLetter(stored: LetterReceipt, sentSha256: string): LetterReceipt {
  if (stored.payloadSha256 === sentSha256) return stored
  throw new Problem(409, 'feedback.conflict', 'Mã gửi này đã dùng cho một nội dung khác.', { storedSha256: stored.payloadSha256, sentSha256 })
}

/** Every photo must be confirmed (424 names those that are not) and as long as the letter says (422). */
export async function requirePhotos(sql: Sql, { payload, caller }: LetterArrival): Promise<void> {
  const wanted = photosOf(payload)
  if (wanted.length === 0) return
  const rows = await sql.all(z.object({ sha256: z.string(), size: Big }), 'select sha256, size from documents where agency_code = $1 and sha256 = any($2::text[])',
    [caller.agency, wanted.map(({ sha256 }) => sha256)])
  const sizes = new Map(rows.map(({ sha256, size }) => [sha256, size]))
  const missing = wanted.filter(({ sha256 }) => !sizes.has(sha256)).map(({ sha256 }) => sha256)
  if (missing.length > 0) throw new Problem(424, 'feedback.documents-missing', 'Thành phố chưa có đủ ảnh của phản ánh.', { missing: [...new Set(missing)] })
  if (wanted.some(({ sha256, size }) => sizes.get(sha256) !== size)) throw letterRejected('feedback.body.photos.size', 'Độ dài ảnh khác với ảnh thành phố đã lưu.')
}

const FeedbackRow = z.object({ number: z.string(), version: z.number(), agency_code: z.string() })
const FIND = 'select number, version, agency_code from feedback where feedback_id = $1 for update'

/** Finds or makes it and locks it, so that its letters are stored one after the other. */
async function lockFeedback(tx: Sql, { payload: { feedback }, caller, now }: LetterArrival): Promise<z.infer<typeof FeedbackRow>> {
  await run(tx, 'insert into feedback (feedback_id, agency_code, number, version, changed_at) values ($1, $2, $3, 0, $4) on conflict do nothing',
    [feedback.id, caller.agency, feedback.number, now.toISOString()])
  const found = await first(tx, FeedbackRow, FIND, [feedback.id])
  if (!found) throw new Error('a complaint that was not stored')
  if (found.agency_code !== caller.agency) throw letterRejected('feedback.id', 'Phản ánh này thuộc cơ quan khác.')
  if (found.number !== feedback.number) throw letterRejected('feedback.number', `Phản ánh này đã mang số ${found.number}.`)
  return found
}

/** Stores a letter exactly once, with its receipt. An older version that comes late is kept and receipted, but changes nothing. */
export async function storeLetter(tx: Sql, arrival: LetterArrival): Promise<{ receipt: LetterReceipt; isNew: boolean }> {
  const { payload: { feedback, letterId }, caller, now, bytes, sha256 } = arrival
  const { version } = await lockFeedback(tx, arrival)
  const known = await findLetterReceipt(tx, caller, letterId)
  if (known) return { receipt: settleLetter(known, sha256), isNew: false }
  const year = civilDate(now).slice(2, 4)
  const values = await nextValues(tx, ['feedback', `feedback-receipts-${year}`])
  const applied = feedback.version > version
  const made = await run(tx,
    `insert into feedback_letters (letter_id, client_id, agency_code, counter, feedback_id, version, applied, payload, payload_sha256, sequence, receipt_number, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning letter_id`,
    [letterId, caller.clientId, caller.agency, caller.counter, feedback.id, feedback.version, applied, bytes, sha256, values.get('feedback') ?? 0,
      `BN-${year}-${String(values.get(`feedback-receipts-${year}`)).padStart(6, '0')}`, now.toISOString()])
  if (made !== 1) throw letterRejected('feedback.version', 'Bản này của phản ánh đã đến với một mã gửi khác.')
  if (applied) await run(tx, 'update feedback set version = $1, current_letter = $2, changed_at = $3 where feedback_id = $4', [feedback.version, letterId, now.toISOString(), feedback.id])
  const receipt = await findLetterReceipt(tx, caller, letterId)
  if (!receipt) throw new Error('a letter that was not stored')
  return { receipt, isNew: true }
}

const StatusRow = z.object({
  sequence: Big, feedback_id: z.string(), number: z.string(), state: z.number(), at: z.date(), note: z.string().nullable(), by_whom: z.string().nullable(),
})

/** Statuses of one agency after a cursor, in the order of the city's sequence. */
export async function feedbackStatusesSince(sql: Sql, agency: string, cursor: number, limit: number): Promise<z.infer<typeof StatusRow>[]> {
  return sql.all(StatusRow,
    `select t.sequence, t.feedback_id, f.number, t.state, t.at, t.note, t.by_whom from feedback_statuses t join feedback f using (feedback_id)
     where t.agency_code = $1 and t.sequence > $2 order by t.sequence limit $3`, [agency, cursor, limit])
}

/** Puts a status on the feed of its agency; 404 when nobody has sent that number. Gives the sequence. */
export async function pushFeedbackStatus(context: Context, entry: { number: string; state: number; note?: string | undefined; by?: string | undefined }): Promise<number> {
  return context.db.transaction(async (tx) => {
    const found = await first(tx, z.object({ feedback_id: z.string(), agency_code: z.string() }), 'select feedback_id, agency_code from feedback where number = $1 order by changed_at desc limit 1', [entry.number])
    if (!found) throw new Problem(404, 'feedback.unknown', 'Thành phố không có phản ánh này.', { field: 'number' })
    const sequence = (await nextValues(tx, ['feedback-statuses'])).get('feedback-statuses') ?? 0
    await run(tx, 'insert into feedback_statuses (sequence, agency_code, feedback_id, state, at, note, by_whom) values ($1, $2, $3, $4, $5, $6, $7)',
      [sequence, found.agency_code, found.feedback_id, entry.state, context.clock.now().toISOString(), entry.note ?? null, entry.by ?? null])
    return sequence
  })
}
