import type { DraftId } from '@contract/ids'
import { blobOf } from './answers'
import type { Connection } from './connection'
import { api } from './guard'
import { addressIn, type GuideOffice } from './guide-office'

const guideOf = ({ connection }: { connection: Connection }): Promise<GuideOffice> => connection.office().guide()

/** Who is in hand is told only to whoever may receive. */
function personIn({ connection }: { connection: Connection }, draftId: DraftId | null): string {
  if (draftId !== null) connection.require('receive')
  return addressIn(connection.office().intake, draftId)
}

export const guideHandlers = {
  ask: api.guide.ask.handler(async ({ input, context }) => (await guideOf(context)).ask(input.words, input.answers, personIn(context, input.draftId))),
  advise: api.guide.advise.handler(async ({ input, context }) => (await guideOf(context)).advise(input, personIn(context, input.draftId))),
  have: api.guide.have.handler(async ({ input, context }) => (await guideOf(context)).have(context.connection.actor(), input.code, input.draftId)),
  begin: api.guide.begin.handler(async ({ input, context }) => ({ draftId: (await guideOf(context)).begin(context.connection.actor(), input) })),
  essential: api.guide.essential.handler(async ({ context }) => (await guideOf(context)).essential()),
  leaflet: api.guide.leaflet.handler(async ({ input, context }) => blobOf(await (await guideOf(context)).leaflet(input), 'application/pdf')),
  printLeaflet: api.guide.printLeaflet.handler(async ({ input, context }) => ({ outcome: await (await guideOf(context)).printLeaflet(context.connection.actor(), input) })),
}
