import { ERRORS, AppError } from '@contract/errors'
import type { PaymentId } from '@contract/fees'
import type { DossierId } from '@contract/ids'
import type { Settings } from '@contract/settings'
import type { Fees } from '../fees'
import { type Actor, readDossier } from '../intake'
import type { FeeSlipData, Paperwork } from '../paperwork'
import { hasTicketPrinter, type Printer, type PrintOutcome, type PrintWish } from '../printing'
import type { Clock, Store } from '../storage'

export type FeeSlipsDeps = Readonly<{
  store: Store; desk: Pick<Fees, 'of' | 'transfer' | 'printed'>; paperwork: Pick<Paperwork, 'feeSlip'>; printer: Printer; settings(): Settings; clock: Clock; practice: boolean
}>

type Paper = FeeSlipData['paper']

/** On the roll where this counter has one, else on a small sheet where the receipts come out. */
const jobOf = (printing: Settings['printing']): Pick<PrintWish, 'kind'> & { paper: Paper } =>
  hasTicketPrinter(printing) ? { kind: 'ticket', paper: 'T80' } : { kind: 'receipt', paper: 'A5' }

/** Slips of payments, and of what is open with the way to pay it. */
export function createFeeSlips({ store, desk, paperwork, printer, settings, clock, practice }: FeeSlipsDeps) {
  const dataOf = (dossierId: DossierId, paymentId: PaymentId | null, paper: Paper): FeeSlipData => {
    const { code, body } = readDossier(store.read, dossierId)
    const { quote, payments } = desk.of(dossierId)
    const { ward } = settings()
    const common = {
      paper, ward: ward.name, unit: ward.unitName, dossierCode: code, procedure: body.procedureName, payer: body.applicant.fullName, practice,
      lines: quote.lines.filter(({ amount }) => amount > 0).map(({ name, amount, note }) => ({ name, amount, ...(note !== undefined && { note }) })), total: quote.total,
    }
    if (paymentId === null) return { ...common, at: clock.now().toISOString(), payment: null, ...openOf(dossierId) }
    const payment = payments.find(({ id }) => id === paymentId)
    if (!payment) throw new AppError(ERRORS.fees.paymentNotFound)
    const { number, method, amount, ground, at, officerName, prints, voided } = payment
    return { ...common, at, amount, transfer: null, payment: { number, method, ground, officerName, reprints: prints, voidedAt: voided?.at ?? null } }
  }
  /** What is open, by transfer where there is an account. @throws AppError LP-001 */
  const openOf = (dossierId: DossierId): Pick<FeeSlipData, 'amount' | 'transfer'> => {
    const { open, transfer } = desk.of(dossierId)
    if (open === 0) throw new AppError(ERRORS.fees.nothingOpen)
    if (!transfer) return { amount: open, transfer: null }
    const { account, purpose, payload } = desk.transfer(dossierId)
    return { amount: open, transfer: { ...account, purpose, qr: payload } }
  }
  return {
    slip: (dossierId: DossierId, paymentId: PaymentId | null): Promise<Uint8Array> => paperwork.feeSlip(dataOf(dossierId, paymentId, jobOf(settings().printing).paper)),
    printSlip: async (actor: Actor, dossierId: DossierId, paymentId: PaymentId | null): Promise<PrintOutcome> => {
      const { kind, paper } = jobOf(settings().printing)
      const bytes = await paperwork.feeSlip(dataOf(dossierId, paymentId, paper))
      const { outcome } = await printer.print(actor, { kind, paper, bytes, title: 'fee-slip', subject: { type: 'dossier', id: dossierId } })
      if (outcome !== 'cancelled') desk.printed(actor, dossierId, paymentId)
      return outcome
    },
  }
}
