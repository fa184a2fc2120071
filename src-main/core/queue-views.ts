import type { Instant } from '@contract/ids'
import { type BoardState, type KioskState, type QueueCounter, type QueueState, type QueueTicket, type TicketId, type TicketState } from '@contract/queue'
import type { Settings } from '@contract/settings'
import { openingHours } from '../hall'
import { GROUPS, KINDS, type QueueView, type Shown, startOf } from '../queue'
import type { QueuePlace, Roster } from './queue-place'

/** What the queue is shown from: the view of the engine, and what the engine does not know. */
export type Seen = Readonly<{
  place: QueuePlace
  view: QueueView
  /** Those who wait, in the order in which this counter would call them. */
  turns: readonly string[]
  reached: readonly string[]
  roster: Roster
  standing: QueueState['standing']
  trouble: QueueState['trouble']
  /** Counters that were heard today. */
  today: readonly string[]
  /** ms since 1970. */
  now: number
}>

export const instantOf = (ms: number): Instant => new Date(ms).toISOString() as Instant
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length))
const longest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)

export const kindName = (letter: string): string => KINDS.find((kind) => kind.letter === letter)?.name ?? letter
const isPriority = (code: string): boolean => GROUPS.find((group) => group.code === code)?.priority ?? false

/** How long somebody has waited by now. */
const waitOf = ({ ticket, sinceMs }: Shown): number => ticket.waitedMs + (ticket.state === 'waiting' ? sinceMs : 0)
const isHeld = ({ ticket }: Shown): boolean => ticket.state !== 'void'
const inState = (seen: Seen, ...states: readonly TicketState[]): readonly Shown[] =>
  [...seen.view.tickets.values()].filter((shown) => isHeld(shown) && states.some((state) => state === shown.ticket.state))

const counterOf = ({ place, roster }: Seen, node: string | null): QueueTicket['counter'] =>
  node === null ? null : { node, name: roster.nameOf(node), here: node === place.node }

/** A number as the contract has it; null for one that nobody holds. */
export function ticketOf(seen: Seen, shown: Shown): QueueTicket | null {
  const { ticket, side, givenAt, sinceMs } = shown
  const { state } = ticket
  if (state === 'void') return null
  return {
    id: ticket.id as TicketId, label: ticket.label, letter: ticket.kind, kind: kindName(ticket.kind), group: ticket.group, priority: isPriority(ticket.group),
    state, side, counter: counterOf(seen, ticket.counter), wanted: counterOf(seen, ticket.wanted), givenAt: instantOf(givenAt),
    stateSince: instantOf(seen.now - sinceMs), waitedMs: ticket.waitedMs, servedMs: ticket.servedMs, calls: ticket.calls, via: ticket.via,
    byHand: ticket.byHand, twice: ticket.twice,
  }
}

/** Those who wait: whom this counter would call, in that order; then the others, longest first. */
export function waitingOf(seen: Seen): readonly Shown[] {
  const turn = new Map(seen.turns.map((id, index) => [id, index]))
  const rank = ({ ticket }: Shown): number => turn.get(ticket.id) ?? Number.MAX_SAFE_INTEGER
  return inState(seen, 'waiting').toSorted((one, other) => rank(one) - rank(other) || waitOf(other) - waitOf(one))
}

const LISTED: readonly TicketState[] = ['held', 'called', 'serving', 'no-show']

/** What is called or served here; the latest when there are several. */
export const atHere = (seen: Seen): readonly Shown[] =>
  inState(seen, 'called', 'serving').filter(({ ticket }) => ticket.counter === seen.place.node).toSorted((one, other) => one.sinceMs - other.sinceMs)

function countersOf(seen: Seen): QueueCounter[] {
  const { place, view, reached, roster, today } = seen
  const inTickets = [...view.tickets.values()].flatMap(({ ticket }) => [ticket.counter, ticket.wanted]).filter((node) => node !== null)
  const nodes = new Set([place.node, ...reached, ...today, ...inTickets])
  return [...nodes].map((node) => ({ node, name: roster.nameOf(node), here: node === place.node, reached: node === place.node || reached.includes(node) }))
    .sort((one, other) => Number(other.here) - Number(one.here) || one.name.localeCompare(other.name, 'vi', { numeric: true }))
}

