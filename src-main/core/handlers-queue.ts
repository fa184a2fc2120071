import type { QueueTicket } from '@contract/queue'
import { ok } from './answers'
import type { Connection } from './connection'
import { api } from './guard'
import type { QueueOffice, TicketAct } from './queue-office'

const queueOf = (connection: Connection): Promise<QueueOffice> => connection.office().queue()

/** An act of an officer on the number called or served at this counter. */
const onTicket = (act: TicketAct) => api.queue[act].handler(async ({ input, context: { connection } }) =>
  (await queueOf(connection)).on(connection.actor(), act, input.ticket))

/** Somebody else comes to the counter: nothing that the last person was asked stays on the display. */
async function newcomer(connection: Connection, calling: Promise<QueueTicket>): Promise<QueueTicket> {
  const called = await calling
  ;(await connection.office().display()).desk.clear()
  return called
}

export const queueHandlers = {
  state: api.queue.state.handler(async ({ context: { connection } }) => (await queueOf(connection)).state()),
  next: api.queue.next.handler(async ({ context: { connection } }) => newcomer(connection, (await queueOf(connection)).next())),
  call: api.queue.call.handler(async ({ input, context: { connection } }) => newcomer(connection, (await queueOf(connection)).call(input.ticket))),
  recall: onTicket('recall'),
  start: onTicket('start'),
  finish: onTicket('finish'),
  hold: onTicket('hold'),
  miss: onTicket('miss'),
  return: api.queue.return.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).return(input.ticket)),
  transfer: api.queue.transfer.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).transfer(connection.actor(), input)),
  claim: api.queue.claim.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).claim(connection.actor(), input.ticket)),
  take: api.queue.take.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).take(input.letter, input.group)),
  report: api.queue.report.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).report(input.day)),
  look: api.queue.look.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).look(input.ticket)?.ticket ?? null),
  ofDraft: api.queue.ofDraft.handler(async ({ input, context: { connection } }) => (await queueOf(connection)).ofDraft(input.draftId)),
  bindTo: api.queue.bindTo.handler(async ({ input, context: { connection } }) => {
    await (await queueOf(connection)).bind(input.draftId, input.ticket)
    return ok
  }),
}
