import { AppError, ERRORS } from '@contract/errors'
import type { DossierId } from '@contract/ids'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import type { Ratings } from '../feedback'
import { type Actor, readDossier } from '../intake'
import type { Paperwork, RatingSlipData } from '../paperwork'
import { handedOver, hasTicketPrinter, type Printer } from '../printing'
import type { Store } from '../storage'

export type RatingSlips = Readonly<{
  /** @throws AppError HS-004, PA-005 when nothing is left to ask; IN-002 … IN-004 as the printer does */
  printSlip(actor: Actor, dossierId: DossierId): Promise<'printed' | 'cancelled'>
}>

export type RatingSlipsDeps = Readonly<{
  store: Store; audit: Audit; ratings: Pick<Ratings, 'isRated' | 'slipFor'>; paperwork: Pick<Paperwork, 'ratingSlip'>; printer: Printer
  settings(): Settings
  simulated: boolean
}>

/** So many letters of the code tell slips on one table apart. */
const LAST = 4

type Job = Readonly<{ kind: 'ticket' | 'receipt'; paper: RatingSlipData['paper']; printer: string | null; silent: boolean }>

/** On the roll of the tickets where this counter has one, else where the receipts come out. */
function jobOf(printing: Settings['printing']): Job {
  const { ticket, receipt } = printing
  if (hasTicketPrinter(printing)) return { kind: 'ticket', paper: 'T80', printer: ticket.printer, silent: true }
  return { kind: 'receipt', paper: receipt.paper, printer: receipt.printer, silent: receipt.printer !== null && receipt.silent }
}

/** The slip that a citizen takes along to say how it was. */
export function createRatingSlips({ store, audit, ratings, paperwork, printer, settings, simulated }: RatingSlipsDeps): RatingSlips {
  return {
    printSlip: async (actor, dossierId) => {
      const dossier = readDossier(store.read, dossierId)
      if (ratings.isRated(dossierId)) throw new AppError(ERRORS.feedback.alreadyRated)
      const { printing, ward } = settings()
      const job = jobOf(printing)
      const bytes = await paperwork.ratingSlip({
        paper: job.paper, ward: ward.name, unit: ward.unitName, subject: dossier.body.procedureName, lastDigits: dossier.code.slice(-LAST),
        qr: ratings.slipFor(dossierId).text, practice: simulated,
      })
      const outcome = handedOver((await printer.print(actor, { ...job, bytes, title: 'rating-slip', subject: { type: 'dossier', id: dossierId } })).outcome)
      if (outcome === 'printed') store.write((tx) => audit.append(tx, { actor: actor.id, action: 'rating.slip-printed', subject: { type: 'dossier', id: dossierId } }))
      return outcome
    },
  }
}