/** What a number begins with that is given here now. */
const prefixOf = ({ view: { working }, place }: Seen): string => (working ? startOf(working) : place.prefix)

/** The queue as this counter sees it. */
export function queueState(seen: Seen): QueueState {
  const waiting = waitingOf(seen)
  const others = LISTED.flatMap((state) => inState(seen, state))
  const tickets = [...waiting, ...others].map((shown) => ticketOf(seen, shown)).filter((ticket) => ticket !== null)
  const [mine] = atHere(seen)
  const next = waiting.find(({ ticket }) => seen.turns.includes(ticket.id))
  const waits = waiting.map(waitOf)
  return {
    standing: seen.standing, prefix: prefixOf(seen), leads: seen.view.working?.leader === seen.place.node, counters: countersOf(seen),
    kinds: KINDS.map(({ letter, name }) => ({ letter, name, waiting: waiting.filter(({ ticket }) => ticket.kind === letter).length })),
    tickets, done: inState(seen, 'done').length, next: next ? ticketOf(seen, next) : null, mine: mine ? ticketOf(seen, mine) : null,
    meanWaitMs: mean(waits), longestWaitMs: longest(waits), trouble: seen.trouble,
  }
}

/** So many of the last calls tell how long one waits now. */
const RECENT = 20

/** How long those waited who were called last; those who still wait where nobody was called yet. */
function usualWait(seen: Seen, letter: string | null): number | null {
  const ofKind = (shown: Shown): boolean => letter === null || shown.ticket.kind === letter
  const called = inState(seen, 'called', 'serving', 'done').filter(ofKind).toSorted((one, other) => one.sinceMs - other.sinceMs).slice(0, RECENT)
  const waits = (called.length > 0 ? called : inState(seen, 'waiting').filter(ofKind)).map(waitOf)
  return waits.length === 0 ? null : mean(waits)
}

type Office = Readonly<{ settings: Settings; practice: boolean }>
const headOf = ({ settings, practice }: Office) => ({ ward: settings.ward.name, unit: settings.ward.unitName, practice, hours: openingHours(settings.workingHours) })

/** So many numbers the board shows ahead. */
const NEXT_SHOWN = 12

/** What the board of the waiting room shows. */
export function boardState(seen: Seen, office: Office): BoardState {
  const waiting = waitingOf(seen)
  const now = inState(seen, 'called', 'serving').toSorted((one, other) => one.sinceMs - other.sinceMs)
  return {
    ...headOf(office), standing: seen.standing, prefix: prefixOf(seen), voice: office.settings.queue.voice,
    now: now.map(({ ticket, sinceMs }) => ({
      label: ticket.label, counter: ticket.counter === null ? '' : seen.roster.nameOf(ticket.counter), state: ticket.state === 'called' ? 'called' : 'serving',
      priority: isPriority(ticket.group), at: instantOf(seen.now - sinceMs),
    })),
    next: waiting.slice(0, NEXT_SHOWN).map(({ ticket }) => ({ label: ticket.label, priority: isPriority(ticket.group) })),
    waiting: waiting.length, meanWaitMs: usualWait(seen, null) ?? 0, notices: office.settings.hall.notices,
  }
}

/** What the kiosk shows. Groups by law: a ward may leave one out, not add one. @param open numbers are given now */
export function kioskState(seen: Seen, office: Office, open: boolean): KioskState {
  const waiting = inState(seen, 'waiting')
  const { groups, notices } = { groups: office.settings.queue.groups, notices: office.settings.hall.notices }
  return {
    ...headOf(office), open: open && seen.standing !== 'off', standing: seen.standing, notices,
    kinds: KINDS.map(({ letter, name }) => ({
      letter, name, waiting: waiting.filter(({ ticket }) => ticket.kind === letter).length, meanWaitMs: usualWait(seen, letter),
    })),
    groups: GROUPS.filter(({ code, priority }) => !priority || groups.includes(code)).map(({ code, name, who, priority }) => ({ code, name, who, priority })),
  }
}

/** How many are called before this one as things stand; everybody who waits when it is not waiting here. */
export function aheadOf(seen: Seen, all: readonly string[], ticket: string): number {
  const place = all.indexOf(ticket)
  return place < 0 ? inState(seen, 'waiting').filter(({ ticket: { id } }) => id !== ticket).length : place
}
