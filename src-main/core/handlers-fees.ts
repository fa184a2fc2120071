import { blobOf } from './answers'
import type { Connection } from './connection'
import type { FeesOffice } from './fees-office'
import { api } from './guard'
import { staying } from './staying'

const till = (connection: Connection): Promise<FeesOffice> => connection.office().desks.fees()

export const feeHandlers = {
  of: api.fees.of.handler(async ({ input, context: { connection } }) => (await till(connection)).desk.of(input.dossierId)),
  collect: api.fees.collect.handler(async ({ input, context: { connection } }) => (await till(connection)).desk.collect(connection.actor(), input)),
  exempt: api.fees.exempt.handler(async ({ input, context: { connection } }) => (await till(connection)).desk.exempt(connection.actor(), input)),
  void: api.fees.void.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    const stillHere = staying(connection, 'receive')
    return (await till(connection)).desk.void(actor, input, stillHere)
  }),
  transferQr: api.fees.transferQr.handler(async ({ input, context: { connection } }) => (await till(connection)).transferQr(input.dossierId)),
  printSlip: api.fees.printSlip.handler(async ({ input, context: { connection } }) =>
    ({ outcome: await (await till(connection)).printSlip(connection.actor(), input.dossierId, input.paymentId) })),
  slip: api.fees.slip.handler(async ({ input, context: { connection } }) => blobOf(await (await till(connection)).slip(input.dossierId, input.paymentId), 'application/pdf')),
  shift: api.fees.shift.handler(async ({ context: { connection } }) => (await till(connection)).desk.shift()),
  count: api.fees.count.handler(async ({ input, context: { connection } }) => (await till(connection)).desk.count(connection.actor(), input)),
  counts: api.fees.counts.handler(async ({ input, context: { connection } }) => (await till(connection)).desk.counts(input.limit)),
}
