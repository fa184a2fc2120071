import type { ErrorCode } from '@contract/errors'
import type { Reader, WriteTx } from '../storage'
import type { Failing, Outcome } from './attempts'
import { RETRY_AFTER_CEILING_MS } from './backoff'
import { advanceLetter, type Letter, newestLetter, readLetter, selectLetters } from './letters'

/** No limit. */
const EVERY = -1

/** A try that has begun, on the disk, before a byte goes out. */
export type LetterAttempt = Readonly<{ sequence: number; letter: Letter }>

/** Letters about one matter never go side by side. */
const ALONE = "NOT EXISTS (SELECT 1 FROM feedback_letter other WHERE other.feedback_id = feedback_letter.feedback_id AND other.state = 'sending')"

function due(reader: Reader, now: Date): Letter | undefined {
  const waited = selectLetters(reader, `state = 'waiting' AND next_try_at <= ? AND ${ALONE}`, [now.toISOString()], 1, 'next_try_at')[0]
  return waited ?? selectLetters(reader, `state = 'ready' AND ${ALONE}`, [], 1)[0]
}

/** Takes the oldest letter that may be tried now and begins an attempt; undefined when there is none. */
export function claimLetter(tx: WriteTx, now: Date): LetterAttempt | undefined {
  const next = due(tx, now)
  if (next === undefined || advanceLetter(tx, next.id, { kind: 'begin' }, now) === null) return undefined
  const { lastRowId } = tx.run("INSERT INTO letter_attempt (letter_id, at, outcome) VALUES (?, ?, 'started')", [next.id, now.toISOString()])
  const letter = readLetter(tx, next.id)
  return letter && { sequence: lastRowId, letter }
}

/** Whether there is anything to claim: asked before a transaction is opened for it. */
export const letterIsDue = (reader: Reader, now: Date): boolean => due(reader, now) !== undefined

/** Writes how an attempt ended. */
export function closeLetterAttempt(tx: WriteTx, { sequence }: LetterAttempt, outcome: Outcome, code: ErrorCode | null = null, words: string | null = null): void {
  tx.run('UPDATE letter_attempt SET outcome = ?, error_code = ?, words = ? WHERE sequence = ?', [outcome, code, words, sequence])
}

function giveWay(tx: WriteTx, { id, feedbackId, version }: Letter, now: Date): void {
  const newest = newestLetter(tx, feedbackId)
  if (newest > version) advanceLetter(tx, id, { kind: 'newer-version', version: newest }, now)
}

/** Ends an attempt that failed. When a newer letter was made meanwhile, this one gives way to it. */
export function endLetterFailed(tx: WriteTx, attempt: LetterAttempt, failing: Failing, nextTryAt: Date, now: Date): Outcome {
  const { letter } = attempt
  const { code, words, inDoubt } = failing
  advanceLetter(tx, letter.id, { kind: 'failed', class: failing.class, code, words, inDoubt, nextTryAt: nextTryAt.toISOString() }, now)
  giveWay(tx, letter, now)
  const state = readLetter(tx, letter.id)?.progress.state
  const outcome: Outcome = state === 'superseded' || state === 'attention' ? state : 'waiting'
  closeLetterAttempt(tx, attempt, outcome, code, words)
  return outcome
}

/** A newer letter goes in its place. */
export function yieldLetter(tx: WriteTx, attempt: LetterAttempt, now: Date): void {
  const { id, feedbackId } = attempt.letter
  advanceLetter(tx, id, { kind: 'yielded', version: newestLetter(tx, feedbackId) }, now)
  closeLetterAttempt(tx, attempt, 'superseded')
}

/** After a stop in the middle of sending they go back in line in doubt. Returns how many there were. */
export function recoverLetters(tx: WriteTx, now: Date): number {
  const rows = selectLetters(tx, "state = 'sending'", [], EVERY)
  for (const letter of rows) {
    advanceLetter(tx, letter.id, { kind: 'interrupted' }, now)
    giveWay(tx, letter, now)
  }
  tx.run("UPDATE letter_attempt SET outcome = 'interrupted' WHERE outcome = 'started'")
  return rows.length
}

/** A wait that lies further ahead than any wait can: the clock was put back meanwhile. */
export function hurryStrandedLetters(tx: WriteTx, now: Date): void {
  const latest = new Date(now.getTime() + 2 * RETRY_AFTER_CEILING_MS).toISOString()
  for (const { id } of selectLetters(tx, "state = 'waiting' AND next_try_at > ?", [latest], EVERY)) advanceLetter(tx, id, { kind: 'hurry' }, now)
}

/** As `hurry` of submissions. */
export function hurryLetters(tx: WriteTx, now: Date, codes: readonly ErrorCode[] | 'all', givenUp: readonly ErrorCode[] = []): void {
  for (const { id, progress: { errorCode } } of selectLetters(tx, "state = 'waiting'", [], EVERY)) {
    if (codes === 'all' || (errorCode !== null && codes.includes(errorCode))) advanceLetter(tx, id, { kind: 'hurry' }, now)
  }
  if (givenUp.length === 0) return
  for (const { id, progress: { errorCode } } of selectLetters(tx, "state = 'attention'", [], EVERY)) {
    if (errorCode !== null && givenUp.includes(errorCode)) advanceLetter(tx, id, { kind: 'retry' }, now)
  }
}
