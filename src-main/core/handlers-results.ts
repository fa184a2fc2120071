import type { Connection } from './connection'
import { api } from './guard'
import { staying } from './staying'
import type { ResultsOffice } from './results-office'

const resultsOf = (connection: Connection): Promise<ResultsOffice> => connection.office().desks.results()

/** Handing results over. */
export const resultHandlers = {
  waiting: api.results.waiting.handler(async ({ input, context: { connection } }) => (await resultsOf(connection)).waiting(input.delivery, input.limit)),
  find: api.results.find.handler(async ({ input, context: { connection } }) => (await resultsOf(connection)).find(input.query)),
  desk: api.results.desk.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    return (await resultsOf(connection)).desk(actor, input.dossierId)
  }),
  isWho: api.results.isWho.handler(async ({ input, context: { connection } }) => (await resultsOf(connection)).isWho(input.dossierId, input.idNumber)),
  handOver: api.results.handOver.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    const stillHere = staying(connection, 'receive')
    return (await resultsOf(connection)).handOver(actor, input, stillHere)
  }),
}
