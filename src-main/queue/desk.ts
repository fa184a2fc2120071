import type { Line } from './line'
import type { Lines } from './lines'
import type { Timing } from './timing'
import type { Message } from './wire'
import { type EventId, type LineId, type NodeId, type Order, type Outcome, type Refusal, refused, type TicketId } from './words'

/** Takes orders and finds out who can carry them out: the leader of the line that holds the number. */
export type Desk = Readonly<{
  submit(order: Order, mono: number, done: (outcome: Outcome) => void): void
  /** To the leader of this line and no other; asked for as long as it takes. */
  submitTo(line: LineId, order: Order, mono: number, done: (outcome: Outcome) => void): void
  claim(ticket: TicketId, mono: number, done: (outcome: Outcome) => void): void
  onOrder(from: NodeId, line: LineId, order: Order, mono: number): void
  onAnswer(id: EventId, outcome: Outcome | null, mono: number): void
  tick(mono: number): void
  /** Calls those back whose orders are done; true when there were any. */
  settle(mono: number): boolean
}>

type Pending = {
  order: Order
  readonly done: (outcome: Outcome) => void
  readonly begun: number
  readonly fixed: LineId | null
  sentTo: NodeId | null
  sentAt: number
  /** The line it was sent to first; it may have been carried out there. */
  sentLine: LineId | null
  elsewhere: boolean
}

type Claim = Readonly<{ ticket: TicketId; done: (outcome: Outcome) => void }>

type Deps = Readonly<{
  self: NodeId
  timing: Timing
  lines: Lines
  send: (to: NodeId, message: Message) => void
  /** A line of this node's own. */
  found: (mono: number) => Line
  newId: () => string
}>

