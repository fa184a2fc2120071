import { AppError, ERRORS } from '@contract/errors'
import { toCivil } from '@contract/civil-time'
import type { LiveEvent } from '@contract/calls-live'
import type { SubmissionId } from '@contract/ids'
import type { OutboxDetail, OutboxRow, LineStatus } from '@contract/sync'
import type { Audit } from '../audit'
import type { Clock, Log, Store } from '../storage'
import { submissions } from './outbox'
import type { DocumentSource } from './document-bytes'
import { createEngine } from './engine'
import { type Enrolled, enrolCounter, type KeepSigning } from './enrolment'
import type { Fetch } from './http'
import { numbersLeft } from './leases'
import { readLink } from './link'
import { listOutbox, nextTry, oldestWaiting, outboxCounts, outboxDetail } from './outbox-view'
import type { CodeAssigned } from './received'
import { type Timing, TIMING } from './timing'

export type SyncDeps = Readonly<{
  store: Store
  documents: DocumentSource
  audit: Audit
  clock: Clock
  log: Log
  /** Practice mode: the city that is enrolled at counts as simulated, and simulated facts may go to it. */
  practice: boolean
  changed(event: LiveEvent): void
  /** A dossier got its final code, in the transaction that gives it: put it into the search. */
  codeAssigned?: CodeAssigned
  fetch?: Fetch
  random?: () => number
  timing?: Partial<Timing>
}>

export type Sync = Readonly<{
  start(): void
  /** Returns when nothing touches the store any more; close the store after it. */
  stop(): Promise<void>
  /** Call after a commit that put something in line. */
  wake(): void
  /** Tries everything that waits at once. */
  sendNow(): void
  /** Puts a submission that needs attention back in line, unchanged. @throws AppError TP-404 */
  retry(id: SubmissionId, actor: string): void
  status(): LineStatus
  outbox(query: Readonly<{ filter: 'open' | 'all'; limit: number }>): OutboxRow[]
  /** @throws AppError TP-404 */
  submission(id: SubmissionId): OutboxDetail
  /**
   * Registers this counter with a city by a one-time code and keeps the enrolment.
   * @throws AppError TP-011 when the city refuses the code or the address is neither https nor this machine; else the code of the failure
   */
  enrol(url: string, code: string, actor: string, keepSigning?: KeepSigning): Promise<Enrolled>
}>

/** Everything between the counter and the city. Nothing is sent before `start`. */
export function createSync(deps: SyncDeps): Sync {
  const { store, audit, clock, log, changed } = deps
  const timing = { ...TIMING, ...deps.timing }
  const fetch = deps.fetch ?? globalThis.fetch
  const engine = createEngine({
    store, documents: deps.documents, audit, clock, log, changed, fetch, timing,
    random: deps.random ?? Math.random,
    backoff: { baseMs: timing.backoffBaseMs, ceilingMs: timing.backoffCeilingMs },
    codeAssigned: deps.codeAssigned ?? (() => undefined),
  })
  const enrol = enrolCounter({ store, audit, clock, fetch, practice: deps.practice, timeoutMs: timing.callTimeoutMs })
  return {
    start: engine.start,
    stop: engine.stop,
    wake: engine.wake,
    sendNow: engine.sendNow,
    retry: (id, actor) => {
      store.write((tx) => {
        if (submissions.advance(tx, id, { kind: 'retry' }, clock.now()) === null) throw new AppError(ERRORS.city.notFound)
        audit.append(tx, { actor, action: 'submission.retried', subject: { type: 'submission', id } })
      })
      changed({ kind: 'sync' })
      engine.wake()
    },
    status: () => {
      const link = readLink(store.read)
      return {
        line: link === undefined ? 'not-enrolled' : engine.line.state(),
        since: engine.line.since(),
        counts: outboxCounts(store.read),
        oldestWaitingAt: oldestWaiting(store.read),
        lastReceivedAt: (link?.lastReceivedAt ?? null) as LineStatus['lastReceivedAt'],
        nextTryAt: nextTry(store.read),
        numbersLeft: link === undefined ? 0 : numbersLeft(store.read, link.agency, toCivil(clock.now()).date),
        clockOffsetSeconds: link?.clockOffsetMs == null ? null : link.clockOffsetMs / 1000,
        destination: { name: link?.cityName ?? '', url: link?.url ?? null, simulated: link?.simulated ?? deps.practice },
      }
    },
    outbox: (query) => listOutbox(store.read, query),
    submission: (id) => outboxDetail(store.read, id),
    enrol: async (url, code, actor, keepSigning) => {
      const enrolled = await enrol(url, code, actor, keepSigning)
      // Until the first look at the city nobody knows how the line stands.
      if (engine.line.state() === 'not-enrolled') engine.line.down('unknown')
      changed({ kind: 'sync' })
      engine.sendNow()
      return enrolled
    },
  }
}
