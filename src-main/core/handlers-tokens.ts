import type { TokenDesk } from '../signing'
import { ok } from './answers'
import type { Connection } from './connection'
import { api } from './guard'

const deskOf = async ({ connection }: { connection: Connection }): Promise<TokenDesk> => (await connection.office().signing()).tokenDesk

export const tokenHandlers = {
  view: api.tokens.view.handler(async ({ context }) => (await deskOf(context)).view()),
  refresh: api.tokens.refresh.handler(async ({ context }) => (await deskOf(context)).refresh()),
  changePin: api.tokens.changePin.handler(async ({ input, context }) => (await deskOf(context)).changePin(context.connection.actor(), input)),
  changePinOnDisplay: api.tokens.changePinOnDisplay.handler(async ({ input, context }) => {
    await (await deskOf(context)).changePinOnDisplay(context.connection.actor(), input.token)
    return ok
  }),
  saveCertificate: api.tokens.saveCertificate.handler(async ({ input, context }) => {
    const { name, der } = await (await deskOf(context)).certificate(input.token, input.keyId)
    return { saved: (await context.connection.host.saveFile({ suggestedName: name, bytes: der })) === 'saved' }
  }),
  plug: api.tokens.plug.handler(async ({ input, context }) => (await deskOf(context)).plug(input.token, input.plugged)),
}
