import { AppError, ERRORS } from '@contract/errors'
import {
  FeedbackContent, type FeedbackEvent, type FeedbackId, type FeedbackPhoto, type FeedbackRow, type FeedbackSending, type FeedbackState, type PhotoId,
} from '@contract/feedback'
import type { SubmissionState } from '@contract/dossier'
import type { AccountId, Instant, Sha256 } from '@contract/ids'
import { z } from 'zod'
import type { Params, Reader, RowView } from '../storage'
import { extractOf } from './plain-text'
import { ENDED } from './rules'

const Receipt = z.looseObject({ receiptNumber: z.string() })

/** One row as it is kept; what the screen sees is made of it. */
export type Stored = Readonly<{
  row: FeedbackRow
  officerId: AccountId
  revision: number
  content: FeedbackContent
  agency: string | null
  counter: string | null
  refuseBy: Instant | null
  supplementBy: Instant | null
  dossierCode: string | null
  procedureName: string | null
  simulated: boolean
}>

const SELECT = `SELECT f.*, d.code AS dossier_code,
    (SELECT p.name FROM procedure_version p WHERE p.code = json_extract(f.content, '$.procedureCode') ORDER BY p.effective_from DESC LIMIT 1) AS procedure_name,
    (SELECT count(*) FROM feedback_photo x WHERE x.feedback_id = f.id) AS photos,
    l.state AS letter_state, l.attempts, l.next_try_at, l.error_code, l.city_words, l.acknowledgement, l.received_at
  FROM feedback f LEFT JOIN dossier d ON d.id = f.dossier_id
  LEFT JOIN feedback_letter l ON l.feedback_id = f.id AND l.version = (SELECT max(version) FROM feedback_letter m WHERE m.feedback_id = f.id)`

function sendingOf(row: RowView): FeedbackSending | null {
  const state = row.textOrNull<SubmissionState>('letter_state')
  if (state === null) return null
  return {
    state, attempts: row.integer('attempts'), nextTryAt: row.textOrNull<Instant>('next_try_at'), errorCode: row.textOrNull('error_code'),
    cityWords: row.textOrNull('city_words'), receiptNumber: row.jsonOrNull('acknowledgement', Receipt)?.receiptNumber ?? null,
    receivedAt: row.textOrNull<Instant>('received_at'),
  }
}

const toStored = (now: Date) => (row: RowView): Stored => {
  const content = row.json('content', FeedbackContent)
  // The table's CHECK holds it between 0 and 8.
  const state = row.integer('state') as FeedbackState
  const answerBy = row.textOrNull<Instant>('answer_by')
  return {
    row: {
      id: row.text<FeedbackId>('id'), number: row.textOrNull('number'), kind: content.kind, field: content.field, extract: extractOf(content.content),
      place: content.place, anonymous: content.anonymous, photos: row.integer('photos'), state, startedAt: row.text<Instant>('started_at'),
      takenAt: row.textOrNull<Instant>('taken_at'), takenBy: row.text('officer_name'), answerBy, sending: sendingOf(row),
      overdue: state > 0 && content.kind !== 'praise' && !ENDED.includes(state) && answerBy !== null && answerBy < now.toISOString(),
    },
    officerId: row.text<AccountId>('officer_id'), revision: row.integer('revision'), content,
    agency: row.textOrNull('agency'), counter: row.textOrNull('counter'),
    refuseBy: row.textOrNull<Instant>('refuse_by'), supplementBy: row.textOrNull<Instant>('supplement_by'),
    dossierCode: row.textOrNull('dossier_code'), procedureName: row.textOrNull('procedure_name'), simulated: row.flag('simulated'),
  }
}

/** @throws AppError PA-001 */
export function readFeedback(reader: Reader, id: FeedbackId, now: Date): Stored {
  const found = reader.get(`${SELECT} WHERE f.id = ?`, [id], toStored(now))
  if (found === undefined) throw new AppError(ERRORS.feedback.notFound)
  return found
}

/** Rows that a condition of this folder's own fits, newest first. */
export function selectFeedback(reader: Reader, where: string, params: Params, now: Date): Stored[] {
  return reader.all(`${SELECT} WHERE ${where}`, params, toStored(now))
}

/** Of `feedback f`, with an instant: the citizen waits for an answer longer than the limit. */
export const OVERDUE = "f.state BETWEEN 1 AND 4 AND f.kind <> 'praise' AND f.answer_by < ?"

/** Oldest first. */
export function timelineOf(reader: Reader, id: FeedbackId): FeedbackEvent[] {
  return reader.all('SELECT sequence, kind, state, at, by_name, origin, note FROM feedback_event WHERE feedback_id = ? ORDER BY sequence', [id], (row) => ({
    sequence: row.integer('sequence'), kind: row.text<FeedbackEvent['kind']>('kind'), state: row.integerOrNull('state') as FeedbackState | null,
    at: row.text<Instant>('at'), by: row.text('by_name'), origin: row.text<FeedbackEvent['origin']>('origin'), note: row.textOrNull('note'),
  }))
}

export type StoredPhoto = FeedbackPhoto & Readonly<{ sha256: Sha256; copySha256: Sha256; copySize: number }>

const toPhoto = (row: RowView): StoredPhoto => ({
  id: row.text<PhotoId>('id'), name: row.text('name'), mediaType: row.text<FeedbackPhoto['mediaType']>('media_type'), size: row.integer('size'),
  addedAt: row.text<Instant>('added_at'), hasLocation: row.flag('has_location'),
  sha256: row.text<Sha256>('sha256'), copySha256: row.text<Sha256>('copy_sha256'), copySize: row.integer('copy_size'),
})

export const photosOf = (reader: Reader, id: FeedbackId): StoredPhoto[] =>
  reader.all('SELECT * FROM feedback_photo WHERE feedback_id = ? ORDER BY ordinal', [id], toPhoto)

export const toShownPhoto = ({ sha256: _original, copySha256: _copy, copySize: _size, ...photo }: StoredPhoto): FeedbackPhoto => photo
