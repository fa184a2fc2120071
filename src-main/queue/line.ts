import { decide } from './decide'
import type { LineMeta } from './log'
import type { Replica } from './replica-types'
import { apply, copyState, emptyState, type QueueState } from './state'
import { type EventId, type LineId, type Order, type Outcome, type QueueEvent, refused, type TicketId } from './words'

/** Told once an entry is agreed and on the disk. */
export type Agreed = Readonly<{ line: LineMeta; event: QueueEvent; index: number; stamp: number }>

export type Line = Readonly<{
  meta: LineMeta
  replica: Replica
  /** What is agreed. */
  state(): QueueState
  /** By the leader: `done` is called once the outcome is agreed, or never when this node is unseated before. */
  order(order: Order, mono: number, done: (outcome: Outcome) => void): void
  /** By the leader: this line does not touch the number any more. */
  release(ticket: TicketId, into: LineId, mono: number): void
  /** By the leader: the other line has it. */
  tickOff(ticket: TicketId, seq: number, mono: number): void
  /** Takes in what was agreed since the last time. */
  advance(): readonly Agreed[]
  /** Answers who waits for what is agreed now. To be called when it is on the disk. */
  answer(): void
  lastStamp(): number | null
}>

const NOTHING: readonly Agreed[] = []

export function createLine(replica: Replica): Line {
  const { meta } = replica
  const agreed = emptyState()
  let applied = 0
  /** The leader decides on the whole log, agreed or not: what is not agreed in the end was never told to anyone. */
  let ahead: { state: QueueState; upTo: number; term: number } | null = null
  let waiters: { id: EventId; done: (outcome: Outcome) => void }[] = []

  function wholeLog(): QueueState {
    const { term, last } = replica.state()
    if (ahead?.term !== term) ahead = { state: copyState(agreed), upTo: applied, term }
    while (ahead.upTo < last) {
      ahead.upTo++
      const entry = replica.entry(ahead.upTo)
      if (entry?.body.kind === 'event') apply(ahead.state, entry.body.event, entry.stamp)
    }
    return ahead.state
  }

  function outcomeOf(id: EventId): Outcome {
    const ticket = agreed.tickets.get(agreed.seen.get(id) ?? '')
    return ticket ? { ok: true, line: meta.id, ticket } : refused('unknown-ticket')
  }

  return {
    meta, replica,
    state: () => agreed,
    order(order, mono, done) {
      if (agreed.seen.has(order.id)) return done(outcomeOf(order.id))
      const state = wholeLog()
      if (!state.seen.has(order.id)) {
        const decision = decide(meta, state, order, replica.clock(mono))
        if (typeof decision === 'string') return done(refused(decision))
        waiters.push({ id: order.id, done })
        replica.propose({ kind: 'event', event: decision }, mono)
        return
      }
      waiters.push({ id: order.id, done })
    },
    release(ticket, into, mono) {
      const seq = replica.state().last + 1
      if (wholeLog().tickets.get(ticket)?.moved === null) replica.propose({ kind: 'event', event: { kind: 'released', id: `released:${ticket}:${seq}`, ticket, into, seq } }, mono)
    },
    tickOff(ticket, seq, mono) {
      const moved = wholeLog().tickets.get(ticket)?.moved
      if (moved?.seq === seq && !moved.handed) replica.propose({ kind: 'event', event: { kind: 'handed', id: `handed:${ticket}:${seq}`, ticket } }, mono)
    },
    advance() {
      const { commit, leads } = replica.state()
      if (!leads) {
        ahead = null
        waiters = []
      }
      if (applied === commit) return NOTHING
      const news: Agreed[] = []
      while (applied < commit) {
        applied++
        const entry = replica.entry(applied)
        if (entry?.body.kind !== 'event') continue
        apply(agreed, entry.body.event, entry.stamp)
        news.push({ line: meta, event: entry.body.event, index: applied, stamp: entry.stamp })
      }
      return news
    },
    answer() {
      if (waiters.length === 0) return
      const ready = waiters.filter(({ id }) => agreed.seen.has(id))
      waiters = waiters.filter(({ id }) => !agreed.seen.has(id))
      for (const { id, done } of ready) done(outcomeOf(id))
    },
    lastStamp: () => replica.entry(replica.state().last)?.stamp ?? null,
  }
}
