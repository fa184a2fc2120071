import { AppError, ERRORS } from '@contract/errors'
import type { LiveEvent } from '@contract/calls-live'
import type { Audit } from '../audit'
import type { Clock, Log, Store } from '../storage'
import { type Backoff, type Random, waitAfter } from './backoff'
import { bringFiles } from './bring-files'
import type { Destination } from './destination'
import type { DocumentSource } from './document-bytes'
import { failingOf, type Outcome } from './failing'
import { CityFailure } from './failures'
import type { Attempt } from './mail-attempts'
import { type Submission, submissionAttempts, submissions } from './outbox'
import { type CodeAssigned, recordAcknowledgement, type ReceivedDeps } from './received'
import { documentUploads, type Upload } from './upload-rows'
import type { Acknowledgement } from './wire'

export type SendDeps = Readonly<{
  store: Store
  documents: DocumentSource
  audit: Audit
  clock: Clock
  random: Random
  backoff: Backoff
  log: Log
  destination: Destination
  /** What stands as author of the city's events in the timeline. */
  cityName: string
  /** True for a city of practice mode. */
  simulated: boolean
  codeAssigned: CodeAssigned
  changed(event: LiveEvent): void
}>

export type Sent = Readonly<{ outcome: Outcome; failure: CityFailure | null }>

export const receivedDeps = ({ audit, codeAssigned, cityName, clock }: SendDeps): ReceivedDeps => ({ audit, codeAssigned, cityName, now: clock.now() })

/** @see bringFiles */
export const bringDocuments = (deps: SendDeps, uploads: readonly Upload[], ask: boolean, note?: (confirmed: readonly string[]) => void): Promise<void> =>
  bringFiles(deps, documentUploads, uploads, ask, note)

/**
 * Submits; when the city says that documents are missing after all, brings them once more and submits again.
 * `confirmed` are documents whose confirmation is not written yet; it is emptied when that is done here.
 */
export async function submitWithDocuments(deps: SendDeps, submission: Submission, confirmed: string[] = []): Promise<Acknowledgement> {
  const { store, clock, destination } = deps
  const bytes = { id: submission.id, payload: submissions.payload(store.read, submission.id), sha256: submission.payloadSha256 }
  try {
    return await destination.submit(bytes)
  } catch (error) {
    if (!(error instanceof CityFailure) || error.kind !== 'documents-missing') throw error
    const uploads = documentUploads.of(store.read, submission.id)
    const missing = error.facts.missing ?? uploads.map(({ sha256 }) => sha256)
    store.write((tx) => {
      documentUploads.confirmed(tx, confirmed.splice(0), clock.now())
      documentUploads.forget(tx, missing)
    })
    await bringDocuments(deps, documentUploads.of(store.read, submission.id).filter(({ confirmed }) => !confirmed), false)
    return destination.submit(bytes)
  }
}

/** Whether the city has it already; an acknowledgement for other bytes under this id is a conflict. */
async function settle({ destination }: SendDeps, submission: Submission): Promise<Acknowledgement | null> {
  const found = await destination.findSubmission(submission.id)
  if (found !== null && found.payloadSha256 !== submission.payloadSha256) throw new CityFailure('conflict')
  return found
}

/** Asks about a submission whose outcome is unknown. Returns true when the city has it. */
export async function settleDoubt(deps: SendDeps, submission: Submission): Promise<boolean> {
  const found = await settle(deps, submission)
  deps.store.write((tx) => {
    if (found === null) submissions.advance(tx, submission.id, { kind: 'unknown-at-city' }, deps.clock.now())
    else recordAcknowledgement(tx, found, receivedDeps(deps))
  })
  if (found !== null) deps.changed({ kind: 'dossier', id: submission.dossierId })
  return found !== null
}

function refuseSimulated({ simulated }: SendDeps, submission: Submission): void {
  if (submission.simulated && !simulated) throw new AppError(ERRORS.city.simulatedToReal)
}

/** `confirmed`: documents that the city has, to be written with the end of the attempt. A stop before costs a question, not a document. */
type Course = { submitted: boolean; inDoubt: boolean; readonly confirmed: string[] }

/** The way of one submission: settle an unknown outcome, documents, then the dossier. Null when a newer version goes instead. */
async function carry(deps: SendDeps, submission: Submission, course: Course): Promise<Acknowledgement | null> {
  refuseSimulated(deps, submission)
  if (course.inDoubt) {
    const found = await settle(deps, submission)
    if (found !== null) return found
    course.inDoubt = false
  }
  const uploads = documentUploads.of(deps.store.read, submission.id).filter(({ confirmed }) => !confirmed)
  await bringDocuments(deps, uploads, submission.progress.attempts > 1, (confirmed) => course.confirmed.push(...confirmed))
  if (submissions.newest(deps.store.read, submission.dossierId) > submission.version) return null
  course.submitted = true
  return submitWithDocuments(deps, submission, course.confirmed)
}

/** Carries one attempt to its end and records it. Throws only for defects and for a disk that cannot be written. */
export async function sendSubmission(deps: SendDeps, attempt: Attempt<Submission>): Promise<Sent> {
  const { store, clock, log } = deps
  const { mail: submission } = attempt
  const course: Course = { submitted: false, inDoubt: submission.progress.inDoubt, confirmed: [] }
  try {
    const acknowledgement = await carry(deps, submission, course)
    store.write((tx) => {
      documentUploads.confirmed(tx, course.confirmed, clock.now())
      if (acknowledgement === null) return submissionAttempts.yieldToNewer(tx, attempt, clock.now())
      recordAcknowledgement(tx, acknowledgement, receivedDeps(deps))
      submissionAttempts.close(tx, attempt, 'received')
    })
    return { outcome: acknowledgement === null ? 'superseded' : 'received', failure: null }
  } catch (error) {
    const failing = failingOf(error, course.submitted, course.inDoubt)
    const wait = waitAfter(Math.max(1, submission.progress.attempts), deps.random, deps.backoff, failing.retryAfterMs)
    const now = clock.now()
    const outcome = store.write((tx) => {
      documentUploads.confirmed(tx, course.confirmed, now)
      return submissionAttempts.endFailed(tx, attempt, failing, new Date(now.getTime() + wait), now)
    })
    log('sync.attempt-failed', { submission: submission.id, code: failing.code, outcome, attempts: submission.progress.attempts })
    return { outcome, failure: error instanceof CityFailure ? error : null }
  } finally {
    deps.changed({ kind: 'dossier', id: submission.dossierId })
  }
}
