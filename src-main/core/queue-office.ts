import { toCivil } from '@contract/civil-time'
import { AppError, ERRORS } from '@contract/errors'
import type { DraftId } from '@contract/ids'
import type { BoardState, CallNews, GivenTicket, KioskState, QueueGroup, QueueReport, QueueState, QueueTicket, TicketId } from '@contract/queue'
import type { Audit } from '../audit'
import type { Actor, WorkCalendar } from '../intake'
import type { Paperwork } from '../paperwork'
import type { Printer } from '../printing'
import type { Ticket } from '../queue'
import { openQueueNode, type QueueNode, type QueueNodeDeps } from './queue-node'
import { createOrders, type Orders } from './queue-orders'
import { queueReport } from './queue-report'
import { createTickets } from './queue-tickets'
import { aheadOf, boardState, kioskState, queueState, type Seen, ticketOf, waitingOf } from './queue-views'

export type TicketAct = 'recall' | 'start' | 'finish' | 'hold' | 'miss'

/** The ward's queue at this counter. Every act throws HC-001 … HC-009 when it cannot be carried out. */
export type QueueOffice = Readonly<{
  state(): QueueState
  /** @see Orders.next */
  next(): Promise<QueueTicket>
  /** @see Orders.call */
  call(ticket: TicketId): Promise<QueueTicket>
  on(actor: Actor, act: TicketAct, ticket: TicketId): Promise<QueueTicket>
  return(ticket: TicketId): Promise<QueueTicket>
  transfer(actor: Actor, move: Readonly<{ ticket: TicketId; to: string; letter: string | null }>): Promise<QueueTicket>
  claim(actor: Actor, ticket: TicketId): Promise<QueueTicket>
  /** At the counter, without paper. */
  take(letter: string, group: QueueGroup): Promise<QueueTicket>
  /** @param day civil date; null: today */
  report(day: string | null): QueueReport
  /** null for a draft that came without a number, or on another day. */
  ofDraft(draft: DraftId): QueueTicket | null
  /** One that is still being called is taken in with it. @throws AppError HC-002 for an unknown number, HS-001 for no such draft */
  bind(draft: DraftId, ticket: TicketId): Promise<void>
  board(): BoardState
  kiosk(): KioskState
  /** Calls and recalls of all counters, from now on. */
  calls(signal: AbortSignal | undefined): AsyncGenerator<CallNews, void, undefined>
  /** For the citizen's display: the number at this counter, and those that it calls next. */
  called(): Readonly<{ label: string | null; next: readonly string[] }>
  /** A number with its paper, from the kiosk. What becomes of the paper is told; the number holds in any case. */
  give(letter: string, group: QueueGroup): Promise<GivenTicket>
  /** @throws AppError HC-002 */
  printAgain(ticket: TicketId): Promise<GivenTicket['printed']>
  /** Where a number stands; null for one that is not of today. */
  look(ticket: TicketId): Readonly<{ ticket: QueueTicket; ahead: number }> | null
  /** After a no-show, by the person himself. @throws AppError HC-002, HC-003 when the number was not called in vain */
  comeBack(ticket: TicketId): Promise<Readonly<{ label: string; ahead: number }>>
  close(): Promise<void>
}>

export type QueueOfficeDeps = QueueNodeDeps & Readonly<{
  audit: Audit
  printer: Printer
  paperwork: Pick<Paperwork, 'ticket'>
  calendar(): WorkCalendar
}>

const { queue: HC, intake: HS } = ERRORS
/** So many numbers the display shows ahead. */
const NEXT_SHOWN = 4
/** People come before the doors open. */
const EARLY_MINUTES = 60

/** True from an hour before the office opens until it closes, on a day on which it does. An unknown year keeps nobody out. */
export function givesNumbers(calendar: WorkCalendar, now: Date): boolean {
  const { date, msOfDay } = toCivil(now)
  const minute = msOfDay / 60_000
  const from = (calendar.hours[0]?.from ?? 0) - EARLY_MINUTES
  const to = calendar.hours.at(-1)?.to ?? 1440
  try {
    return calendar.isWorking(date) && minute >= from && minute < to
  } catch {
    return true
  }
}

/** Opens the queue: listens for the other counters, or gives numbers alone. What is missing shows in the state. */
export async function openQueueOffice(deps: QueueOfficeDeps): Promise<QueueOffice> {
  const node = await openQueueNode(deps)
  const isUnfinished = (ticket: string): boolean => deps.store.read.get(
    "SELECT 1 FROM draft_ticket t JOIN draft d ON d.id = t.draft_id WHERE t.ticket_id = ? AND d.state = 'open' LIMIT 1", [ticket], () => true) ?? false
  const orders = createOrders({ node, settings: deps.settings, isUnfinished })
  return furnish(deps, node, orders)
}

