import type { AcceptanceDesk } from '../assist'
import { ok } from './answers'
import type { Connection } from './connection'
import { api } from './guard'

const deskOf = async ({ connection }: { connection: Connection }): Promise<AcceptanceDesk> => (await connection.office().assist()).officers

export const assistedHandlers = {
  waiting: api.assisted.waiting.handler(async ({ context }) => (await deskOf(context)).waiting()),
  of: api.assisted.of.handler(async ({ input, context }) => (await deskOf(context)).of(input.draftId)),
  accept: api.assisted.accept.handler(async ({ input, context }) => {
    const { connection } = context
    const desk = await deskOf(context)
    desk.accept(connection.actor(), input.draftId)
    return connection.office().intake.open(input.draftId)
  }),
  sendBack: api.assisted.sendBack.handler(async ({ input, context }) => {
    const desk = await deskOf(context)
    desk.sendBack(context.connection.actor(), input.draftId, input.note)
    return ok
  }),
}
