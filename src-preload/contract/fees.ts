import { z } from 'zod'
import { QrPicture } from './display'
import { FeeQuote } from './draft'
import { DossierId, Instant, uuid } from './ids'

export const PaymentId = uuid.brand<'PaymentId'>()
export type PaymentId = z.infer<typeof PaymentId>
export const PaymentMethod = z.enum(['cash', 'transfer', 'exempt'])
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** Money taken, or let off; amounts in whole đồng. `number` as on the slip: "0007.Q3". */
export const Payment = z.object({
  id: PaymentId, method: PaymentMethod, amount: z.number().int(), ground: z.string().nullable(), number: z.string(), at: Instant, officerName: z.string(),
  voided: z.object({ at: Instant, by: z.string(), second: z.string(), reason: z.string() }).nullable(), prints: z.number().int(),
})
export type Payment = z.infer<typeof Payment>

/** What a dossier owes and what was taken for it. */
export const FeeAccount = z.object({
  dossierId: DossierId, code: z.string(), quote: FeeQuote, settled: z.number().int(), open: z.number().int(),
  /** Money taken beyond what is owed since a correction, to be given back: its payment is voided and the right amount taken. */
  over: z.number().int(), payments: z.array(Payment),
  /** Exemptions of the procedure. */
  exemptions: z.array(z.object({ code: z.string(), name: z.string(), ground: z.string() })),
  /** A transfer can be asked for by QR. */
  transfer: z.boolean(),
})
export type FeeAccount = z.infer<typeof FeeAccount>

export const TransferQr = z.object({
  amount: z.number().int(), purpose: z.string(), account: z.object({ bank: z.string(), number: z.string(), holder: z.string() }), qr: QrPicture, payload: z.string(), simulated: z.boolean(),
})
export type TransferQr = z.infer<typeof TransferQr>

/** Notes and coins in circulation, in đồng. */
export const DENOMINATIONS = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200] as const
const inCirculation: ReadonlySet<string> = new Set(DENOMINATIONS.map(String))
/** Pieces by denomination. */
export const Pieces = z.record(z.string(), z.number().int().min(0).max(100_000)).refine((pieces) => Object.keys(pieces).every((name) => inCirculation.has(name)), 'not in circulation')
export type Pieces = z.infer<typeof Pieces>

export const CashCount = z.object({
  id: uuid, counter: z.string(), since: Instant.nullable(), at: Instant, officerName: z.string(), expected: z.number().int(), counted: z.number().int(), pieces: Pieces, explanation: z.string().nullable(),
})
export type CashCount = z.infer<typeof CashCount>

/** This counter's drawer since the last count. */
export const Shift = z.object({
  counter: z.string(), since: Instant.nullable(), cash: z.object({ count: z.number().int(), amount: z.number().int() }), voided: z.object({ count: z.number().int(), amount: z.number().int() }),
  transfer: z.object({ count: z.number().int(), amount: z.number().int() }), expected: z.number().int(), last: CashCount.nullable(),
})
export type Shift = z.infer<typeof Shift>
