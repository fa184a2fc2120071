import type { TransferQr } from '@contract/fees'
import type { PaymentId } from '@contract/fees'
import type { DossierId } from '@contract/ids'
import { createFees, type Fees } from '../fees'
import type { Actor } from '../intake'
import { codeParts } from '../paperwork'
import type { PrintOutcome } from '../printing'
import { createFeeSlips } from './fee-slips'
import type { OfficeParts } from './office-parts'

/** The till of this counter with its papers. */
export type FeesOffice = Readonly<{
  desk: Fees
  /** @throws what `Fees.transfer` throws */
  transferQr(dossierId: DossierId): Promise<TransferQr>
  /** The slip of a payment, or of what is open. @throws AppError LP-001, LP-007 */
  slip(dossierId: DossierId, paymentId: PaymentId | null): Promise<Uint8Array>
  printSlip(actor: Actor, dossierId: DossierId, paymentId: PaymentId | null): Promise<PrintOutcome>
}>

export function openFeesOffice({ place, store, audit, clock, live, intake, catalogue, staff, sync, paperwork, printer, settings }: OfficeParts): FeesOffice {
  const practice = place.practice
  const desk = createFees({
    store, audit, clock, catalogue, settings, practice, resubmit: intake.resubmit, vouch: (second) => staff.vouch(second),
    changed: (event) => {
      live.emit(event)
      if (event.kind === 'sync') sync.sendNow()
    },
  })
  const slips = createFeeSlips({ store, desk, paperwork, printer, settings, clock, practice })
  return {
    desk,
    transferQr: async (dossierId) => {
      const offer = desk.transfer(dossierId)
      const { qrPicture } = await codeParts()
      return { ...offer, qr: qrPicture(offer.payload) }
    },
    ...slips,
  }
}
