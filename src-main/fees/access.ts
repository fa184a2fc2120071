import type { DossierId } from '@contract/ids'
import type { FeesAccess, PayloadExtras } from '../intake'
import type { Reader } from '../storage'
import { balanceOf, paymentStateOf } from './rules'
import { insertPayment, keptOf, paymentsOf } from './rows'

/** What intake asks of fees. */
export const fees: FeesAccess = {
  taken: (tx, { actor, ...payment }) => void insertPayment(tx, { ...payment, ground: null, officerId: actor.id }),
  openOf: (reader, dossierId, total) => balanceOf(total, keptOf(reader, dossierId)).open,
  stateOf: (reader, dossierId, total) => paymentStateOf(total, keptOf(reader, dossierId)),
}

/** Payments, as the city is told of them (`docs/city-protocol.md`). */
export function feeExtras(reader: Reader, dossierId: DossierId): PayloadExtras {
  const payments = paymentsOf(reader, dossierId).map(({ number, method, amount, at, ground, voided }) => ({
    number, method, amount, at, ...(ground !== null && { ground }), ...(voided && { voidedAt: voided.at }),
  }))
  return payments.length === 0 ? {} : { payments }
}
