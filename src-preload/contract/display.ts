import { z } from 'zod'
import { DossierId, DraftId, Instant } from './ids'

/** One showing of something to the citizen; an answer names the showing it belongs to, so that a late one is not taken for another's. */
export const ShowingId = z.string().regex(/^[0-9a-f]{32}$/).brand<'ShowingId'>()
export type ShowingId = z.infer<typeof ShowingId>

/** The most points of a signature: minutes of writing on a pen tablet. */
export const SIGNATURE_POINTS = 20_000

/**
 * A signature as it was drawn: strokes of points, in thousandths of the pad's width, from its top left corner; `t` in milliseconds
 * since the first point. The pad's own proportions stand beside it. Kept as vector all the way into the paper.
 */
export const Stroke = z.array(z.object({ x: z.number().int().min(0).max(1000), y: z.number().int().min(0).max(4000), t: z.number().int().min(0).max(600_000) })).min(1).max(4000)
export const Signature = z.object({
  /** Height of the pad in thousandths of its width. */
  height: z.number().int().min(100).max(4000),
  strokes: z.array(Stroke).min(1).max(200),
}).refine(({ strokes }) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= SIGNATURE_POINTS, 'too many points')
  .refine(({ height, strokes }) => strokes.every((stroke) => stroke.every(({ y }) => y <= height)), 'outside the pad')
export type Signature = z.infer<typeof Signature>

/** A drawn QR: modules on a square of `size` units as an SVG path. */
export const QrPicture = z.object({ size: z.number().int().min(1), path: z.string().max(60_000) })
export type QrPicture = z.infer<typeof QrPicture>

/** The same words in both languages of the display, so that the citizen switches without another call. */
const inBoth = (max: number) => z.object({ vi: z.string().max(max), en: z.string().max(max) })
export const Words = inBoth(1200)
export type Words = z.infer<typeof Words>

/** How the citizen is spoken to, by age and sex when known (`ui.md` §6). */
export const Address = z.enum(['anh', 'chị', 'ông', 'bà', 'quý vị'])
export type Address = z.infer<typeof Address>

/**
 * A line of what is recorded. `key` names the caption (`display:fact.<key>`); numbers are masked already. `fee` is free of charge,
 * `feePaid` and `feeDue` an amount; `detail` is read after the value, less heavy: "(để kết hôn)", "để báo kết quả".
 */
export const FACT_KEYS = ['name', 'idNumber', 'onBehalf', 'errand', 'papers', 'owed', 'phone', 'address', 'fee', 'feePaid', 'feeDue', 'delivery', 'appointment', 'collector', 'result', 'code', 'owner'] as const
export const ShownFact = z.object({ key: z.enum(FACT_KEYS), value: inBoth(4000), detail: inBoth(1000).nullable() })
export type ShownFact = z.infer<typeof ShownFact>

/** Names the reasons that a citizen may tick beside the stars (`display:rating.reason.<code>`). */
export const RATING_REASONS = ['attitude', 'speed', 'clarity', 'correctness', 'place'] as const
export const RatingReason = z.enum(RATING_REASONS)
export type RatingReason = z.infer<typeof RatingReason>

/** `code`: the one-time code that a CA sent to the citizen's phone, typed as unseen as a PIN. */
export const PinPurpose = z.enum(['set', 'enter', 'trial', 'code'])
export type PinPurpose = z.infer<typeof PinPurpose>
/** Why a PIN that was typed is not taken (`display:pin.refused.<code>`). */
export const PinRefusal = z.enum(['too-simple', 'birth-date', 'not-equal', 'wrong'])
export type PinRefusal = z.infer<typeof PinRefusal>

const shown = { id: ShowingId }

/** A line of what a certificate will say, or says (`display:certificate.<key>`); numbers are masked already. */
export const CERTIFICATE_FACTS = ['name', 'idNumber', 'province', 'provider', 'validity', 'key', 'phone', 'price', 'serial', 'from', 'until', 'revokeAt'] as const
export const CertificateFact = z.object({ key: z.enum(CERTIFICATE_FACTS), value: inBoth(400) })
export type CertificateFact = z.infer<typeof CertificateFact>
/** `content`: before it is asked for; `handover`: it is there, and is taken over. */
export const CertificatePurpose = z.enum(['content', 'handover'])
export type CertificatePurpose = z.infer<typeof CertificatePurpose>

