import { waitAfter } from './backoff'
import { CityFailure } from './failures'
import { pullStatuses } from './inbox'
import { compareLetters, pullFeedbackStatuses } from './letter-inbox'
import { sendLetter, settleLetterDoubt } from './letter-sender'
import { letterAttempts, letters } from './letters'
import type { Leases } from './leases'
import type { Line } from './line'
import { readLink } from './link'
import { submissionAttempts, submissions } from './outbox'
import { compareReceipts } from './receipts'
import { type SendDeps, sendSubmission, type Sent, settleDoubt } from './sender'
import type { Session } from './session'
import type { Timing } from './timing'

/** Why nothing is sent for a while although the line is up. `hard`: the city asked for it, and "send now" does not override it. */
export type Pause = Readonly<{ ms: number; hard: boolean }>

export type PassDeps = Readonly<{ send: SendDeps; session: Session; leases: Leases; line: Line; timing: Timing; agenda: Agenda; signal: AbortSignal }>

/** When the regular look-ups were last made, by a clock that only goes forward; and how long the city has been in trouble. */
export type Agenda = { statusesAt: number; receiptsAt: number; healthAt: number; witnessed: number; troubles: number }

export const newAgenda = (): Agenda => ({ statusesAt: -Infinity, receiptsAt: -Infinity, healthAt: -Infinity, witnessed: 0, troubles: 0 })

/** So many failures of the city in a row, and the queue waits as a whole. */
const TROUBLES_IN_A_ROW = 4

const fallsDue = (lastAt: number, everyMs: number): boolean => performance.now() - lastAt >= everyMs

/** A regular look-up. Trouble with one does not keep the dossiers from going; a line that is down does. */
async function chore(deps: PassDeps, name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof CityFailure) || error.class === 'line') throw error
    deps.send.log('sync.chore-failed', { chore: name, code: error.code })
  }
}

/** What will not be sent again but may have arrived: the city is asked. */
async function settleDoubts(deps: PassDeps): Promise<void> {
  const { send } = deps
  const doubtful = submissions.select(send.store.read, "in_doubt = 1 AND state IN ('superseded', 'attention')", [], 100)
  for (const submission of doubtful) {
    await chore(deps, 'doubt', async () => {
      await settleDoubt(send, submission)
    })
  }
  for (const letter of letters.select(send.store.read, "in_doubt = 1 AND state IN ('superseded', 'attention')", [], 100)) {
    await chore(deps, 'letter-doubt', () => settleLetterDoubt(send, letter))
  }
}

async function compare(deps: PassDeps): Promise<void> {
  const { send, agenda } = deps
  const link = readLink(send.store.read)
  if (link) {
    await compareReceipts(send, link)
    await chore(deps, 'letters', () => compareLetters(send, link.enrolledAt))
  }
  agenda.receiptsAt = performance.now()
}

async function readStatuses(deps: PassDeps): Promise<void> {
  const { send, agenda } = deps
  await pullStatuses(send, readLink(send.store.read)?.statusCursor ?? 0)
  await chore(deps, 'feedback-statuses', () => pullFeedbackStatuses(send))
  agenda.statusesAt = performance.now()
}

/** Leaves the newest head of the audit chain with the city. A 409 means that the chain was rewritten: it is told, and logged. */
async function witness({ send, agenda }: PassDeps): Promise<void> {
  const head = send.audit.head(send.store.read)
  if (head === null || head.sequence === agenda.witnessed) return
  try {
    await send.destination.witnessAudit(head)
    agenda.witnessed = head.sequence
  } catch (error) {
    if (!(error instanceof CityFailure) || error.kind !== 'conflict') throw error
    agenda.witnessed = head.sequence
    send.log('sync.audit-contradicted', { sequence: head.sequence, code: error.code })
  }
}

/** The pause after a 429. */
export const askedToWait = (send: Pick<SendDeps, 'random' | 'backoff'>, failure: CityFailure): Pause => ({
  ms: waitAfter(1, send.random, send.backoff, failure.facts.retryAfterMs ?? send.backoff.baseMs), hard: true,
})

/** What the end of one attempt means for the others. Null: go on. */
function judge(deps: PassDeps, failure: CityFailure | null): Pause | null {
  const { line, agenda, send } = deps
  if (failure === null || failure.class === 'refused') {
    agenda.troubles = 0
    line.passed()
    return null
  }
  if (failure.kind === 'too-many') return askedToWait(send, failure)
  if (failure.class === 'line') throw failure
  agenda.troubles += 1
  const over = agenda.troubles - TROUBLES_IN_A_ROW
  return over < 0 ? null : { ms: waitAfter(over + 1, send.random, send.backoff, failure.facts.retryAfterMs), hard: false }
}

/** Begins the next attempt that is due and carries it to its end; null when there is none. */
type SendNext = () => Promise<Sent> | null

const nextSubmission = ({ send }: PassDeps): SendNext => () => {
  const attempt = send.store.write((tx) => submissionAttempts.claim(tx, send.clock.now()))
  return attempt === undefined ? null : sendSubmission(send, attempt)
}

const nextLetter = ({ send }: PassDeps): SendNext => () => {
  if (!letterAttempts.isDue(send.store.read, send.clock.now())) return null
  const attempt = send.store.write((tx) => letterAttempts.claim(tx, send.clock.now()))
  return attempt === undefined ? null : sendLetter(send, attempt)
}

/** Sends what is due, several at a time, until there is nothing left or something stops all of them. */
async function sendDue(deps: PassDeps, next: SendNext): Promise<Pause | null> {
  const { send, timing, signal } = deps
  let pause: Pause | null = null
  let fault: unknown
  const worker = async (): Promise<void> => {
    while (pause === null && fault === undefined && !signal.aborted) {
      const sending = next()
      if (sending === null) return
      send.changed({ kind: 'sync' })
      const { failure } = await sending
      pause = judge(deps, failure) ?? pause
    }
  }
  const guarded = async (): Promise<void> => {
    try {
      await worker()
    } catch (error) {
      fault ??= error
    }
  }
  await Promise.all(Array.from({ length: timing.parallel }, guarded))
  if (fault !== undefined) throw fault instanceof Error ? fault : new Error('sending failed', { cause: fault })
  return pause
}

/** One round at a line that is up. Throws CityFailure of class `line` when it is not, any other error for a defect or a full disk. */
export async function pass(deps: PassDeps, agency: string): Promise<Pause | null> {
  const { send, session, leases, timing, agenda } = deps
  send.store.write((tx) => {
    submissionAttempts.hurryStranded(tx, send.clock.now())
    letterAttempts.hurryStranded(tx, send.clock.now())
  })
  if (fallsDue(agenda.healthAt, timing.healthMs)) {
    await session.probe()
    agenda.healthAt = performance.now()
  }
  if (fallsDue(agenda.statusesAt, timing.pollMs)) await chore(deps, 'statuses', () => readStatuses(deps))
  await chore(deps, 'leases', () => leases.topUp(session.destination, agency))
  await settleDoubts(deps)
  if (fallsDue(agenda.receiptsAt, timing.receiptsMs)) await chore(deps, 'receipts', () => compare(deps))
  const pause = (await sendDue(deps, nextSubmission(deps))) ?? (await sendDue(deps, nextLetter(deps)))
  if (pause === null) await chore(deps, 'audit', () => witness(deps))
  return pause
}
