import { z } from 'zod'
import { AgencyCode, Instant, PayloadDocument, Uuid } from './payload'

const text = (max: number) => z.string().min(1).max(max)

export const FeedbackBody = z.object({
  kind: z.enum(['complaint', 'proposal', 'praise']),
  field: text(40),
  content: text(5000),
  place: z.string().max(500),
  procedureCode: z.string().max(60).nullish(),
  dossierCode: z.string().max(64).nullish(),
  anonymous: z.boolean(),
  /** Only with the citizen's consent, and never of somebody who wants to stay unnamed. */
  contact: z.object({ name: text(200), phone: text(30) }).nullish(),
  mayBePublished: z.boolean(),
  takenAt: Instant,
  refuseBy: Instant.nullish(),
  supplementBy: Instant.nullish(),
  answerBy: Instant.nullish(),
  supplements: z.array(z.object({ at: Instant, words: text(2000) })).max(100),
  photos: z.array(PayloadDocument).max(8),
})

const letter = { id: Uuid, number: text(80), version: z.number().int().min(1), at: Instant, agency: AgencyCode, counter: text(100) }

/** One frozen letter about a complaint or proposal. One that takes it back says no more than which. Unknown members are ignored. */
export const FeedbackPayload = z.object({
  format: z.literal('mot-cua/feedback'),
  version: z.literal(1),
  letterId: Uuid,
  feedback: z.discriminatedUnion('act', [
    z.object({ ...letter, act: z.literal('taken'), body: FeedbackBody }),
    z.object({ ...letter, act: z.literal('supplemented'), body: FeedbackBody }),
    z.object({ ...letter, act: z.literal('withdrawn') }),
  ]),
  officer: z.object({ id: text(100), name: text(200) }),
})
export type FeedbackPayload = z.infer<typeof FeedbackPayload>

/** The photos that a letter needs. */
export const photosOf = ({ feedback }: FeedbackPayload): z.infer<typeof PayloadDocument>[] => (feedback.act === 'withdrawn' ? [] : feedback.body.photos)
