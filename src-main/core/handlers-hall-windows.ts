import { api } from './guard'

/** The officer's calls about the windows of the hall. */
export const hallHandlers = {
  state: api.hall.state.handler(({ context: { connection } }) => connection.host.hall.state()),
  open: api.hall.open.handler(async ({ input, context: { connection } }) => {
    // Before anything of the officer's is covered: what lies under a display that was turned around must not open with a swipe.
    if (input.place === 'turned') connection.office().staff.lock(connection.sessionId(), 'asked')
    return connection.host.hall.open(input)
  }),
  close: api.hall.close.handler(({ input, context: { connection } }) => connection.host.hall.close(input.window)),
  plan: api.hall.plan.handler(({ input, context: { connection } }) => connection.host.hall.plan(input)),
}
