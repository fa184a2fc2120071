import { AppError, type ErrorCode } from '@contract/errors'
import { cityErrors } from '@contract/errors/city'
import { storageErrors } from '@contract/errors/storage'
import type { Reader, WriteTx } from '../storage'
import { RETRY_AFTER_CEILING_MS } from './backoff'
import { advance, newestVersion, type Submission, readSubmission, selectSubmissions } from './outbox'
import { CityFailure } from './failures'
import type { FailureClass } from './state-machine'

/** No limit. */
const EVERY = -1

export type Outcome = 'received' | 'waiting' | 'attention' | 'superseded' | 'interrupted'

/** A try that has begun: the row says `sending` and the log says `started`, on the disk, before a byte goes out. */
export type Attempt = Readonly<{ sequence: number; submission: Submission }>

/** Versions of one dossier never go side by side. */
const ALONE = "NOT EXISTS (SELECT 1 FROM submission other WHERE other.dossier_id = submission.dossier_id AND other.state = 'sending')"

/** The next that may be tried now: a wait that is over, or the oldest in line. */
function due(reader: Reader, now: Date): Submission | undefined {
  const waited = selectSubmissions(reader, `state = 'waiting' AND next_try_at <= ? AND ${ALONE}`, [now.toISOString()], 1, 'next_try_at')[0]
  return waited ?? selectSubmissions(reader, `state = 'ready' AND ${ALONE}`, [], 1)[0]
}

function openAttempt(tx: WriteTx, submission: Submission, now: Date): Attempt | undefined {
  if (advance(tx, submission.id, { kind: 'begin' }, now) === null) return undefined
  const { lastRowId } = tx.run("INSERT INTO submission_attempt (submission_id, at, outcome) VALUES (?, ?, 'started')", [submission.id, now.toISOString()])
  const begun = readSubmission(tx, submission.id)
  return begun && { sequence: lastRowId, submission: begun }
}

/** Takes the oldest submission that may be tried now and begins an attempt; undefined when there is none. */
export function claimNext(tx: WriteTx, now: Date): Attempt | undefined {
  const submission = due(tx, now)
  return submission && openAttempt(tx, submission, now)
}

/** Writes how an attempt ended. */
export function closeAttempt(tx: WriteTx, attempt: Attempt, outcome: Outcome, code: ErrorCode | null = null, words: string | null = null): void {
  tx.run('UPDATE submission_attempt SET outcome = ?, error_code = ?, words = ? WHERE sequence = ?', [outcome, code, words, attempt.sequence])
}

export type Failing = Readonly<{ code: ErrorCode; class: FailureClass; words: string | null; inDoubt: boolean; retryAfterMs?: number }>

/** Reads what went wrong. A document that is missing or damaged here needs a person; a defect is thrown on. */
export function failingOf(error: unknown, submitted: boolean, doubtBefore: boolean): Failing {
  if (error instanceof CityFailure) {
    const { code, facts, unsettled } = error
    const inDoubt = submitted ? unsettled : doubtBefore
    return { code, class: error.class, words: facts.words ?? null, inDoubt, ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }) }
  }
  const lasting: readonly ErrorCode[] = [storageErrors.documentMissing, storageErrors.documentDamaged, cityErrors.simulatedToReal]
  if (error instanceof AppError && lasting.includes(error.code)) return { code: error.code, class: 'refused', words: null, inDoubt: doubtBefore }
  throw error
}

/** Ends an attempt that failed. When a newer version was made meanwhile, this one gives way to it. */
export function endFailed(tx: WriteTx, attempt: Attempt, failing: Failing, nextTryAt: Date, now: Date): Outcome {
  const { id, dossierId, version } = attempt.submission
  const { code, words, inDoubt } = failing
  advance(tx, id, { kind: 'failed', class: failing.class, code, words, inDoubt, nextTryAt: nextTryAt.toISOString() }, now)
  const newest = newestVersion(tx, dossierId)
  if (newest > version) advance(tx, id, { kind: 'newer-version', version: newest }, now)
  const state = readSubmission(tx, id)?.progress.state
  const outcome = state === 'attention' || state === 'superseded' ? state : 'waiting'
  closeAttempt(tx, attempt, outcome, code, words)
  return outcome
}

/** Ends an attempt before anything was submitted, because a newer version wins. */
export function yieldToNewer(tx: WriteTx, attempt: Attempt, newest: number, now: Date): void {
  advance(tx, attempt.submission.id, { kind: 'yielded', version: newest }, now)
  closeAttempt(tx, attempt, 'superseded')
}

/**
 * After a stop in the middle of sending: nobody sends these any more, and nobody knows whether the city has them. They go back
 * in line in doubt, or give way to a newer version. Returns how many there were.
 */
export function recoverInterrupted(tx: WriteTx, now: Date): number {
  const rows = selectSubmissions(tx, "state = 'sending'", [], EVERY)
  for (const { id, dossierId, version } of rows) {
    advance(tx, id, { kind: 'interrupted' }, now)
    const newest = newestVersion(tx, dossierId)
    if (newest > version) advance(tx, id, { kind: 'newer-version', version: newest }, now)
  }
  tx.run("UPDATE submission_attempt SET outcome = 'interrupted' WHERE outcome = 'started'")
  return rows.length
}

/** A wait that lies further ahead than any wait can: the clock was put back meanwhile. */
export function hurryStranded(tx: WriteTx, now: Date): void {
  const latest = new Date(now.getTime() + 2 * RETRY_AFTER_CEILING_MS).toISOString()
  for (const { id } of selectSubmissions(tx, "state = 'waiting' AND next_try_at > ?", [latest], EVERY)) advance(tx, id, { kind: 'hurry' }, now)
}

/** Puts everything that waits back in line at once; with `givenUp` also what was given up for reasons that may have passed. */
export function hurry(tx: WriteTx, now: Date, codes: readonly ErrorCode[] | 'all', givenUp: readonly ErrorCode[] = []): number {
  const waiting = selectSubmissions(tx, "state = 'waiting'", [], EVERY)
  const chosen = waiting.filter(({ progress: { errorCode } }) => codes === 'all' || (errorCode !== null && codes.includes(errorCode)))
  for (const { id } of chosen) advance(tx, id, { kind: 'hurry' }, now)
  const left = givenUp.length === 0 ? [] : selectSubmissions(tx, "state = 'attention'", [], EVERY)
  const again = left.filter(({ progress: { errorCode } }) => errorCode !== null && givenUp.includes(errorCode))
  for (const { id } of again) advance(tx, id, { kind: 'retry' }, now)
  return chosen.length + again.length
}
