import { performance } from 'node:perf_hooks'
import { CALL_GROUP, CALL_PORT, createBeacon, type Found } from './beacon'
import { type WardSecret, wardKeys } from './keys'
import { createLan } from './lan'
import type { Agreed } from './line'
import type { QueueLog } from './log'
import { createMember } from './member'
import { TIMING, type Timing } from './timing'
import type { QueueView } from './view'
import { type NodeId, type Order, type Outcome, refused, type TicketId } from './words'

export type QueueOptions = Readonly<{
  node: NodeId
  /** What the numbers of this counter begin with when it gives its own. No two counters of a ward may have the same. */
  prefix: string
  /** What people call this node; asked again and again, so that a new name travels. */
  name: () => string
  secret: WardSecret
  log: QueueLog
  /** `callPort` 0: nobody is called or heard. */
  lan?: Partial<Readonly<{ address: string; port: number; callPort: number; group: string | null; targets: readonly string[] | null; everyMs: number }>>
  timing?: Timing
  /** Wall clock, ms since 1970, and today's civil date. */
  clock: Readonly<{ wall(): number; day(): string }>
  newId: () => string
  /**
   * Every agreed event, once a run; what a board shows and a voice says follows from it. `ageMs`: how long ago by the clock of the
   * line. What happened before this node came or came back is told too, and is old.
   */
  told: (agreed: Agreed, ageMs: number) => void
  /** What people call another node: when it is first heard and when it changes. */
  named: (node: NodeId, name: string) => void
  /** Counts and codes for the log of the program. */
  trouble: (code: QueueTrouble) => void
}>

/**
 * `key`, `hello`, `frame`: somebody on the LAN was refused; `call-…`: counters are not found; `log-failed`: the disk does not
 * keep the log, this node has stopped; `prefix-taken`: an administrator must give one of the two another prefix.
 */
export type QueueTrouble = 'key' | 'hello' | 'frame' | 'call-port-busy' | 'call-failed' | 'log-failed' | 'prefix-taken'

/** A node of the ward's queue on the LAN. */
export type Queue = Readonly<{
  /** Carries out an order, here or wherever it must be. Does not reject: what went wrong is in the outcome. */
  order(order: Order): Promise<Outcome>
  claim(ticket: TicketId): Promise<Outcome>
  view(): QueueView
  /** Those who wait, in the order in which this counter would call them. @param letters kinds of matter it serves; null: all */
  turns(letters: readonly string[] | null): readonly TicketId[]
  /** Nodes that can be reached. */
  reached(): readonly NodeId[]
  stop(): Promise<void>
}>

const TICK_MS = 50
const CALL_EVERY_MS = 1000
const NAME_LETTERS = 80
const NO_BEACON = { stop: (): Promise<void> => Promise.resolve() }

/**
 * The ward's queue without the city. What holds, whatever dies and however the network is cut:
 *
 * - A number is given once. Every number bears who founded its line and how often that node did, and within a line the log that
 *   most of its members keep decides.
 * - A number is worked on in one place. Only the line that holds it can call it, and of two halves of a line only the one with
 *   enough members has a leader whose word counts; elsewhere the number is `other-side`. When lines meet, the later one agrees
 *   to let go of a number before the earlier one takes it in.
 * - No number that was told to anyone is forgotten: it is on the disks of enough members before it is told, and whoever leads
 *   next hands over what was left.
 * - Without a leader for `patienceMs` a counter gives numbers of its own line and calls those. An order whose fate is unknown is
 *   given a new number; the old one, should it exist, turns void when the lines meet and until then is called in vain.
 * - Nothing is ordered or measured by a wall clock.
 *
 * One exception, on purpose: `claim`, by which an officer says that the other side is off. If it was not, the number is marked
 * `twice` when the lines meet. Of two counters one can go on with the common numbers when the other is gone (the one that did
 * not lead); the other one gives numbers of its own and needs `claim` for those who wait.
 */
export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { node, prefix, name, secret, log, clock, newId, told, named, trouble } = options
  const lanOf = { address: '0.0.0.0', port: 0, callPort: CALL_PORT, group: CALL_GROUP, targets: null, everyMs: CALL_EVERY_MS, ...options.lan }
  const keys = wardKeys(secret)
  const reached = new Set<NodeId>()
  const unanswered = new Set<(outcome: Outcome) => void>()
  let broken = false

  /** What cannot be kept is not said: a node whose disk fails is silent, and the others go on without it. */
  const guarded = (work: () => void): void => {
    if (broken) return
    try {
      work()
    } catch {
      broken = true
      trouble('log-failed')
      void stop()
    }
  }
  const lan = await createLan({
    node, keys, address: lanOf.address, port: lanOf.port,
    met: (peer) => guarded(() => {
      reached.add(peer)
      member.met(peer)
    }),
    lost: (peer) => guarded(() => {
      reached.delete(peer)
      member.lost(peer)
    }),
    message: (from, message) => guarded(() => member.receive(from, message)),
    refused: trouble,
  })
  const member = createMember({
    self: { node, prefix, name: () => name().trim().slice(0, NAME_LETTERS) || node }, log, timing: options.timing ?? TIMING, random: Math.random, newId, told, prefixTaken: () => trouble('prefix-taken'), named,
    clock: { mono: () => performance.now(), wall: clock.wall, day: clock.day }, send: lan.send,
  })
  const beacon = lanOf.callPort === 0 ? NO_BEACON : createBeacon({
    node, keys, address: lanOf.address === '0.0.0.0' ? null : lanOf.address, port: lan.port, callPort: lanOf.callPort, group: lanOf.group,
    targets: lanOf.targets, everyMs: lanOf.everyMs, found: (found: Found) => lan.reach(found), trouble,
  })
  const timer = setInterval(() => guarded(member.tick), TICK_MS)
  let stopping: Promise<void> | undefined

  const stop = (): Promise<void> => {
    clearInterval(timer)
    if (!stopping) guarded(member.leave)
    stopping ??= Promise.all([beacon.stop(), lan.stop()]).then(() => undefined)
    for (const done of unanswered) done(refused('unclear'))
    return stopping
  }
  const asked = (ask: (done: (outcome: Outcome) => void) => void): Promise<Outcome> => new Promise((answer) => {
    if (broken || stopping) return answer(refused('unclear'))
    const done = (outcome: Outcome): void => {
      unanswered.delete(done)
      answer(outcome)
    }
    unanswered.add(done)
    guarded(() => ask(done))
  })
  return {
    order: (order) => asked((done) => member.submit(order, done)),
    claim: (ticket) => asked((done) => member.claim(ticket, done)),
    view: member.view,
    turns: member.turns,
    reached: () => [...reached],
    stop,
  }
}
