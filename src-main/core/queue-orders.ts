import { randomUUID } from 'node:crypto'
import { AppError, type ErrorCode, ERRORS } from '@contract/errors'
import type { Settings } from '@contract/settings'
import { KINDS, type Order, type Outcome, type Ticket } from '../queue'
import type { QueueNode } from './queue-node'
import { atHere } from './queue-views'

const { queue: HC } = ERRORS
type Refusal = Extract<Outcome, { ok: false }>['refusal']

const CODES: Readonly<Record<Refusal, ErrorCode>> = {
  'nobody-waiting': HC.nobodyWaiting, 'unknown-ticket': HC.unknownTicket, 'not-so-now': HC.notSoNow, 'other-counter': HC.otherCounter, moving: HC.moving,
  'other-side': HC.otherSide, 'cut-off': HC.cutOff, unclear: HC.unclear,
}

/** A key that was pressed twice calls one person: for so long after a call the next one is not called. */
const SAME_PRESS_MS = 2_000
/** How long a program that ends waits for its numbers to be put back. */
const GOODBYE_MS = 1_500

type OnTicket = 'recall' | 'start' | 'finish' | 'hold' | 'miss'

/** What an officer, a kiosk and the program itself do with numbers. Every one throws HC-001 … HC-009 when it cannot be done. */
export type Orders = Readonly<{
  /**
   * Calls whoever is next. Whoever was served here until now is done, or held while the draft of that errand is still open; whoever was called here and was never taken in did not come
   * (and may come back with the number). If nobody can be called nothing changes. Pressed again within two seconds of a call it is
   * refused (HC-003), so that a key pressed twice skips nobody.
   */
  next(): Promise<Ticket>
  /** The same for one that was chosen. One that was called at a counter which is off now, or sent on to it, is called all the same. */
  call(ticket: string): Promise<Ticket>
  on(act: OnTicket, ticket: string): Promise<Ticket>
  return(ticket: string): Promise<Ticket>
  transfer(ticket: string, to: string, letter: string | null): Promise<Ticket>
  claim(ticket: string): Promise<Ticket>
  take(letter: string, group: Ticket['group']): Promise<Ticket>
  /** Before the program ends: who was called here and not taken in, or sent on to here, waits for any counter again. */
  handOver(): Promise<void>
}>

/** @throws AppError HC-… what the outcome says */
function ticketOf(outcome: Outcome): Ticket {
  if (!outcome.ok) throw new AppError(CODES[outcome.refusal])
  return outcome.ticket
}

/** @param isUnfinished there is an open draft of this number: its errand is not over */
export function createOrders({ node, settings, isUnfinished }: Readonly<{ node: QueueNode; settings(): Settings; isUnfinished(ticket: string): boolean }>): Orders {
  let last: Promise<unknown> = Promise.resolve()
  /** One act of this counter after the other: the second of two quick ones sees what the first has done. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = last.then(act, act)
    last = mine.catch(() => undefined)
    return mine
  }
  const give = async (order: Order): Promise<Ticket> => {
    if (node.seen().standing === 'off') throw new AppError(HC.notOpened)
    return ticketOf(await node.order(order))
  }
  const self = (): string => node.seen().place.node
  const about = (ticket: string) => ({ id: randomUUID(), ticket })
  const here = (): readonly Ticket[] => atHere(node.seen()).map(({ ticket }) => ticket)

  /** What is not carried out now is carried out with the next call: the number stays at this counter. */
  async function letGo(tickets: readonly Ticket[]): Promise<void> {
    const kindFor = ({ id, state }: Ticket): OnTicket => (state !== 'serving' ? 'miss' : isUnfinished(id) ? 'hold' : 'finish')
    await Promise.all(tickets.map((ticket) => node.order({ kind: kindFor(ticket), ...about(ticket.id), counter: self() })))
  }
  let answered: Readonly<{ ticket: Ticket; at: number }> | null = null
  /** Where another counter leads, its answer may be here before its log is: until then nobody is shown as called. */
  const isShown = ({ id, at }: Ticket): boolean => (node.seen().view.tickets.get(id)?.ticket.at ?? -Infinity) >= at
  function refuseSamePress(): void {
    const [latest] = atHere(node.seen())
    const shown = latest?.ticket.state === 'called' && latest.sinceMs < SAME_PRESS_MS
    const notYetShown = answered !== null && performance.now() - answered.at < SAME_PRESS_MS && !isShown(answered.ticket)
    if (shown || notYetShown) throw new AppError(HC.notSoNow)
  }
  async function calling(order: () => Promise<Order>): Promise<Ticket> {
    refuseSamePress()
    const before = here()
    const called = await give(await order())
    answered = { ticket: called, at: performance.now() }
    await letGo(before.filter(({ id }) => id !== called.id))
    return called
  }
  /** Puts a number back that a counter keeps which is off. */
  async function freed(ticket: string): Promise<void> {
    const { wanted = null, counter = null, state } = node.seen().view.tickets.get(ticket)?.ticket ?? {}
    const keeper = state === 'waiting' ? wanted : state === 'called' || state === 'serving' ? counter : null
    if (keeper === null || node.reaches(keeper)) return
    await give({ kind: 'return', ...about(ticket) })
  }

  return {
    next: () => inTurn(() => calling(async () => {
      // No number of today is known, and no counter that knows one: nobody needs to be asked.
      const { view, standing } = node.seen()
      if (view.working === null && view.tickets.size === 0 && standing !== 'off') throw new AppError(HC.nobodyWaiting)
      const { letters } = settings().queue
      return { kind: 'next', id: randomUUID(), counter: self(), letters: letters.length === 0 ? null : letters }
    })),
    call: (ticket) => inTurn(() => calling(async () => {
      await freed(ticket)
      return { kind: 'call', ...about(ticket), counter: self() }
    })),
    on: (act, ticket) => inTurn(() => give({ kind: act, ...about(ticket), counter: self() })),
    return: (ticket) => inTurn(() => give({ kind: 'return', ...about(ticket) })),
    transfer: (ticket, to, letter) => inTurn(() => give({ kind: 'transfer', ...about(ticket), to, letter })),
    claim: (ticket) => inTurn(async () => ticketOf(await node.claim(ticket))),
    take: async (letter, group) => {
      if (!KINDS.some((kind) => kind.letter === letter)) throw new AppError(HC.notSoNow)
      const id = randomUUID()
      return give({ kind: 'take', id, ticket: id, letter, group, instead: null })
    },
    handOver: async () => {
      const { place, view, standing } = node.seen()
      if (standing === 'off') return
      const called = here().filter(({ state }) => state === 'called')
      const sentHere = [...view.tickets.values()].map(({ ticket }) => ticket).filter(({ state, wanted }) => state === 'waiting' && wanted === place.node)
      const back = Promise.all([...called, ...sentHere].map(({ id }) => node.order({ kind: 'return', ...about(id) })))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([back, new Promise((done) => { timer = setTimeout(done, GOODBYE_MS) })])
      clearTimeout(timer)
    },
  }
}
