import type { Connection } from './connection'
import { api } from './guard'
import type { IssuingOffice } from './issuing-office'

const officeOf = ({ connection }: { connection: Connection }): Promise<IssuingOffice> => connection.office().issuing()

/** Issuing a citizen's signature. */
export const issuanceHandlers = {
  providers: api.issuance.providers.handler(async ({ context }) => (await officeOf(context)).issuing.providers()),
  list: api.issuance.list.handler(async ({ input, context }) => {
    const { items, next } = (await officeOf(context)).issuing.list(input)
    return { items: [...items], next }
  }),
  get: api.issuance.get.handler(async ({ input, context }) => (await officeOf(context)).issuing.get(input.id)),
  start: api.issuance.start.handler(async ({ input, context }) => (await officeOf(context)).issuing.start(context.connection.actor(), input)),
  provider: api.issuance.provider.handler(async ({ input, context }) => (await officeOf(context)).issuing.provider(context.connection.actor(), input.id, input.provider)),
  act: api.issuance.act.handler(async ({ input, context }) => (await officeOf(context)).issuing.act(context.connection.actor(), input.id, input.act)),
  again: api.issuance.again.handler(async ({ input, context }) => (await officeOf(context)).issuing.again(context.connection.actor(), input.id)),
  stop: api.issuance.stop.handler(async ({ input, context }) => (await officeOf(context)).issuing.stop(context.connection.actor(), input.id, input.why)),
  print: api.issuance.print.handler(async ({ input, context }) => ({ printed: await (await officeOf(context)).print(context.connection.actor(), input.id, input.paper) })),
  count: api.issuance.count.handler(async ({ context }) => (await officeOf(context)).count()),
  dailyList: api.issuance.dailyList.handler(async ({ input, context }) => ({ outcome: await (await officeOf(context)).dailyList(context.connection.actor(), input) })),
}
