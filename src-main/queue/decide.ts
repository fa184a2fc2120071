import { labelOf, nextToCall, placeOfReturn } from './rules'
import type { QueueState } from './state'
import type { LineMeta } from './log'
import type { Order, QueueEvent, Refusal, Ticket, TicketState } from './words'

/** What a leader makes of an order: an event for the log, or a reason why not. Pure; whether the order was given before is asked earlier. */
export type Decision = QueueEvent | Refusal

type OnTicket = Exclude<Order, { kind: 'take' | 'next' | 'adopt' }>

/** From which states an order may come, and whether only the counter that called may give it. */
const ALLOWED: Readonly<Record<OnTicket['kind'], Readonly<{ from: readonly TicketState[]; own: boolean }>>> = {
  call: { from: ['waiting', 'held', 'no-show'], own: false },
  recall: { from: ['called'], own: true },
  // one that was held needs no call: the person stands at the counter again
  start: { from: ['called', 'held'], own: true },
  finish: { from: ['serving'], own: true },
  hold: { from: ['called', 'serving'], own: true },
  miss: { from: ['called'], own: true },
  // by anybody: the counter that called it, or that it was sent on to, may be the one that is off
  return: { from: ['waiting', 'called', 'serving', 'held', 'no-show'], own: false },
  transfer: { from: ['called', 'serving', 'held'], own: false },
}

function refusalOf(ticket: Ticket, order: OnTicket): Refusal | undefined {
  const { from, own } = ALLOWED[order.kind]
  if (ticket.moved !== null) return 'moving'
  if (!from.includes(ticket.state)) return 'not-so-now'
  if (order.kind === 'return' && ticket.state === 'waiting' && ticket.wanted === null) return 'not-so-now'
  if (own && 'counter' in order && ticket.counter !== order.counter) return 'other-counter'
  if (order.kind === 'call' && ticket.wanted !== null && ticket.wanted !== order.counter) return 'other-counter'
  return undefined
}

function onTicket(state: QueueState, order: OnTicket): Decision {
  const ticket = state.tickets.get(order.ticket)
  if (!ticket) return 'unknown-ticket'
  const refusal = refusalOf(ticket, order)
  if (refusal) return refusal
  const about = { id: order.id, ticket: order.ticket }
  switch (order.kind) {
    case 'call': return { kind: 'called', ...about, counter: order.counter }
    case 'recall': return { kind: 'recalled', ...about }
    case 'start': return { kind: 'started', ...about }
    case 'finish': return { kind: 'finished', ...about }
    case 'hold': return { kind: 'held', ...about }
    case 'miss': return { kind: 'missed', ...about }
    case 'return': return { kind: 'returned', ...about, since: placeOfReturn(state.tickets.values(), ticket) }
    case 'transfer': return { kind: 'transferred', ...about, to: order.to, letter: order.letter }
  }
}

/** The times of a ticket of another line, in the clock of this one. */
function shifted(ticket: Ticket, ms: number): Ticket {
  return { ...ticket, givenAt: ticket.givenAt + ms, since: ticket.since + ms, at: ticket.at + ms, moved: null }
}

/** @param now what the clock of this line shows */
export function decide(line: LineMeta, state: QueueState, order: Order, now: number): Decision {
  switch (order.kind) {
    case 'take': {
      const number = (state.numbers.get(order.letter) ?? 0) + 1
      const { id, ticket, letter, group, instead } = order
      return { kind: 'given', id, ticket, letter, group, number, label: labelOf(line, letter, number), origin: line.id, instead }
    }
    case 'next': {
      const ticket = nextToCall(state.tickets.values(), order, state.run)
      return ticket ? { kind: 'called', id: order.id, ticket: ticket.id, counter: order.counter } : 'nobody-waiting'
    }
    case 'adopt':
      return { kind: 'adopted', id: order.id, whole: shifted(order.whole, now - order.base), from: order.from }
    default:
      return onTicket(state, order)
  }
}
