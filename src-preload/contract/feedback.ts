import { z } from 'zod'
import { RatingReason } from './display'
import { SubmissionState } from './dossier'
import { CivilDate, DossierId, Instant, uuid } from './ids'

export const FeedbackId = uuid.brand<'FeedbackId'>()
export type FeedbackId = z.infer<typeof FeedbackId>
export const PhotoId = uuid.brand<'PhotoId'>()
export type PhotoId = z.infer<typeof PhotoId>
export const RatingId = uuid.brand<'RatingId'>()
export type RatingId = z.infer<typeof RatingId>
/** What a rating slip carries; not to be guessed. */
export const SlipToken = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/).brand<'SlipToken'>()
export type SlipToken = z.infer<typeof SlipToken>

/** Where a rating was given: on the citizen's display, at the kiosk by a slip, or told to the officer. */
export const RatingChannel = z.enum(['display', 'slip', 'counter'])
export type RatingChannel = z.infer<typeof RatingChannel>

export const FEEDBACK_KINDS = ['complaint', 'proposal', 'praise'] as const
export const FeedbackKind = z.enum(FEEDBACK_KINDS)
export type FeedbackKind = z.infer<typeof FeedbackKind>

/** What it is about (`feedback:field.<code>`). */
export const FEEDBACK_FIELDS = [
  'procedures', 'attitude', 'delay', 'fees', 'infrastructure', 'environment', 'order', 'construction', 'land', 'welfare', 'health', 'education', 'other',
] as const
export const FeedbackField = z.enum(FEEDBACK_FIELDS)
export type FeedbackField = z.infer<typeof FeedbackField>

/** 0 draft, 1 taken, 2 received by the city, 3 being handled, 4 needs a supplement, 5 answered, 6 refused, 7 closed, 8 withdrawn. */
export const FeedbackState = z.union([
  z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7), z.literal(8),
])
export type FeedbackState = z.infer<typeof FeedbackState>

export const MAX_PHOTOS = 8
/** The largest photo taken in, in bytes. */
export const MAX_PHOTO = 30 * 1024 * 1024

/** What the citizen allows. Nothing is allowed before it was asked. */
export const FeedbackConsent = z.object({
  /** Name and phone go to whoever handles it. */
  contact: z.boolean(),
  /** May be published without a name. */
  publish: z.boolean(),
  /** Photos go along. */
  photos: z.boolean(),
})
export type FeedbackConsent = z.infer<typeof FeedbackConsent>

/** What is written at the counter. A draft may be incomplete; `missing` of the view says what a submission still needs. */
export const FeedbackContent = z.object({
  kind: FeedbackKind,
  field: FeedbackField.nullable(),
  content: z.string().max(5000),
  place: z.string().max(500),
  procedureCode: z.string().max(40).nullable(),
  dossierId: DossierId.nullable(),
  anonymous: z.boolean(),
  /** Left out of the letter when anonymous, and without `consent.contact`. */
  person: z.object({ name: z.string().max(200), phone: z.string().max(30) }),
  consent: FeedbackConsent,
})
export type FeedbackContent = z.infer<typeof FeedbackContent>

export const EMPTY_FEEDBACK: FeedbackContent = {
  kind: 'complaint', field: null, content: '', place: '', procedureCode: null, dossierId: null, anonymous: false,
  person: { name: '', phone: '' }, consent: { contact: false, publish: false, photos: false },
}

/** What a submission still needs (`feedback:missing.<code>`). */
export const FeedbackGap = z.enum(['field', 'content', 'place', 'name', 'phone', 'consent-photos'])
export type FeedbackGap = z.infer<typeof FeedbackGap>

export const FeedbackPhoto = z.object({
  id: PhotoId, name: z.string(), mediaType: z.enum(['image/jpeg', 'image/png']), size: z.number().int(), addedAt: Instant,
  /** The file says where it was taken. The copy that leaves the counter does not. */
  hasLocation: z.boolean(),
})
export type FeedbackPhoto = z.infer<typeof FeedbackPhoto>