/** What stands on the citizen's display. Everything personal in it was pushed by the officer and is masked by the core. */
export const DisplayPage = z.discriminatedUnion('kind', [
  /** Nothing pushed: who is called, who is next, when the office is open, what there is to know. */
  z.object({
    kind: z.literal('waiting'), called: z.string().nullable(), next: z.array(z.string()).max(5), notices: z.array(inBoth(300)).max(6),
    /** Opening hours, "7:30–11:30, 13:00–17:00"; null while the data are closed. */
    hours: z.string().max(80).nullable(),
  }),
  /** What is recorded, to be confirmed, with a signature. */
  z.object({ kind: z.literal('check'), ...shown, address: Address, facts: z.array(ShownFact).max(12), sign: z.boolean() }),
  z.object({ kind: z.literal('consent'), ...shown, address: Address, sheet: z.string().max(60), title: inBoth(200), paragraphs: z.array(Words).min(1).max(12), sign: z.boolean() }),
  /** What the certificate says, to be confirmed; `demo`: of a CA for demonstrations. */
  z.object({ kind: z.literal('certificate'), ...shown, address: Address, purpose: CertificatePurpose, demo: z.boolean(), facts: z.array(CertificateFact).min(1).max(12), sign: z.boolean() }),
  /** A result that is handed over: whoever takes it signs for it. */
  z.object({ kind: z.literal('handover'), ...shown, address: Address, facts: z.array(ShownFact).min(1).max(12), sign: z.boolean() }),
  z.object({
    kind: z.literal('pin'), ...shown, address: Address, purpose: PinPurpose, digits: z.number().int().min(4).max(12),
    /** A PIN that is there already may be shorter than `digits`. */
    least: z.number().int().min(4).max(12),
    /** `set` is typed twice. */
    round: z.union([z.literal(1), z.literal(2)]), refused: PinRefusal.nullable(), triesLeft: z.number().int().nullable(), endsAt: Instant,
  }),
  z.object({
    kind: z.literal('pay'), ...shown, amount: z.number().int().min(0), purpose: z.string().max(200), account: z.object({ bank: z.string(), number: z.string(), holder: z.string() }),
    qr: QrPicture, simulated: z.boolean(),
  }),
  z.object({ kind: z.literal('rating'), ...shown, address: Address, subject: z.string().max(200) }),
  /** Clears by itself. */
  z.object({ kind: z.literal('done'), ...shown, words: z.enum(['received', 'sent-back', 'signed', 'consented', 'refused', 'pin-set', 'pin-refused', 'rated', 'paid', 'code-right', 'code-refused', 'certificate-right', 'certificate-wrong', 'handover-right', 'handover-wrong']), detail: z.string().max(200).nullable() }),
])
export type DisplayPage = z.infer<typeof DisplayPage>
export type DisplayKind = DisplayPage['kind']

/** What stands around every page. */
export const DisplayFrame = z.object({
  ward: z.string(), unit: z.string(), counter: z.string(), called: z.string().nullable(), practice: z.boolean(), page: DisplayPage,
  /** Opened over the officer's window: the page then carries the way back for the officer. */
  turned: z.boolean(),
})
export type DisplayFrame = z.infer<typeof DisplayFrame>

/** What the citizen answers. `id` is that of the page it was asked on. */
export const DisplayAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('right'), ...shown, signature: Signature.nullable() }),
  z.object({ kind: z.literal('wrong'), ...shown }),
  z.object({ kind: z.literal('agree'), ...shown, signature: Signature.nullable() }),
  z.object({ kind: z.literal('decline'), ...shown }),
  /** Somebody is typing: no digit, no count of digits. */
  z.object({ kind: z.literal('typing'), ...shown }),
  z.object({ kind: z.literal('pin'), ...shown, pin: z.string().regex(/^\d{4,12}$/) }),
  z.object({ kind: z.literal('rated'), ...shown, stars: z.number().int().min(1).max(5), reasons: z.array(RatingReason).max(5), comment: z.string().max(1000) }),
  /** "Stop", "no thanks", "close". */
  z.object({ kind: z.literal('leave'), ...shown }),
])
export type DisplayAnswer = z.infer<typeof DisplayAnswer>

/** Whose result it is: both may take it without a paper. */
export const ResultRole = z.enum(['applicant', 'owner'])
export type ResultRole = z.infer<typeof ResultRole>

/** Who signs for a result: one of the people of the dossier, or somebody whom a paper authorises. */
export const Signer = z.discriminatedUnion('how', [
  z.object({ how: z.literal('owner'), role: ResultRole }),
  z.object({ how: z.literal('authorised'), name: z.string().trim().min(1).max(200) }),
])
export type Signer = z.infer<typeof Signer>

/** What an officer may push. The core makes the page from its own data: no text of the officer's window gets onto the display. */
export const DisplayWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('check'), draftId: DraftId }),
  z.object({ kind: z.literal('consent'), sheet: z.string().max(60), draftId: DraftId.nullable() }),
  /** Of an errand in hand, or what is open of a dossier. */
  z.object({ kind: z.literal('pay'), draftId: DraftId.optional(), dossierId: DossierId.optional() }),
  z.object({ kind: z.literal('rating'), dossierId: DossierId.nullable() }),
  z.object({ kind: z.literal('handover'), dossierId: DossierId, by: Signer }),
  /** Tries the PIN page; the digits are compared and thrown away. */
  z.object({ kind: z.literal('pin-trial') }),
])
export type DisplayWish = z.infer<typeof DisplayWish>

/** What the officer sees of the display. */
export const DisplayState = z.object({
  /** A display is there and answers. */
  attached: z.boolean(),
  turned: z.boolean(),
  shown: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('check'), draftId: DraftId, since: Instant, facts: z.array(ShownFact) }),
    z.object({ kind: z.literal('consent'), sheet: z.string(), title: Words, since: Instant }),
    z.object({ kind: z.literal('certificate'), purpose: CertificatePurpose, since: Instant }),
    /** Never the digits, never how many. */
    z.object({ kind: z.literal('pin'), purpose: PinPurpose, round: z.number().int(), typing: z.boolean(), endsAt: Instant }),
    z.object({ kind: z.literal('pay'), amount: z.number().int(), since: Instant }),
    z.object({ kind: z.literal('rating'), since: Instant }),
    z.object({ kind: z.literal('handover'), dossierId: DossierId, since: Instant }),
    z.object({ kind: z.literal('done'), words: z.string() }),
  ]),
  /** The last answer of this session, until something else is pushed. */
  answer: z.object({ kind: z.enum(['right', 'wrong', 'agree', 'decline', 'pin-set', 'pin-refused', 'rated', 'leave', 'timeout', 'display-gone']), draftId: DraftId.nullable(), at: Instant, signed: z.boolean() }).nullable(),
})
export type DisplayState = z.infer<typeof DisplayState>

/** What a citizen has confirmed of a draft. `current` is false when the draft was changed afterwards. */
export const Confirmation = z.object({ at: Instant, signed: z.boolean(), current: z.boolean(), signature: Signature.nullable() })
export type Confirmation = z.infer<typeof Confirmation>
