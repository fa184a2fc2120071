import { z } from 'zod'
import { FeedbackPayload } from './feedback-payload'
import { FeedbackState } from './messages'
import { Instant, Sha256, State, SubmissionPayload, Uuid } from './payload'

export const PushStatus = z.object({ dossierCode: z.string(), state: State, note: z.string().max(2000).optional(), by: z.string().max(200).optional() })
export const PushFeedbackStatus = z.object({ number: z.string(), state: FeedbackState, note: z.string().max(2000).optional(), by: z.string().max(200).optional() })
export const NewEnrolmentCode = z.object({
  code: z.string().trim().min(4).max(60).optional(), agency: z.string().default('H29.900'), counter: z.string().min(1).max(100).default('Quầy 1'),
})
export const Line = z.object({ up: z.boolean() })
export const ClockOffset = z.object({ offsetSeconds: z.number().min(-315_360_000).max(315_360_000) })

/** One stored submission as the doors show it. */
export const StoredSubmission = z.object({
  submissionId: Uuid, counter: z.string(), dossierId: Uuid, dossierCode: z.string(), version: z.number(), applied: z.boolean(),
  receiptNumber: z.string(), receivedAt: Instant, sequence: z.number(), payloadSha256: Sha256, payload: SubmissionPayload,
})
export type StoredSubmission = z.infer<typeof StoredSubmission>
/** One stored letter as the doors show it. */
export const StoredLetter = z.object({
  letterId: Uuid, counter: z.string(), feedbackId: Uuid, number: z.string(), version: z.number(), applied: z.boolean(), receiptNumber: z.string(), sequence: z.number(),
  payloadSha256: Sha256, payload: FeedbackPayload,
})
export type StoredLetter = z.infer<typeof StoredLetter>
export const StoredDocument = z.object({ sha256: Sha256, size: z.number(), mediaType: z.string(), confirmedAt: Instant })
export const StoredHead = z.object({ counter: z.string(), clientId: Uuid, sequence: z.number(), hash: Sha256, witnessedAt: Instant })
