import { before, type Lines } from './lines'
import type { LineId, NodeId, Ticket, TicketId } from './words'

/**
 * Where a number can be worked on: `here`; `moving` from one line to another just now; `other-side`: only by counters that
 * cannot be reached ("ở phía bên kia").
 */
export type Side = 'here' | 'moving' | 'other-side'
export type Shown = Readonly<{ ticket: Ticket; line: LineId; side: Side; /** ms since 1970, as the founder's clock had it. */ givenAt: number; sinceMs: number }>

export type QueueView = Readonly<{
  /** The line that new numbers come from; null: cut off, the next number will be the first of an own line. */
  working: Readonly<{ line: LineId; prefix: string; generation: number; leader: NodeId; /** Without whom, or most of whom, it does not go on. */ members: readonly NodeId[] }> | null
  /** An earlier line of the day has nobody who leads it here: most of its counters cannot be reached. */
  cutOff: boolean
  /** By id; every number once. */
  tickets: ReadonlyMap<TicketId, Shown>
}>

/** What a counter, a kiosk or a board may show, over all lines of the day. */
export function viewOf(lines: Lines, mono: number): QueueView {
  const tickets = new Map<TicketId, Shown>()
  for (const line of lines.current(mono)) {
    const { id, foundedAt } = line.meta
    const live = lines.leaderOf(id, mono) !== undefined
    const now = line.replica.clock(mono)
    for (const ticket of line.state().tickets.values()) {
      const side: Side = ticket.moved !== null ? 'moving' : live ? 'here' : 'other-side'
      const shown = tickets.get(ticket.id)
      const better = !shown || (shown.side === 'moving' && side !== 'moving') || (ticket.byHand && !shown.ticket.byHand && side === 'here')
      if (better) tickets.set(ticket.id, { ticket, line: id, side, givenAt: foundedAt + ticket.givenAt, sinceMs: Math.max(0, now - ticket.at) })
    }
  }
  const working = lines.working(mono)
  const cutOff = lines.current(mono).some(({ meta }) => (!working || before(meta, working.meta)) && lines.leaderOf(meta.id, mono) === undefined)
  return {
    cutOff,
    working: working ? { line: working.meta.id, prefix: working.meta.prefix, generation: working.meta.generation, leader: working.leader, members: lines.get(working.meta.id)?.replica.state().rolls.next.members ?? [] } : null,
    tickets,
  }
}
