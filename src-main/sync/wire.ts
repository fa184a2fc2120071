import { z } from 'zod'

/** What the city answers (`docs/city-protocol.md`). An answer that does not fit is not the city's answer. */
const Sha256Text = z.string().regex(/^[0-9a-f]{64}$/)
const When = z.iso.datetime({ offset: true })
const Sequence = z.number().int().min(0)

export const HealthAnswer = z.object({ system: z.literal('mot-cua-city'), time: When })
export type HealthAnswer = z.infer<typeof HealthAnswer>

export const EnrolmentAnswer = z.object({
  clientId: z.string().min(1).max(200),
  agency: z.object({ code: z.string().min(1), name: z.string().min(1), parent: z.string(), wardCode: z.string() }),
  counter: z.string().min(1),
  /** What the counters of the agency have in common for their queue, and which of them this one is. Not every city gives it. */
  ward: z.object({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/), counterNumber: z.number().int().min(1).max(99) }).optional(),
  /** Certification authorities for citizens' signatures, and their anchors; `signing` knows what each entry must be. */
  signing: z.object({ providers: z.array(z.record(z.string(), z.json())).max(20), anchors: z.array(z.record(z.string(), z.json())).max(50) }).optional(),
})
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>

export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
})

/** Loose: it is stored word for word, with whatever else the city says. */
export const Acknowledgement = z.looseObject({
  submissionId: z.string(),
  receiptNumber: z.string().min(1).max(100),
  receivedAt: When,
  payloadSha256: Sha256Text,
  sequence: Sequence,
  assignedCode: z.string().min(1).max(100).optional(),
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

export const ReceiptsAnswer = z.object({ items: z.array(Acknowledgement), next: Sequence })
export type ReceiptsAnswer = z.infer<typeof ReceiptsAnswer>

export const StatusItem = z.object({
  sequence: Sequence,
  dossierId: z.string(),
  dossierCode: z.string(),
  state: z.number().int().min(1).max(10),
  at: When,
  note: z.string().optional(),
  by: z.string().optional(),
})
export type StatusItem = z.infer<typeof StatusItem>
export const StatusesAnswer = z.object({ items: z.array(StatusItem), next: Sequence })
export type StatusesAnswer = z.infer<typeof StatusesAnswer>

/** The city's receipt for a letter of a complaint or proposal. Loose, as above. */
export const LetterReceipt = z.looseObject({
  letterId: z.string(),
  feedbackId: z.string(),
  receiptNumber: z.string().min(1).max(100),
  receivedAt: When,
  payloadSha256: Sha256Text,
  sequence: Sequence,
})
export type LetterReceipt = z.infer<typeof LetterReceipt>

export const FeedbackStatusItem = z.object({
  sequence: Sequence,
  feedbackId: z.string(),
  number: z.string(),
  state: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7)]),
  at: When,
  note: z.string().optional(),
  by: z.string().optional(),
})
export type FeedbackStatusItem = z.infer<typeof FeedbackStatusItem>
export const FeedbackStatusesAnswer = z.object({ items: z.array(FeedbackStatusItem), next: Sequence })
export type FeedbackStatusesAnswer = z.infer<typeof FeedbackStatusesAnswer>

export const LeaseAnswer = z
  .object({
    leaseId: z.string().min(1), agency: z.string(), day: z.iso.date(), prefix: z.string(),
    first: z.number().int().min(1), last: z.number().int().min(1),
  })
  .refine(({ first, last }) => last >= first)
export type LeaseAnswer = z.infer<typeof LeaseAnswer>

export const DocumentAnswer = z.object({ sha256: Sha256Text, size: z.number().int().min(0), confirmedAt: When })
export const WitnessAnswer = z.object({ witnessedAt: When })

/** RFC 9457 with the city's stable `code`; extra members depend on the code. */
export const ProblemAnswer = z.looseObject({
  code: z.string().min(1),
  detail: z.string().optional(),
  field: z.string().optional(),
  missing: z.array(Sha256Text).optional(),
  storedSha256: Sha256Text.optional(),
  sentSha256: Sha256Text.optional(),
})
export type ProblemAnswer = z.infer<typeof ProblemAnswer>
