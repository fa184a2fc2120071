import { z } from 'zod'

/** One line of Vietnamese text: NFC, trimmed, no control characters. */
const line = (max: number) =>
  // eslint-disable-next-line no-control-regex
  z.string().normalize('NFC').trim().min(1).max(max).regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'control-character')
/** A word or phrase of a list; lists are joined by ";" in the workbook. */
const listItem = (max: number) => line(max).regex(/^[^;]*$/, 'semicolon')
const date = z.iso.date()
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(40)
const dong = z.number().int().min(0).max(100_000_000)

/** National code `d.dddddd`, with the suffix of a local or service form allowed (`domain.md` §3). */
export const ProcedureCode = z.string().regex(/^\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}(?:\.\d{2,3})?)?$/).max(40)

/** A version is the day it was issued, with a counter for a second one of that day: `2026-11-21`, `2026-11-21.2`. */
export const VersionText = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:\.\d{1,3})?$/)

/**
 * How sure a fact is: V read in the legal text, S in a secondary source, C computed or cross-checked, G general knowledge, to be
 * confirmed before the ward relies on it.
 */
export const ConfidenceMark = z.enum(['V', 'S', 'C', 'G'])
export type ConfidenceMark = z.infer<typeof ConfidenceMark>

export const Confidence = z.strictObject({
  code: ConfidenceMark,
  components: ConfidenceMark,
  time: ConfidenceMark,
  fee: ConfidenceMark,
  note: line(500).optional(),
})
export type Confidence = z.infer<typeof Confidence>

export const ComponentKind = z.enum(['original', 'certified-copy', 'copy', 'electronic', 'shown'])
export type ComponentKind = z.infer<typeof ComponentKind>

export const ProcedureComponent = z.strictObject({
  code: slug,
  name: line(300),
  kind: ComponentKind,
  quantity: z.number().int().min(1).max(99),
  required: z.discriminatedUnion('when', [
    z.strictObject({ when: z.literal('always') }),
    z.strictObject({ when: z.literal('conditional'), condition: line(300) }),
  ]),
  note: line(500).optional(),
})
export type ProcedureComponent = z.infer<typeof ProcedureComponent>

const feeHead = { code: slug, name: line(200), note: line(300).optional() }

/** How an amount comes about; amounts in đồng. `council` = set by the city's People's Council ("HĐND"), entered when unknown. */
export const FeeRule = z.discriminatedUnion('kind', [
  z.strictObject({ ...feeHead, kind: z.literal('free') }),
  z.strictObject({ ...feeHead, kind: z.literal('fixed'), amount: dong }),
  z.strictObject({ ...feeHead, kind: z.literal('perCopy'), amount: dong }),
  z.strictObject({
    ...feeHead,
    kind: z.literal('perPage'),
    first: z.strictObject({ pages: z.number().int().min(1).max(1000), amount: dong }),
    thenAmount: dong,
    /** The most that one copy may cost. */
    cap: dong,
  }),
  z.strictObject({ ...feeHead, kind: z.literal('council'), amount: dong.optional() }),
])
export type FeeRule = z.infer<typeof FeeRule>

export const FeeExemption = z.strictObject({ code: slug, name: line(200), ground: line(300) })
export type FeeExemption = z.infer<typeof FeeExemption>

export const ProcedureFee = z.strictObject({
  rules: z.array(FeeRule).min(1).max(10),
  exemptions: z.array(FeeExemption).max(20),
  /** The exemption that applies in the usual case, offered first (birth and death registered in time). */
  usualExemption: slug.optional(),
})
export type ProcedureFee = z.infer<typeof ProcedureFee>

export const TimeUnit = z.enum(['working-hour', 'working-day', 'day', 'month', 'same-day'])
export type TimeUnit = z.infer<typeof TimeUnit>

export const ProcedureTime = z.strictObject({
  /** How many units; 0 for `same-day`. */
  amount: z.number().int().min(0).max(1000),
  unit: TimeUnit,
  /** Received after 15:00 → the next working day. Only for `same-day`. */
  afterFifteen: z.boolean(),
  extension: line(300).optional(),
})
export type ProcedureTime = z.infer<typeof ProcedureTime>

/** `decision`: any competent agency decides. `reception`: any counter of the city receives, the file travels. */
export const PlaceIndependence = z.enum(['decision', 'reception', 'none'])
export type PlaceIndependence = z.infer<typeof PlaceIndependence>

