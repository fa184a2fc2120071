import { toCivil } from '@contract/civil-time'
import { AppError, ERRORS } from '@contract/errors'
import type { FeedbackEvent, FeedbackId, FeedbackState } from '@contract/feedback'
import { Instant } from '@contract/ids'
import type { WriteTx } from '../storage'
import { feedbackDue } from './deadlines'
import { draftFor } from './drafts'
import { newLetterId } from './ids'
import { freezeLetter, type LetterAct } from './letter'
import { plainText } from './plain-text'
import type { FeedbackDeps, Officer } from './ports'
import { photosOf, readFeedback, timelineOf } from './rows'
import { gapsOf, maySupplement, mayWithdraw, tidyContent } from './rules'
import { readFor } from './view'

const MAX_WORDS = 2000

type Event = Readonly<{ kind: FeedbackEvent['kind']; state?: FeedbackState; note?: string }>

function addEvent(tx: WriteTx, id: FeedbackId, officer: Officer, now: Date, { kind, state, note }: Event): void {
  tx.run("INSERT INTO feedback_event (feedback_id, kind, state, at, by_name, origin, note) VALUES (?, ?, ?, ?, ?, 'counter', ?)",
    [id, kind, state ?? null, now.toISOString(), officer.name, note ?? null])
}

/** Freezes it as it stands in this transaction as the next letter and puts it in line. */
function sendLetter(tx: WriteTx, deps: FeedbackDeps, officer: Officer, id: FeedbackId, act: LetterAct, now: Date): void {
  const { row, content, agency, counter, refuseBy, supplementBy, dossierCode, simulated } = readFeedback(tx, id, now)
  const { number, takenAt } = row
  if (number === null || takenAt === null || agency === null || counter === null) throw new Error('a letter of a draft')
  const version = (tx.get('SELECT max(version) AS v FROM feedback_letter WHERE feedback_id = ?', [id], (view) => view.integerOrNull('v')) ?? 0) + 1
  const letterId = newLetterId()
  const photos = content.consent.photos && act !== 'withdrawn'
    ? photosOf(tx, id).map((photo) => ({ photoId: photo.id, sha256: photo.copySha256, size: photo.copySize, mediaType: photo.mediaType, name: photo.name }))
    : []
  const supplements = timelineOf(tx, id).filter(({ kind }) => kind === 'supplement').map(({ at, note }) => ({ at, words: note ?? '' }))
  const frozen = freezeLetter({
    letterId, feedbackId: id, number, version, act, at: Instant.parse(now.toISOString()), agency, counter, content, dossierCode, takenAt,
    due: { refuseBy, supplementBy, answerBy: row.answerBy }, supplements, photos, officer: { id: officer.id, name: officer.name },
  })
  deps.letters.enqueueLetter(tx, { letterId, feedbackId: id, version, payload: frozen.bytes, sha256: frozen.sha256, simulated, photos, now })
}

/** `PA-H29.900-Q3-261123-0007`: its own running number a counter and civil day, so that no two counters ever give the same. */
function takeNumber(tx: WriteTx, place: Readonly<{ agency: string; counter: string }>, now: Date): { number: string; day: string; running: number } {
  const day = toCivil(now).date
  const running = (tx.get('SELECT max(running) AS n FROM feedback WHERE day = ?', [day], (row) => row.integerOrNull('n')) ?? 0) + 1
  return { number: `PA-${place.agency}-${place.counter}-${day.slice(2).replaceAll('-', '')}-${String(running).padStart(4, '0')}`, day, running }
}

/**
 * Draft → taken: number, limits, event, audit entry and letter, all or nothing.
 * @throws AppError PA-001, PA-008, HS-002 an older revision, PA-002 something is missing
 */
