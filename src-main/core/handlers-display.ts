import type { Connection } from './connection'
import type { DisplayOffice } from './display-office'
import { api } from './guard'

const displayOf = (connection: Connection): Promise<DisplayOffice> => connection.office().display()

/** The officer's side of the citizen's display. */
export const displayHandlers = {
  state: api.display.state.handler(async ({ context: { connection } }) => (await displayOf(connection)).desk.state()),
  show: api.display.show.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    return (await displayOf(connection)).show(actor, input)
  }),
  turn: api.display.turn.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    const { desk, show } = await displayOf(connection)
    const shown = await show(actor, input, true)
    try {
      // Before anything of the officer's is covered: what lies under the display must not open with a swipe.
      connection.office().staff.lock(connection.sessionId(), 'asked')
      await connection.host.hall.open({ window: 'display', place: 'turned', monitor: null })
    } catch (error) {
      desk.clear()
      throw error
    }
    return shown
  }),
  paid: api.display.paid.handler(async ({ context: { connection } }) => {
    const { desk } = await displayOf(connection)
    desk.paid()
    return desk.state()
  }),
  clear: api.display.clear.handler(async ({ context: { connection } }) => {
    const { desk } = await displayOf(connection)
    desk.clear()
    return desk.state()
  }),
  moreTime: api.display.moreTime.handler(async ({ context: { connection } }) => {
    const { desk } = await displayOf(connection)
    desk.moreTime()
    return desk.state()
  }),
  confirmation: api.display.confirmation.handler(async ({ input, context: { connection } }) => (await displayOf(connection)).confirmation(input.draftId)),
}
