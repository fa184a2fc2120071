import { blobOf } from './answers'
import type { Connection } from './connection'
import { api } from './guard'
import type { HandlingOffice } from './handling-office'
import { staying } from './staying'

const desk = (connection: Connection): Promise<HandlingOffice> => connection.office().desks.handling()
const pdf = (bytes: Uint8Array): Blob => blobOf(bytes, 'application/pdf')

export const handlingHandlers = {
  acts: api.handling.acts.handler(async ({ input, context: { connection } }) => (await desk(connection)).acts(connection.actor(), input.dossierId)),
  grounds: api.handling.grounds.handler(async ({ context: { connection } }) => (await desk(connection)).grounds()),
  preview: api.handling.preview.handler(async ({ input, context: { connection } }) => pdf(await (await desk(connection)).preview(connection.actor(), input))),
  act: api.handling.act.handler(async ({ input, context: { connection } }) => {
    const actor = connection.actor()
    const stillHere = staying(connection, 'receive')
    const done = await (await desk(connection)).act(actor, input, stillHere)
    connection.office().sync.sendNow()
    return done
  }),
  turnAway: api.handling.turnAway.handler(async ({ input, context: { connection } }) => {
    const office = connection.office()
    const actor = connection.actor()
    const stillHere = staying(connection, 'receive')
    const handling = await desk(connection)
    const done = await office.papers.received(input.draftId, () => {
      stillHere()
      return handling.turnAway(actor, input)
    })
    office.sync.sendNow()
    office.papers.committed(input.draftId, done.dossier.id)
    return done
  }),
  previewTurnAway: api.handling.previewTurnAway.handler(async ({ input, context: { connection } }) => pdf(await (await desk(connection)).previewTurnAway(connection.actor(), input))),
  form: api.handling.form.handler(async ({ input, context: { connection } }) => pdf(await (await desk(connection)).papers.render(input.formId, input.paper))),
  print: api.handling.print.handler(async ({ input, context: { connection } }) => (await desk(connection)).papers.print(connection.actor(), input.formId, input.paper)),
  save: api.handling.save.handler(async ({ input, context: { connection } }) => ({ outcome: await (await desk(connection)).papers.save(connection.actor(), input.formId, input.paper) })),
  dueSoon: api.handling.dueSoon.handler(async ({ input, context: { connection } }) => (await desk(connection)).dueSoon(input.days)),
}
