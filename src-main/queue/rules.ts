import { isPriority } from './groups'
import type { NodeId, Prefix, Ticket } from './words'
import type { z } from 'zod'

/** So many of the priority groups one after the other while others wait; then one of the others. */
export const PRIORITY_RUN = 3
/** Who was called in vain and comes back waits for so many others. */
export const RETURN_AFTER = 2

/** First by its place (the line's own clock), then by the order in which the line gave or took in the numbers. */
const earlier = (one: Ticket, other: Ticket): Ticket => (other.since < one.since ? other : one)

export type Caller = Readonly<{ counter: NodeId; /** Kinds of matter that this counter serves; null: all. */ letters: readonly string[] | null }>

const mayCall = (ticket: Ticket, { counter, letters }: Caller): boolean =>
  ticket.state === 'waiting' && ticket.moved === null && (ticket.wanted === null ? letters?.includes(ticket.kind) ?? true : ticket.wanted === counter)

/**
 * Whom a counter calls next. Who was sent on to this very counter has been heard once already and comes first; then the
 * priority groups, but after `PRIORITY_RUN` of them somebody who has none.
 * @param tickets in the order of the log
 * @param run how many of the priority groups were called one after the other while others waited
 */
export function nextToCall(tickets: Iterable<Ticket>, caller: Caller, run: number): Ticket | undefined {
  let sentOn: Ticket | undefined
  let priority: Ticket | undefined
  let ordinary: Ticket | undefined
  for (const ticket of tickets) {
    if (!mayCall(ticket, caller)) continue
    if (ticket.wanted !== null) sentOn = sentOn ? earlier(sentOn, ticket) : ticket
    else if (isPriority(ticket.group)) priority = priority ? earlier(priority, ticket) : ticket
    else ordinary = ordinary ? earlier(ordinary, ticket) : ticket
  }
  if (sentOn) return sentOn
  return run >= PRIORITY_RUN ? ordinary ?? priority : priority ?? ordinary
}

/** How long the run of priority groups is once this one is called. @param waiting those who wait, with or without the one called */
export function runAfter(waiting: Iterable<Ticket>, called: Ticket, run: number): number {
  if (!isPriority(called.group)) return 0
  for (const ticket of waiting) if (ticket.state === 'waiting' && ticket.moved === null && !isPriority(ticket.group)) return run + 1
  return 0
}

/** Those whom a counter may call, in the order in which it would if nobody else called and nobody else came. */
export function callingOrder(tickets: Iterable<Ticket>, caller: Caller, run: number): readonly Ticket[] {
  const waiting = new Map([...tickets].filter((ticket) => ticket.state === 'waiting' && ticket.moved === null).map((ticket) => [ticket.id, ticket]))
  const order: Ticket[] = []
  let turn = run
  for (let next = nextToCall(waiting.values(), caller, turn); next; next = nextToCall(waiting.values(), caller, turn)) {
    turn = runAfter(waiting.values(), next, turn)
    waiting.delete(next.id)
    order.push(next)
  }
  return order
}

/** The place of somebody who comes back: the old one, or behind the next few when he was called in vain. */
export function placeOfReturn(tickets: Iterable<Ticket>, ticket: Ticket): number {
  if (ticket.state !== 'no-show') return ticket.since
  const waiting = [...tickets].filter((other) => other.state === 'waiting' && other.moved === null).map((other) => other.since).sort((one, other) => one - other)
  const behind = waiting[Math.min(RETURN_AFTER, waiting.length) - 1]
  return behind === undefined ? ticket.since : Math.max(ticket.since, behind + 1)
}

type Giver = Readonly<{ prefix: z.infer<typeof Prefix>; generation: number }>

/** What all numbers of a line begin with. */
export function startOf({ prefix, generation }: Giver): string {
  return generation === 1 ? prefix : `${prefix === '' ? '0' : prefix}.${String(generation)}`
}

/**
 * The number as it is printed, shown and called. Read from its end it is digits, one letter for the kind of matter, and what is
 * left says who gave it: two lines never give the same label.
 */
export function labelOf(line: Giver, letter: string, number: number): string {
  return `${startOf(line)}${letter}${String(number).padStart(3, '0')}`
}
