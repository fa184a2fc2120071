import { z } from 'zod'
import { OpenQuestion, Verdict } from './draft'
import { Instant } from './ids'
import { ComponentKind, Confidence, ConfidenceMark, PlaceIndependence } from './procedures'

/** Id of a fork, of a question or of an answer to one. */
const Id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(60)
/** A procedure's code, or `office/matter` of another agency. */
const Target = z.string().regex(/^[a-z0-9./_A-Z-]+$/).max(120)

/** What was answered so far: fork or question → answer. Unknown ones are passed over. */
export const GuideAnswers = z.record(Id, Id).refine((answers) => Object.keys(answers).length <= 24, 'too-many')
export type GuideAnswers = z.infer<typeof GuideAnswers>

/** The most characters of a citizen's words that are read. */
export const MAX_WORDS = 300

/** Why something is in the answer: `words` are the citizen's own, the others are sentences of the guide's data. */
export const GuideReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('code'), code: z.string() }),
  z.object({ kind: z.literal('words'), words: z.array(z.string()) }),
  z.object({ kind: z.literal('synonym'), label: z.string() }),
  z.object({ kind: z.literal('situation'), text: z.string() }),
  z.object({ kind: z.literal('intent'), text: z.string() }),
  z.object({ kind: z.literal('answer'), fork: z.string(), text: z.string() }),
])
export type GuideReason = z.infer<typeof GuideReason>

/** Where the matter is dealt with. `ask`: this ward's when the answer to the question is yes, else `goTo`. */
export const GuidePlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('any') }),
  z.object({ kind: z.literal('ask'), question: z.string(), goTo: z.string() }),
  z.object({ kind: z.literal('elsewhere'), name: z.string(), goTo: z.string() }),
])
export type GuidePlace = z.infer<typeof GuidePlace>

/** A paper that the citizen brings. */
export const GuidePaper = z.object({
  code: z.string(), name: z.string(), kind: ComponentKind, quantity: z.number().int(),
  /** When it is needed; null: always. */
  condition: z.string().nullable(),
  note: z.string().nullable(),
})
export type GuidePaper = z.infer<typeof GuidePaper>

/** The condition as it follows “only if”: most of them begin with “Khi”. */
export const bareCondition = (condition: string): string => condition.replace(/^khi\s+/iu, '')

/** One of the 25 essential services of Đề án 06. */
export const EssentialService = z.object({
  number: z.number().int().min(1).max(25),
  name: z.string(),
  /** Codes of the catalogue that carry it out; none when it is not received here. */
  codes: z.array(z.string()),
  /** Who deals with it. */
  by: z.string(),
  mark: ConfidenceMark,
})
export type EssentialService = z.infer<typeof EssentialService>

const hitHead = { target: Target, name: z.string(), reasons: z.array(GuideReason), place: GuidePlace }
export const GuideHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('procedure'), ...hitHead, version: z.string(), field: z.string(),
    bring: z.array(GuidePaper),
    /** `known`: false where the city's council sets an amount that the catalogue lacks. */
    fee: z.object({ text: z.string(), known: z.boolean() }),
    /** Null where no time could be documented. */
    time: z.object({ text: z.string(), extension: z.string().nullable() }).nullable(),
    result: z.string(), marks: Confidence, legalBasis: z.array(z.string()), placeIndependence: PlaceIndependence, essential: z.boolean(),
    /** By place alone, for the person in hand when there is one. */
    verdict: Verdict,
  }),
  /** Another agency's matter: nothing is received here. */
  z.object({ kind: z.literal('office'), ...hitHead, mark: ConfidenceMark }),
])
export type GuideHit = z.infer<typeof GuideHit>

/** A fork of the road: its answers lead to different procedures. `needed`: false when the words already decide. */
export const GuideQuestion = z.object({
  id: z.string(), question: z.string(), needed: z.boolean(), answers: z.array(z.object({ id: z.string(), label: z.string(), target: Target })),
})
export type GuideQuestion = z.infer<typeof GuideQuestion>

export const GuideAnswer = z.object({
  /** The best first; empty when nothing was understood. */
  hits: z.array(GuideHit),
  /** False: the first hit is a guess. */
  clear: z.boolean(),
  questions: z.array(GuideQuestion),
  /** The forks answered so far, in words. */
  answered: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() })),
})
export type GuideAnswer = z.infer<typeof GuideAnswer>

/** What this ward has of a person already, by where it lies. `code`: the dossier it lies with. */
export const Having = z.discriminatedUnion('source', [
  /** The person was identified at this counter by chip or QR. */
  z.object({ source: z.literal('card') }),
  /** A paper of the same kind in a dossier that was received here. */
  z.object({ source: z.literal('earlier'), dossier: z.string(), receivedAt: Instant }),
  /** The paper is what the ward itself gave out. */
  z.object({ source: z.literal('result'), dossier: z.string(), receivedAt: Instant }),
])
export type Having = z.infer<typeof Having>

/** What is known of one procedure after the answers: may it be done here, what is still to be asked. */
export const GuideAdvice = z.object({
  verdict: Verdict,
  questions: z.array(OpenQuestion),
  /** The answers that count, with those that the forks gave. */
  answers: z.record(z.string(), z.string()),
  /** The same in words; `answer` is null for an answer to the place question. */
  answered: z.array(z.object({ id: z.string(), question: z.string(), answerId: z.string(), answer: z.string().nullable() })),
})
export type GuideAdvice = z.infer<typeof GuideAdvice>
