import { z } from 'zod'
import { call } from './call'
import { CashCount, FeeAccount, PaymentId, Pieces, Shift, TransferQr } from './fees'
import { Second } from './handling'
import { DossierId } from './ids'

const dossier = z.object({ dossierId: DossierId })
const outcome = z.object({ outcome: z.enum(['printed', 'waiting', 'cancelled']) })

export const feeCalls = {
  of: call.meta({ access: 'receive', about: 'What a dossier owes and what was taken for it' }).input(dossier).output(FeeAccount),
  collect: call.meta({ access: 'receive', about: 'Takes what is open, in cash or by transfer (LP-001 nothing open, LP-002 another amount is open now)' })
    .input(dossier.extend({ method: z.enum(['cash', 'transfer']), amount: z.number().int().min(1) })).output(FeeAccount),
  exempt: call.meta({ access: 'receive', about: 'Lets what is open off, on a ground of the procedure' })
    .input(dossier.extend({ exemption: z.string().max(80), note: z.string().trim().max(500) })).output(FeeAccount),
  void: call.meta({ access: 'receive', about: 'Takes a payment back with a second person (LP-004, GQ-010 …)' })
    .input(z.object({ paymentId: PaymentId, reason: z.string().trim().min(1).max(500), second: Second })).output(FeeAccount),
  transferQr: call.meta({ access: 'receive', about: 'The VietQR for what is open (LP-003 no account)' }).input(dossier).output(TransferQr),
  printSlip: call.meta({ access: 'receive', about: 'The slip of a payment, or of what is open with its VietQR' })
    .input(dossier.extend({ paymentId: PaymentId.nullable() })).output(outcome),
  slip: call.meta({ access: 'receive', about: 'The same slip as PDF' }).input(dossier.extend({ paymentId: PaymentId.nullable() })).output(z.instanceof(Blob)),
  shift: call.meta({ access: 'receive', about: 'This counter\'s drawer since the last count' }).output(Shift),
  count: call.meta({ access: 'receive', about: 'Counts the drawer; a difference wants an explanation (LP-005, LP-006 taken meanwhile)' })
    .input(z.object({ expected: z.number().int(), pieces: Pieces, explanation: z.string().trim().max(500) })).output(CashCount),
  counts: call.meta({ access: 'receive', about: 'Counts of this counter, newest first' }).input(z.object({ limit: z.number().int().min(1).max(200).default(30) })).output(z.array(CashCount)),
}
