import { AppError, ERRORS } from '@contract/errors'
import type { LiveEvent } from '@contract/calls-live'
import { Instant } from '@contract/ids'
import type { SigningJob, SigningJobId, SignTarget } from '@contract/signing'
import type { Audit } from '../../audit'
import { asAppError, type Clock, type Documents, type Log, type Store } from '../../storage'
import type { BatchOutcome } from './batch'
import { dropPrepared, findJob, insertJob, itemFailed, itemSigned, itemsOf, type Job, type JobItem, type JobState, moveJob, viewOfJob } from './job-rows'
import type { Placing } from './placing'
import { noteLevel } from './signature-rows'

export type JobDeps = Readonly<{
  store: Store; documents: Documents; audit: Audit; clock: Clock; log: Log; placing: Placing
  changed(event: LiveEvent): void
  /** Something was signed: it is judged, and may gain a stamp or evidence. */
  signed(): void
}>
export type NewItem = Parameters<typeof insertJob>[2][number]

/** The rows of jobs: each change is one transaction, told to whoever looks. */
export type JobKeeper = Readonly<{
  begin(job: Omit<Job, 'ticket' | 'trouble' | 'endedAt'>, items: readonly NewItem[]): void
  /** From waiting to signing. False when it has ended meanwhile. */
  signing(id: SigningJobId): boolean
  /** Puts what was signed into its place. */
  keep(job: Job, outcomes: readonly BatchOutcome[], stampUrl: string | null): void
  /** All items were tried: done, or failed with the code of the first that was not signed. */
  finish(id: SigningJobId): void
  /** Ends it before all were tried. False when it has ended already. */
  end(id: SigningJobId, state: Exclude<JobState, 'waiting' | 'signing' | 'done'>, trouble: string | null, actor?: string): boolean
  /** @throws AppError KS-070 */
  get(id: SigningJobId): Job
  view(id: SigningJobId): SigningJob
}>

export function createJobKeeper({ store, documents, audit, clock, log, placing, changed, signed }: JobDeps): JobKeeper {
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const tell = (): void => changed({ kind: 'signing' })
  const get = (id: SigningJobId): Job => {
    const job = findJob(store.read, id)
    if (!job) throw new AppError(ERRORS.signing.jobUnknown)
    return job
  }
  /** Prepared PDFs are of one job only: nobody else has the same bytes. */
  const clear = (items: readonly JobItem[]): void => {
    for (const { preparedFile } of items) {
      if (preparedFile !== null) documents.remove(preparedFile).catch((error: unknown) => log('signing.prepared-stays', { code: asAppError(error).code }))
    }
  }
  const item = (jobId: SigningJobId, ordinal: number) => ({ jobId, ordinal })

  const keepOne = (job: Job, outcome: BatchOutcome, stampUrl: string | null): SignTarget | null => store.write((tx) => {
    const at = item(job.id, outcome.ordinal)
    if ('code' in outcome) {
      itemFailed(tx, at, outcome.code)
      return null
    }
    const target = placing.place(tx, outcome.safe)
    itemSigned(tx, at, target, outcome.safe.level)
    noteLevel(tx, target, outcome.safe.level, { stampUrl, nextAt: now() })
    audit.append(tx, {
      actor: job.officerId, action: 'signing.signed', subject: { type: target.kind === 'document' ? 'document' : 'signing-file', id: target.id },
      detail: { job: job.id, sha256: outcome.safe.sha256, level: outcome.safe.level, scheme: job.scheme, how: job.how, certificate: job.certificate },
    })
    return target
  })

  return {
    get,
    view: (id) => viewOfJob(get(id), itemsOf(store.read, id)),
    begin: (job, items) => {
      store.write((tx) => {
        insertJob(tx, job, items)
        audit.append(tx, { actor: job.officerId, action: 'signing.job-begun', subject: { type: 'signing-job', id: job.id }, detail: { how: job.how, documents: items.length, scheme: job.scheme, certificate: job.certificate } })
      })
      tell()
    },
    signing: (id) => {
      const moved = store.write((tx) => moveJob(tx, id, 'signing', null, null))
      tell()
      return moved
    },
    keep: (job, outcomes, stampUrl) => {
      const before = itemsOf(store.read, job.id)
      for (const outcome of outcomes) {
        try {
          if (keepOne(job, outcome, stampUrl) !== null) placing.tell(outcome.found)
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          // Changed meanwhile by somebody: this one only.
          store.write((tx) => itemFailed(tx, item(job.id, outcome.ordinal), error.code))
        }
      }
      clear(before.filter(({ ordinal }) => outcomes.some((outcome) => outcome.ordinal === ordinal)))
      signed()
      tell()
    },
    finish: (id) => {
      const left = itemsOf(store.read, id).find(({ level }) => level === null)
      store.write((tx) => {
        const ended = moveJob(tx, id, left ? 'failed' : 'done', left ? left.code ?? ERRORS.storage.unexpected : null, now())
        if (ended) audit.append(tx, { actor: get(id).officerId, action: left ? 'signing.job-failed' : 'signing.job-done', subject: { type: 'signing-job', id }, detail: { code: left?.code ?? null } })
      })
      tell()
    },
    end: (id, state, trouble, actor) => {
      const items = itemsOf(store.read, id)
      const ended = store.write((tx) => {
        if (!moveJob(tx, id, state, trouble, now())) return false
        if (trouble !== null) for (const { ordinal } of items) itemFailed(tx, item(id, ordinal), trouble)
        dropPrepared(tx, id)
        audit.append(tx, { actor: actor ?? get(id).officerId, action: `signing.job-${state}`, subject: { type: 'signing-job', id }, detail: { code: trouble } })
        return true
      })
      if (ended) clear(items)
      tell()
      return ended
    },
  }
}