export function createDesk({ self, timing, lines, send, found, newId }: Deps): Desk {
  const pending = new Map<EventId, Pending>()
  let finished: (() => void)[] = []
  let claims: readonly Claim[] = []

  const holder = (ticket: TicketId): Line | undefined => {
    const holders = lines.all().filter((line) => line.state().tickets.get(ticket)?.moved === null)
    return holders.find((line) => line.state().tickets.get(ticket)?.byHand) ?? holders[0]
  }

  function placeOf({ order, fixed }: Pending, mono: number): LineId | undefined {
    if (fixed !== null) return fixed
    const onTicket = 'ticket' in order && order.kind !== 'take' ? holder(order.ticket) : undefined
    return onTicket?.meta.id ?? lines.working(mono)?.meta.id
  }

  function finish(id: EventId, outcome: Outcome): void {
    const waiting = pending.get(id)
    if (!waiting) return
    pending.delete(id)
    // It may have been carried out in the line it was sent to first, and the number has changed lines since.
    const told = !outcome.ok && waiting.sentTo !== null && waiting.elsewhere ? refused('unclear') : outcome
    finished.push(() => waiting.done(told))
  }

  /** A number on its way from one line to another is asked for again, until it has arrived. */
  function hear(id: EventId, outcome: Outcome, mono: number): void {
    const waiting = pending.get(id)
    if (!waiting) return
    const { order } = waiting
    const onItsWay = !outcome.ok && (outcome.refusal === 'moving' || (outcome.refusal === 'unknown-ticket' && 'ticket' in order && lines.all().some((line) => line.state().tickets.has(order.ticket))))
    if (onItsWay) waiting.sentAt = mono
    else finish(id, outcome)
  }

  function handTo(line: LineId, leader: NodeId, waiting: Pending, mono: number): void {
    waiting.sentTo = leader
    waiting.sentAt = mono
    waiting.sentLine ??= line
    waiting.elsewhere ||= waiting.sentLine !== line
    const { order } = waiting
    if (leader !== self) send(leader, { kind: 'order', line, order })
    else lines.get(line)?.order(order, mono, (outcome) => hear(order.id, outcome, mono))
  }

  /** In another line the number goes out under a new name: the first order may yet be carried out where it was sent, for nobody. */
  function renamed(waiting: Pending, order: Extract<Order, { kind: 'take' }>): Pending {
    pending.delete(order.id)
    const instead = { ...order, id: newId(), ticket: newId(), instead: order.ticket }
    const next: Pending = { ...waiting, order: instead, sentTo: null, sentAt: 0, sentLine: null, elsewhere: false }
    pending.set(instead.id, next)
    return next
  }

  function hand(line: LineId, leader: NodeId, waiting: Pending, mono: number): void {
    const { order, sentLine } = waiting
    const elsewhere = order.kind === 'take' && sentLine !== null && sentLine !== line
    handTo(line, leader, elsewhere ? renamed(waiting, order) : waiting, mono)
  }

  function push(id: EventId, waiting: Pending, mono: number): void {
    const line = placeOf(waiting, mono)
    const leader = line === undefined ? undefined : lines.leaderOf(line, mono)
    if (line !== undefined && leader !== undefined) {
      if (leader !== waiting.sentTo || mono - waiting.sentAt >= timing.againMs) hand(line, leader, waiting, mono)
      if (waiting.fixed === null && mono - waiting.begun > timing.unclearMs) finish(id, refused('unclear'))
      return
    }
    if (waiting.fixed !== null) return
    const patience = line === undefined ? Math.min(lines.lonelyMs(mono), timing.patienceMs) : mono - waiting.begun
    if (patience < timing.patienceMs) return
    if (waiting.order.kind === 'take') hand(found(mono).meta.id, self, waiting, mono)
    else finish(id, refused(waiting.sentTo !== null ? 'unclear' : line === undefined ? 'cut-off' : 'other-side'))
  }

  function submit(order: Order, fixed: LineId | null, mono: number, done: (outcome: Outcome) => void): void {
    if (pending.has(order.id)) return
    const waiting: Pending = { order, done, begun: mono, fixed, sentTo: null, sentAt: 0, sentLine: null, elsewhere: false }
    pending.set(order.id, waiting)
    push(order.id, waiting, mono)
  }

  /**
   * False as long as a leader may yet be found: then nothing is taken from anybody, and the claim is looked at again. A counter
   * without a line of its own founds one for what it takes over.
   */
  function claimed({ ticket, done }: Claim, mono: number): boolean {
    const refuse = (why: Refusal): true => {
      done(refused(why))
      return true
    }
    const line = holder(ticket)
    const whole = line?.state().tickets.get(ticket)
    if (!line || !whole) return refuse('unknown-ticket')
    if (lines.leaderOf(line.meta.id, mono) !== undefined || !['waiting', 'held', 'no-show'].includes(whole.state)) return refuse('not-so-now')
    if (!lines.working(mono) && lines.lonelyMs(mono) < timing.patienceMs) return false
    const here = lines.working(mono)?.meta ?? found(mono).meta
    submit({ kind: 'adopt', id: `claim:${newId()}`, whole: { ...whole, byHand: true }, from: line.meta.id, base: line.replica.clock(mono) }, here.id, mono, done)
    return true
  }

  return {
    submit: (order, mono, done) => submit(order, null, mono, done),
    submitTo: (line, order, mono, done) => submit(order, line, mono, done),
    claim(ticket, mono, done) {
      const asked = { ticket, done }
      if (!claimed(asked, mono)) claims = [...claims, asked]
    },
    onOrder(from, id, order, mono) {
      const line = lines.get(id)
      const answer = (outcome: Outcome | null): void => send(from, { kind: 'answer', id: order.id, outcome })
      if (line?.replica.state().leads) line.order(order, mono, answer)
      else answer(null)
    },
    onAnswer(id, outcome, mono) {
      const waiting = pending.get(id)
      if (!waiting) return
      if (outcome === null) {
        waiting.sentTo = null
        waiting.sentAt = mono
      } else hear(id, outcome, mono)
    },
    tick(mono) {
      for (const [id, waiting] of [...pending]) push(id, waiting, mono)
      claims = claims.filter((each) => !claimed(each, mono))
    },
    settle() {
      const ready = finished
      finished = []
      for (const call of ready) call()
      return ready.length > 0
    },
  }
}
