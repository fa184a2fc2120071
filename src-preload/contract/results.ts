import { z } from 'zod'
import { ReadingId } from './chip'
import { ResultRole, Signer } from './display'
import { SearchHit } from './dossier'
import { DossierId, Instant } from './ids'

/** Who takes a result, and how it is made sure that it is they. `reading`: the chip that was read, with `checked` "chip" alone. */
export const Collector = z.discriminatedUnion('how', [
  z.object({ how: z.literal('owner'), role: ResultRole, checked: z.enum(['chip', 'card', 'receipt', 'known']), reading: ReadingId.nullable() }),
  z.object({
    how: z.literal('authorised'), name: z.string().trim().min(1).max(200), idNumber: z.string().trim().max(40).nullable(), checked: z.enum(['chip', 'card', 'known']), reading: ReadingId.nullable(),
    /** The paper of authority: what, by whom, of when. */
    authority: z.string().trim().min(1).max(500),
  }),
  z.object({ how: z.literal('post'), name: z.string().trim().min(1).max(200), tracking: z.string().trim().max(60).nullable() }),
])
export type Collector = z.infer<typeof Collector>

/** Why nothing can be handed over now; an error code of the contract. */
export const ResultBar = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
export type ResultBar = z.infer<typeof ResultBar>

export const ResultReturn = z.object({
  dossierId: DossierId, how: z.enum(['owner', 'authorised', 'post']), collectorName: z.string(), maskedId: z.string().nullable(), authority: z.string().nullable(), tracking: z.string().nullable(),
  checked: z.string(), signed: z.enum(['pad', 'paper', 'post']), note: z.string(), at: Instant, officerName: z.string(),
})
export type ResultReturn = z.infer<typeof ResultReturn>

/** A result that waits to be handed over. `open`: đồng of the fee that nobody paid yet. */
export const WaitingResult = SearchHit.extend({ readyAt: Instant.nullable(), delivery: z.enum(['counter', 'post']), open: z.number().int() })
export type WaitingResult = z.infer<typeof WaitingResult>

export const ResultPerson = z.object({ name: z.string(), maskedId: z.string().nullable(), role: ResultRole })
export type ResultPerson = z.infer<typeof ResultPerson>

/** A dossier as it lies on the counter to be handed over. */
export const ResultDesk = z.object({
  hit: SearchHit, version: z.number().int(), resultName: z.string(), readyAt: Instant.nullable(), delivery: z.object({ method: z.enum(['counter', 'post']), address: z.string() }),
  /** Those who may take it without a paper: applicant, owner. Numbers masked. */
  people: z.array(ResultPerson),
  open: z.number().int(), bars: z.array(ResultBar), returned: ResultReturn.nullable(),
  /** Signed on the display just now by whoever asks, not kept yet. */
  signed: z.object({ at: Instant, by: Signer }).nullable(),
})
export type ResultDesk = z.infer<typeof ResultDesk>
