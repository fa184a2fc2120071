import { AppError, ERRORS } from '@contract/errors'
import { noteFeedbackReceived } from '../feedback'
import type { WriteTx } from '../storage'
import { waitAfter } from './backoff'
import { bringFiles } from './bring-files'
import { failingOf } from './failing'
import { CityFailure } from './failures'
import { type Letter, letterAttempts, letters } from './letters'
import type { Attempt } from './mail-attempts'
import type { SendDeps, Sent } from './sender'
import { photoUploads, type Upload } from './upload-rows'
import type { LetterReceipt } from './wire'

const bringPhotos = (deps: SendDeps, uploads: readonly Upload[], ask: boolean): Promise<void> => bringFiles(deps, photoUploads, uploads, ask)

const unconfirmed = (deps: SendDeps, { id }: Letter): Upload[] => photoUploads.of(deps.store.read, id).filter(({ confirmed }) => !confirmed)

/** Submits; when the city says that photos are missing after all, brings them once more and submits again. */
async function submitLetter(deps: SendDeps, letter: Letter): Promise<LetterReceipt> {
  const { store, destination } = deps
  const bytes = { id: letter.id, payload: letters.payload(store.read, letter.id), sha256: letter.payloadSha256 }
  try {
    return await destination.submitLetter(bytes)
  } catch (error) {
    if (!(error instanceof CityFailure) || error.kind !== 'documents-missing') throw error
    const missing = error.facts.missing ?? photoUploads.of(store.read, letter.id).map(({ sha256 }) => sha256)
    store.write((tx) => photoUploads.forget(tx, missing))
    await bringPhotos(deps, unconfirmed(deps, letter), false)
    return destination.submitLetter(bytes)
  }
}

/** Whether the city has it already; a receipt for other bytes under this id is a conflict. */
async function settle({ destination }: SendDeps, letter: Letter): Promise<LetterReceipt | null> {
  const found = await destination.findLetter(letter.id)
  if (found !== null && found.payloadSha256 !== letter.payloadSha256) throw new CityFailure('conflict')
  return found
}

/** Records the city's receipt: state, timeline and audit entry in this one transaction. Only here does a letter become received. */
function recordReceipt(tx: WriteTx, deps: SendDeps, letter: Letter, receipt: LetterReceipt): void {
  const { id, feedbackId, version, payloadSha256 } = letter
  if (receipt.payloadSha256 !== payloadSha256) throw new Error('a receipt for other bytes')
  const now = deps.clock.now()
  const receivedAt = new Date(receipt.receivedAt).toISOString()
  if (letters.advance(tx, id, { kind: 'acknowledged' }, now, { text: JSON.stringify(receipt), receivedAt }) === null) return
  photoUploads.confirmed(tx, photoUploads.of(tx, id).map(({ sha256 }) => sha256), now)
  noteFeedbackReceived(tx, feedbackId, { number: receipt.receiptNumber, at: receivedAt, by: deps.cityName })
  deps.audit.append(tx, {
    actor: 'system', action: 'feedback.received', subject: { type: 'feedback', id: feedbackId },
    detail: { letter: id, version, receipt: receipt.receiptNumber, sha256: payloadSha256, sequence: receipt.sequence },
  })
  tx.run('UPDATE city_link SET last_received_at = ? WHERE one = 1', [now.toISOString()])
}

/** Asks about a letter whose outcome is unknown. */
export async function settleLetterDoubt(deps: SendDeps, letter: Letter): Promise<void> {
  const found = await settle(deps, letter)
  deps.store.write((tx) => {
    if (found === null) letters.advance(tx, letter.id, { kind: 'unknown-at-city' }, deps.clock.now())
    else recordReceipt(tx, deps, letter, found)
  })
  if (found !== null) deps.changed({ kind: 'feedback' })
}

type Course = { submitted: boolean; inDoubt: boolean }

/** The way of one letter: settle an unknown outcome, photos, then the letter. Null when a newer one goes instead. */
async function carry(deps: SendDeps, letter: Letter, course: Course): Promise<LetterReceipt | null> {
  if (letter.simulated && !deps.simulated) throw new AppError(ERRORS.city.simulatedToReal)
  if (course.inDoubt) {
    const found = await settle(deps, letter)
    if (found !== null) return found
    course.inDoubt = false
  }
  await bringPhotos(deps, unconfirmed(deps, letter), letter.progress.attempts > 1)
  if (letters.newest(deps.store.read, letter.feedbackId) > letter.version) return null
  course.submitted = true
  return submitLetter(deps, letter)
}

/** Carries one attempt to its end and records it. Throws only for defects and for a disk that cannot be written. */
export async function sendLetter(deps: SendDeps, attempt: Attempt<Letter>): Promise<Sent> {
  const { store, clock, log } = deps
  const { mail: letter } = attempt
  const course: Course = { submitted: false, inDoubt: letter.progress.inDoubt }
  try {
    const receipt = await carry(deps, letter, course)
    store.write((tx) => {
      if (receipt === null) return letterAttempts.yieldToNewer(tx, attempt, clock.now())
      recordReceipt(tx, deps, letter, receipt)
      letterAttempts.close(tx, attempt, 'received')
    })
    return { outcome: receipt === null ? 'superseded' : 'received', failure: null }
  } catch (error) {
    const failing = failingOf(error, course.submitted, course.inDoubt)
    const wait = waitAfter(Math.max(1, letter.progress.attempts), deps.random, deps.backoff, failing.retryAfterMs)
    const now = clock.now()
    const outcome = store.write((tx) => letterAttempts.endFailed(tx, attempt, failing, new Date(now.getTime() + wait), now))
    log('sync.letter-failed', { letter: letter.id, code: failing.code, outcome, attempts: letter.progress.attempts })
    return { outcome, failure: error instanceof CityFailure ? error : null }
  } finally {
    deps.changed({ kind: 'feedback' })
  }
}

/** The city lost this one, which it had: the same bytes under the same id once more. It stays received throughout; the newer receipt is kept. */
export async function sendLetterAgain(deps: SendDeps, id: string): Promise<boolean> {
  const letter = letters.read(deps.store.read, id)
  if (letter === undefined || (await deps.destination.findLetter(id)) !== null) return false
  await bringPhotos(deps, photoUploads.of(deps.store.read, id), true)
  const receipt = await submitLetter(deps, letter)
  deps.store.write((tx) => {
    const now = deps.clock.now().toISOString()
    tx.run('UPDATE feedback_letter SET acknowledgement = ?, changed_at = ? WHERE id = ?', [JSON.stringify(receipt), now, id])
    tx.run("INSERT INTO letter_attempt (letter_id, at, outcome, words) VALUES (?, ?, 'sent-again', ?)", [id, now, receipt.receiptNumber])
    deps.audit.append(tx, {
      actor: 'system', action: 'feedback.sent-again', subject: { type: 'feedback', id: letter.feedbackId }, detail: { letter: id, receipt: receipt.receiptNumber, sequence: receipt.sequence },
    })
  })
  return true
}
