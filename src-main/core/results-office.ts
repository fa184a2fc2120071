import { fees, balanceOf, keptOf } from '../fees'
import { createResults, createSignatures, type Results } from '../results'
import { enqueue, takeNumber } from '../sync'
import type { OfficeParts } from './office-parts'
import { payloadExtras } from './payload-extras'

/** Handing results over at this counter. */
export type ResultsOffice = Results

export function openResultsOffice({ store, audit, clock, live, intake, catalogue, sync, calendar, chip }: OfficeParts): ResultsOffice {
  return createResults({
    store, audit, clock, intake, catalogue, calendar, fees, outbox: { enqueue, takeNumber }, extras: payloadExtras, signatures: createSignatures(),
    openFee: (reader, dossierId, total) => balanceOf(total, keptOf(reader, dossierId)).open,
    chipNumber: async (reading) => {
      const { person, proof } = (await chip()).desk.reading(reading)
      // What a changed, revoked or copied chip says proves nobody.
      const doubtful = proof.contents.state === 'changed' || proof.signature.state === 'invalid' || proof.chain.state === 'revoked' || proof.copy.state === 'copied'
      return doubtful ? null : person.idNumber
    },
    changed: (event) => {
      live.emit(event)
      if (event.kind === 'sync') sync.sendNow()
    },
  })
}