function furnish(deps: QueueOfficeDeps, node: QueueNode, orders: Orders): QueueOffice {
  const { place, store, audit, clock, settings, calendar } = deps
  const tickets = createTickets(deps)
  const office = () => ({ settings: settings(), practice: place.practice })

  const known = (seen: Seen, id: string): QueueTicket => {
    const shown = seen.view.tickets.get(id)
    const ticket = shown && ticketOf(seen, shown)
    if (!ticket) throw new AppError(HC.unknownTicket)
    return ticket
  }
  /** The answer may be here before the log is, when another counter leads: then what was answered is shown. */
  function told(ticket: Ticket): QueueTicket {
    const seen = node.seen()
    const shown = seen.view.tickets.get(ticket.id)
    const newer = shown && shown.ticket.at >= ticket.at && shown.ticket.calls >= ticket.calls && shown.ticket.state === ticket.state
    const whole = ticketOf(seen, newer ? shown : { ticket, line: '', side: 'here', givenAt: shown?.givenAt ?? seen.now, sinceMs: 0 })
    if (!whole) throw new AppError(HC.unknownTicket)
    return whole
  }
  const noted = (actor: Actor, action: string, ticket: QueueTicket, detail: Readonly<Record<string, string>> = {}): QueueTicket => {
    store.write((tx) => audit.append(tx, { actor: actor.id, action, subject: { type: 'ticket', id: ticket.id }, detail: { label: ticket.label, ...detail } }))
    return ticket
  }
  const ahead = (ticket: string): number => aheadOf(node.seen(), node.allTurns(), ticket)

  return {
    state: () => queueState(node.seen()),
    next: async () => told(await orders.next()),
    call: async (ticket) => told(await orders.call(ticket)),
    on: async (actor, act, ticket) => {
      const done = told(await orders.on(act, ticket))
      return act === 'miss' ? noted(actor, 'queue.missed', done) : done
    },
    return: async (ticket) => told(await orders.return(ticket)),
    transfer: async (actor, { ticket, to, letter }) => noted(actor, 'queue.transferred', told(await orders.transfer(ticket, to, letter)), { to: node.seen().roster.nameOf(to) }),
    claim: async (actor, ticket) => noted(actor, 'queue.claimed', told(await orders.claim(ticket))),
    take: async (letter, group) => told(await orders.take(letter, group)),
    report: (day) => queueReport(store.read, node.seen().roster, day ?? toCivil(clock.now()).date),
    ofDraft: (draft) => {
      const id = store.read.get('SELECT ticket_id FROM draft_ticket WHERE draft_id = ?', [draft], (row) => row.text('ticket_id'))
      const seen = node.seen()
      const shown = id === undefined ? undefined : seen.view.tickets.get(id)
      return shown ? ticketOf(seen, shown) : null
    },
    bind: async (draft, ticket) => {
      const { label, state, counter } = known(node.seen(), ticket)
      if (store.read.get('SELECT 1 FROM draft WHERE id = ?', [draft], () => true) === undefined) throw new AppError(HS.draftNotFound)
      if (state === 'called' && counter?.here === true) await orders.on('start', ticket)
      store.write((tx) => tx.run(
        'INSERT INTO draft_ticket (draft_id, ticket_id, label, at) VALUES (?, ?, ?, ?) ON CONFLICT (draft_id) DO UPDATE SET ticket_id = excluded.ticket_id, label = excluded.label, at = excluded.at',
        [draft, ticket, label, clock.now().toISOString()]))
    },
    board: () => boardState(node.seen(), office()),
    kiosk: () => kioskState(node.seen(), office(), place.practice || givesNumbers(calendar(), clock.now())),
    calls: node.calls,
    called: () => {
      const seen = node.seen()
      return { label: queueState(seen).mine?.label ?? null, next: waitingOf(seen).filter(({ ticket }) => seen.turns.includes(ticket.id)).slice(0, NEXT_SHOWN).map(({ ticket }) => ticket.label) }
    },
    give: async (letter, group) => {
      const ticket = told(await orders.take(letter, group))
      return tickets.given(ticket, ahead(ticket.id))
    },
    printAgain: async (id) => tickets.print(known(node.seen(), id), ahead(id)),
    look: (id) => {
      const seen = node.seen()
      const shown = seen.view.tickets.get(id)
      const ticket = shown && ticketOf(seen, shown)
      return ticket ? { ticket, ahead: ticket.state === 'waiting' ? ahead(id) : 0 } : null
    },
    comeBack: async (id) => {
      // Whoever is at a counter or waits already has nothing to come back from; who parks a number is called by the officer.
      if (known(node.seen(), id).state !== 'no-show') throw new AppError(HC.notSoNow)
      const { label } = await orders.return(id)
      return { label, ahead: ahead(id) }
    },
    close: async () => {
      // The command line ends after every call; what it called stays called.
      if (place.electronVersion !== 'none') await orders.handOver()
      await node.close()
    },
  }
}