export function submitFeedback(tx: WriteTx, deps: FeedbackDeps, officer: Officer, { id, revision }: { id: FeedbackId; revision: number }, now: Date): void {
  const draft = draftFor(tx, officer, id, now)
  if (draft.revision !== revision) throw new AppError(ERRORS.intake.draftChangedElsewhere)
  const content = tidyContent(draft.content)
  const gaps = gapsOf(content, draft.row.photos)
  if (gaps.length > 0) throw new AppError(ERRORS.feedback.incomplete, { gaps: gaps.length })
  const place = deps.place()
  const due = feedbackDue(now, deps.calendar())
  const { number, day, running } = takeNumber(tx, place, now)
  const at = now.toISOString()
  tx.run(
    `UPDATE feedback SET state = 1, content = ?, officer_id = ?, officer_name = ?, number = ?, agency = ?, counter = ?, day = ?, running = ?, taken_at = ?, saved_at = ?,
       refuse_by = ?, supplement_by = ?, answer_by = ? WHERE id = ?`,
    [JSON.stringify(content), officer.id, officer.name, number, place.agency, place.counter, day, running, at, at, due.refuseBy, due.supplementBy, due.answerBy, id],
  )
  addEvent(tx, id, officer, now, { kind: 'state', state: 1 })
  deps.audit.append(tx, {
    actor: officer.id, action: 'feedback.taken', subject: { type: 'feedback', id },
    detail: { number, kind: content.kind, anonymous: content.anonymous, contact: content.consent.contact, publish: content.consent.publish, photos: draft.row.photos },
  })
  sendLetter(tx, deps, officer, id, 'taken', now)
}

/** What the city asked for. It goes as the next letter; the timeline says what. @throws AppError PA-001, PA-008 */
export function supplementFeedback(tx: WriteTx, deps: FeedbackDeps, officer: Officer, { id, words }: { id: FeedbackId; words: string }, now: Date): void {
  const { row } = readFor(tx, officer, id, now)
  if (!maySupplement(row.state)) throw new AppError(ERRORS.feedback.notNow)
  addEvent(tx, id, officer, now, { kind: 'supplement', note: plainText(words, MAX_WORDS) })
  addEvent(tx, id, officer, now, { kind: 'state', state: 3 })
  tx.run('UPDATE feedback SET state = 3 WHERE id = ?', [id])
  deps.audit.append(tx, { actor: officer.id, action: 'feedback.supplemented', subject: { type: 'feedback', id } })
  sendLetter(tx, deps, officer, id, 'supplemented', now)
}

/** The citizen takes it back. What cannot have left does not leave; otherwise the city is told, without the contents. @throws AppError PA-001, PA-008 */
export function withdrawFeedback(tx: WriteTx, deps: FeedbackDeps, officer: Officer, { id, words }: { id: FeedbackId; words: string }, now: Date): void {
  const { row } = readFor(tx, officer, id, now)
  if (!mayWithdraw(row.state)) throw new AppError(ERRORS.feedback.notNow)
  addEvent(tx, id, officer, now, { kind: 'state', state: 8, note: plainText(words, MAX_WORDS) })
  tx.run('UPDATE feedback SET state = 8 WHERE id = ?', [id])
  const stopped = deps.letters.recallLetters(tx, id, now)
  deps.audit.append(tx, { actor: officer.id, action: 'feedback.withdrawn', subject: { type: 'feedback', id }, detail: { stopped } })
  if (!stopped) sendLetter(tx, deps, officer, id, 'withdrawn', now)
}

/** A note that stays at the counter. @throws AppError PA-001, PA-008 of a draft */
export function noteFeedback(tx: WriteTx, deps: FeedbackDeps, officer: Officer, { id, words }: { id: FeedbackId; words: string }, now: Date): void {
  const { row } = readFor(tx, officer, id, now)
  if (row.state === 0) throw new AppError(ERRORS.feedback.notNow)
  addEvent(tx, id, officer, now, { kind: 'note', note: plainText(words, MAX_WORDS) })
  deps.audit.append(tx, { actor: officer.id, action: 'feedback.noted', subject: { type: 'feedback', id } })
}

/** Puts its newest letter back in line, unchanged. @throws AppError PA-001, PA-008 when it needs no attention */
export function retryFeedback(tx: WriteTx, deps: FeedbackDeps, officer: Officer, id: FeedbackId, now: Date): void {
  readFor(tx, officer, id, now)
  if (!deps.letters.retryLetter(tx, id, now)) throw new AppError(ERRORS.feedback.notNow)
  deps.audit.append(tx, { actor: officer.id, action: 'feedback.retried', subject: { type: 'feedback', id } })
}