/** Whose home decides. `applicant` is the only one the card on the desk can answer. */
export const ResidenceOf = z.enum(['applicant', 'parent', 'child', 'deceased', 'guardian', 'spouse', 'household'])
export type ResidenceOf = z.infer<typeof ResidenceOf>
export const PlaceOf = z.enum(['land', 'house', 'business', 'certifier', 'register', 'stay', 'mediation-team'])
export type PlaceOf = z.infer<typeof PlaceOf>

/** Who is competent. `goTo` is the sentence for the citizen when it is not this ward. */
export const Jurisdiction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('any') }),
  z.strictObject({ kind: z.literal('residence'), of: ResidenceOf, question: line(300), goTo: line(400) }),
  z.strictObject({ kind: z.literal('place'), of: PlaceOf, question: line(300), goTo: line(400) }),
  z.strictObject({ kind: z.literal('police'), goTo: line(400) }),
  z.strictObject({ kind: z.literal('city'), agency: line(200), goTo: line(400) }),
])
export type Jurisdiction = z.infer<typeof Jurisdiction>

const answerHead = { id: slug, label: line(200) }
export const EligibilityAnswer = z.discriminatedUnion('verdict', [
  z.strictObject({ ...answerHead, verdict: z.literal('ok'), message: line(400).optional() }),
  /** With `goTo` it is another agency's matter; without, nobody's. */
  z.strictObject({ ...answerHead, verdict: z.literal('not-eligible'), message: line(400), goTo: line(400).optional() }),
  z.strictObject({ ...answerHead, verdict: z.literal('other-procedure'), procedure: ProcedureCode, message: line(400) }),
  z.strictObject({ ...answerHead, verdict: z.literal('ask-more'), next: slug, message: line(400).optional() }),
])
export type EligibilityAnswer = z.infer<typeof EligibilityAnswer>

/** A question that is the `next` of an answer is asked only after that answer; the others in the order of the list. */
export const EligibilityQuestion = z.strictObject({ id: slug, question: line(300), answers: z.array(EligibilityAnswer).min(2).max(9) })
export type EligibilityQuestion = z.infer<typeof EligibilityQuestion>

export const ResultKind = z.enum([
  'certificate', 'extract', 'copy', 'certified-document', 'decision', 'permit', 'notice', 'minutes', 'list', 'none',
])
export type ResultKind = z.infer<typeof ResultKind>
export const ProcedureResult = z.strictObject({
  name: line(200), kind: ResultKind, originals: z.number().int().min(1).max(9).optional(), note: line(300).optional(),
})
export type ProcedureResult = z.infer<typeof ProcedureResult>

export const Procedure = z.strictObject({
  code: ProcedureCode,
  name: line(300),
  shortName: line(80).optional(),
  /** Lĩnh vực. */
  field: line(100),
  version: VersionText,
  effectiveFrom: date,
  /** The last day on which it applies. */
  effectiveTo: date.optional(),
  confidence: Confidence,
  lifeEvents: z.array(listItem(60)).max(10),
  keywords: z.array(listItem(80)).max(60),
  components: z.array(ProcedureComponent).min(1).max(40),
  fee: ProcedureFee,
  /** Absent where no time could be documented: the officer sets the appointment by hand. */
  time: ProcedureTime.optional(),
  placeIndependence: PlaceIndependence,
  jurisdiction: Jurisdiction,
  eligibility: z.array(EligibilityQuestion).max(12),
  result: ProcedureResult,
  legalBasis: z.array(line(300)).max(20),
})
export type Procedure = z.infer<typeof Procedure>

/** The catalogue as a file. Rules that reach over several procedures are checked by `procedures/import`. */
export const Catalogue = z.strictObject({
  format: z.literal('mot-cua/catalogue-1'),
  version: VersionText,
  issuedAt: date,
  origin: line(500),
  procedures: z.array(Procedure).min(1).max(2000),
})
export type Catalogue = z.infer<typeof Catalogue>

/** Id of the built-in question that a `residence` or `place` rule asks, and its answers. */
export const PLACE_QUESTION = 'place'
export const PLACE_ANSWERS = ['here', 'same-city', 'elsewhere'] as const
export type PlaceAnswer = (typeof PLACE_ANSWERS)[number]
