import { runAfter } from './rules'
import type { EventId, QueueEvent, Ticket, TicketId } from './words'

/** One line as its log tells it. Only `apply` changes it. */
export type QueueState = {
  readonly tickets: Map<TicketId, Ticket>
  /** Last number given, by kind of matter. */
  readonly numbers: Map<string, number>
  /** Events that have been applied, with the ticket they were about. */
  readonly seen: Map<EventId, TicketId>
  /** Numbers that nobody holds, because another was given in their stead. */
  readonly replaced: Set<TicketId>
  /** People of priority groups called one after the other while others waited. */
  run: number
}

export const emptyState = (): QueueState => ({ tickets: new Map(), numbers: new Map(), seen: new Map(), replaced: new Set(), run: 0 })

export const copyState = (from: QueueState): QueueState =>
  ({ tickets: new Map(from.tickets), numbers: new Map(from.numbers), seen: new Map(from.seen), replaced: new Set(from.replaced), run: from.run })

/** Nobody has worked on it since it was given or put back. */
const untouched = (ticket: Ticket): boolean => ['waiting', 'held', 'no-show', 'void'].includes(ticket.state)

const span = (from: number, to: number): number => Math.max(0, to - from)

/** Adds what the state that ends now has lasted. */
function elapsed(ticket: Ticket, stamp: number): Pick<Ticket, 'waitedMs' | 'servedMs' | 'at'> {
  const ms = span(ticket.at, stamp)
  return {
    waitedMs: ticket.waitedMs + (ticket.state === 'waiting' ? ms : 0), servedMs: ticket.servedMs + (ticket.state === 'serving' ? ms : 0), at: stamp,
  }
}

type OnTicket = Exclude<QueueEvent, { kind: 'given' | 'adopted' }>

function changed(ticket: Ticket, event: OnTicket, stamp: number): Ticket {
  const next = { ...ticket, ...elapsed(ticket, stamp) }
  switch (event.kind) {
    case 'called': return { ...next, state: 'called', counter: event.counter, calls: ticket.calls + 1 }
    case 'recalled': return { ...ticket, calls: ticket.calls + 1 }
    case 'started': return { ...next, state: 'serving' }
    case 'finished': return { ...next, state: 'done' }
    case 'held': return { ...next, state: 'held' }
    case 'missed': return { ...next, state: 'no-show' }
    case 'returned': return { ...next, state: 'waiting', via: 'returned', since: event.since, wanted: ticket.state === 'waiting' ? null : ticket.wanted }
    case 'transferred': return { ...next, state: 'waiting', via: 'transferred', wanted: event.to, kind: event.letter ?? ticket.kind }
    case 'released': return { ...ticket, moved: { into: event.into, seq: event.seq, handed: false } }
    case 'handed': return { ...ticket, moved: ticket.moved && { ...ticket.moved, handed: true } }
  }
}

/** What becomes of a number that this line has already, because an officer took it over by hand on one of the sides. */
function reconciled(here: Ticket, come: Ticket): Ticket {
  if (here.moved !== null) return come
  if (untouched(come)) return here
  if (untouched(here)) return come
  return { ...here, twice: true }
}

function put(state: QueueState, ticket: Ticket): void {
  if (ticket.instead !== null) {
    state.replaced.add(ticket.instead)
    const ghost = state.tickets.get(ticket.instead)
    if (ghost?.state === 'waiting') state.tickets.set(ghost.id, { ...ghost, state: 'void' })
  }
  const unheld = state.replaced.has(ticket.id) && ticket.state === 'waiting'
  state.tickets.set(ticket.id, unheld ? { ...ticket, state: 'void' } : ticket)
}

/** Adds one event of the log; an event that was added before changes nothing. */
export function apply(state: QueueState, event: QueueEvent, stamp: number): void {
  if (state.seen.has(event.id)) return
  if (event.kind === 'given') {
    const { ticket: id, label, letter: kind, group, origin, instead } = event
    state.numbers.set(kind, Math.max(event.number, state.numbers.get(kind) ?? 0))
    put(state, {
      id, label, kind, group, state: 'waiting', via: 'taken', counter: null, wanted: null, givenAt: stamp, since: stamp, at: stamp,
      waitedMs: 0, servedMs: 0, calls: 0, origin, instead, byHand: false, twice: false, moved: null,
    })
    state.seen.set(event.id, id)
    return
  }
  if (event.kind === 'adopted') {
    const here = state.tickets.get(event.whole.id)
    put(state, here ? reconciled(here, event.whole) : event.whole)
    state.seen.set(event.id, event.whole.id)
    return
  }
  const ticket = state.tickets.get(event.ticket)
  state.seen.set(event.id, event.ticket)
  if (!ticket) return
  if (event.kind === 'called') state.run = runAfter(state.tickets.values(), ticket, state.run)
  state.tickets.set(ticket.id, changed(ticket, event, stamp))
}

/** The state after these events. */
export function fold(events: Iterable<Readonly<{ event: QueueEvent; stamp: number }>>): QueueState {
  const state = emptyState()
  for (const { event, stamp } of events) apply(state, event, stamp)
  return state
}