/** The limits of the national score (`domain.md` §8.3); null where the calendar does not reach. */
export const FeedbackDue = z.object({ refuseBy: Instant.nullable(), supplementBy: Instant.nullable(), answerBy: Instant.nullable() })
export type FeedbackDue = z.infer<typeof FeedbackDue>

/** The way of the newest letter to the city. */
export const FeedbackSending = z.object({
  state: SubmissionState, attempts: z.number().int(), nextTryAt: Instant.nullable(), errorCode: z.string().nullable(), cityWords: z.string().nullable(),
  receiptNumber: z.string().nullable(), receivedAt: Instant.nullable(),
})
export type FeedbackSending = z.infer<typeof FeedbackSending>

export const FeedbackRow = z.object({
  id: FeedbackId,
  /** Null while it is a draft. */
  number: z.string().nullable(),
  kind: FeedbackKind,
  field: FeedbackField.nullable(),
  /** The beginning of what was written. */
  extract: z.string(),
  place: z.string(),
  anonymous: z.boolean(),
  photos: z.number().int(),
  state: FeedbackState,
  startedAt: Instant,
  takenAt: Instant.nullable(),
  takenBy: z.string(),
  answerBy: Instant.nullable(),
  overdue: z.boolean(),
  sending: FeedbackSending.nullable(),
})
export type FeedbackRow = z.infer<typeof FeedbackRow>

export const FeedbackEvent = z.object({
  sequence: z.number().int(), kind: z.enum(['state', 'note', 'supplement', 'received']), state: FeedbackState.nullable(), at: Instant, by: z.string(),
  origin: z.enum(['counter', 'city']), note: z.string().nullable(),
})
export type FeedbackEvent = z.infer<typeof FeedbackEvent>

export const FeedbackView = FeedbackRow.extend({
  revision: z.number().int(),
  content: FeedbackContent,
  /** Of the dossier and the procedure it is about, where there are any. */
  about: z.object({ dossierCode: z.string().nullable(), procedureName: z.string().nullable() }),
  photoList: z.array(FeedbackPhoto),
  missing: z.array(FeedbackGap),
  due: FeedbackDue,
  timeline: z.array(FeedbackEvent),
  /** What may be done now. */
  acts: z.object({ supplement: z.boolean(), withdraw: z.boolean(), retry: z.boolean() }),
})
export type FeedbackView = z.infer<typeof FeedbackView>

/** Civil days, both included. */
export const Period = z.object({ from: CivilDate, to: CivilDate })
export type Period = z.infer<typeof Period>

/** A share of 0 … 1, or null of nothing. */
const share = z.number().min(0).max(1).nullable()
const count = z.number().int().min(0)

/** A refusal counts neither for nor against. `satisfied`: 4 and 5 stars. */
export const Satisfaction = z.object({
  asked: count, rated: count, refused: count, mean: z.number().min(1).max(5).nullable(), satisfied: share,
  byStars: z.object({ 1: count, 2: count, 3: count, 4: count, 5: count }),
  byReason: z.record(RatingReason, count),
  byChannel: z.record(RatingChannel, count),
})
export type Satisfaction = z.infer<typeof Satisfaction>

const StepFigure = z.object({ done: count, onTime: count, share })
/** Complaints and proposals taken in the period. A praise asks for no answer and is counted apart. */
export const FeedbackFigures = z.object({
  taken: count, praise: count, withdrawn: count,
  refusedStep: StepFigure, supplementStep: StepFigure, answerStep: StepFigure,
  /** Nothing that ends them yet. */
  open: count,
  /** Open and past the limit for an answer. */
  overdue: count,
  /** All three steps and what is overdue together. */
  onTime: share,
})
export type FeedbackFigures = z.infer<typeof FeedbackFigures>

/** Themes of comments, complaints and proposals, by week (Monday's date). Phrases are such that no theme knows yet. */
export const Themes = z.object({
  texts: count,
  weeks: z.array(CivilDate),
  themes: z.array(z.object({ code: z.string(), tone: z.enum(['good', 'bad']), total: count, byWeek: z.array(count), before: count })),
  phrases: z.array(z.object({ words: z.string(), total: count, byWeek: z.array(count) })),
  unmatched: count,
})
export type Themes = z.infer<typeof Themes>
