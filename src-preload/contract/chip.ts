import { z } from 'zod'
import { DraftId, Instant } from './ids'
import { Sex } from './person'
import { ReaderKind } from './readers'

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'UUIDv7')
export const ReadingId = uuid.brand<'ReadingId'>()
export type ReadingId = z.infer<typeof ReadingId>

/** Files of the LDS that we read (ICAO 9303-10), by their names. */
export const ChipFile = z.enum(['CardAccess', 'COM', 'DG1', 'DG2', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15', 'SOD', 'CardSecurity'])
export type ChipFile = z.infer<typeof ChipFile>

/** Why a chip is read. It decides which files are read, and is kept with the check and in the audit chain. */
export const ReadingPurpose = z.enum(['identify', 'identify-with-face', 'inspect'])
export type ReadingPurpose = z.infer<typeof ReadingPurpose>

/** PACE by its parts (9303-11 §4.4), or BAC. */
export const AccessView = z.object({
  protocol: z.enum(['BAC', 'PACE']),
  key: z.enum(['mrz', 'can']),
  mapping: z.enum(['GM', 'IM', 'CAM']).nullable(),
  agreement: z.enum(['DH', 'ECDH']).nullable(),
  cipher: z.enum(['3DES', 'AES-128', 'AES-192', 'AES-256']),
  /** PACE was offered, failed, and the officer allowed BAC this once. */
  downgraded: z.boolean(),
})
export type AccessView = z.infer<typeof AccessView>

/** Result 1: are the files what the signer hashed? Says nothing about who signed. */
export const ContentsProof = z.object({
  state: z.enum(['unchanged', 'changed', 'not-checked']),
  algorithm: z.string().nullable(),
  hashes: z.array(z.object({ file: ChipFile, matches: z.boolean() })),
})
/** A certificate as told on a screen. Names as RFC 4514 text. */
export const CertificateView = z.object({
  subject: z.string(), issuer: z.string(), serial: z.string(), notBefore: Instant, notAfter: Instant, sha256: z.string(), key: z.string(),
})
export type CertificateView = z.infer<typeof CertificateView>
/** Result 2: is the signature over those hashes the signer's? */
export const SignatureProof = z.object({
  state: z.enum(['valid', 'invalid', 'unsupported', 'not-checked']),
  algorithm: z.string().nullable(),
  signer: CertificateView.nullable(),
})
/** Result 3: does the signer hang on a root that the administrator trusts? */
export const ChainProof = z.object({
  state: z.enum(['trusted', 'no-anchor', 'expired', 'revoked', 'invalid', 'not-checked']),
  /** From the signer's issuer to the anchor. */
  path: z.array(CertificateView),
  /** What a revocation list said; `unknown` without one in force. */
  revocation: z.enum(['good', 'revoked', 'unknown']),
  /** True when the chain ends at the invented root of practice mode. */
  practice: z.boolean(),
})
/** A copied chip? Active or chip authentication, or PACE with chip authentication mapping. */
export const CopyProof = z.object({
  state: z.enum(['original', 'copied', 'not-offered', 'unsupported', 'not-checked']),
  by: z.enum(['AA', 'CA', 'CAM']).nullable(),
})
export const ChipProof = z.object({ contents: ContentsProof, signature: SignatureProof, chain: ChainProof, copy: CopyProof })
export type ContentsProof = z.infer<typeof ContentsProof>
export type SignatureProof = z.infer<typeof SignatureProof>
export type ChainProof = z.infer<typeof ChainProof>
export type CopyProof = z.infer<typeof CopyProof>
export type ChipProof = z.infer<typeof ChipProof>

/** A check digit of the MRZ and whether it fits (9303-3 §4.9). */
export const MrzCheck = z.object({ part: z.enum(['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite', 'personalNumber']), fits: z.boolean() })
export type MrzCheck = z.infer<typeof MrzCheck>
export const MrzView = z.object({ format: z.enum(['TD1', 'TD2', 'TD3']), lines: z.array(z.string()), checks: z.array(MrzCheck) })
export type MrzView = z.infer<typeof MrzView>

/** What DG1, DG11, DG12 and DG13 say of the holder; null where the chip says nothing readable. Dates are YYYY-MM-DD when they are dates. */
export const ChipPerson = z.object({
  idNumber: z.string().nullable(),
  documentNumber: z.string(),
  /** With marks when DG13 or DG11 has them, else from the MRZ. */
  fullName: z.string(),
  nameFromMrz: z.boolean(),
  birthDate: z.string().nullable(),
  sex: Sex.nullable(),
  nationality: z.string().nullable(),
  ethnicity: z.string().nullable(),
  religion: z.string().nullable(),
  origin: z.string().nullable(),
  residence: z.string().nullable(),
  marks: z.string().nullable(),
  issuedAt: z.string().nullable(),
  /** Null: the card says that it does not expire. */
  expiresAt: z.string().nullable(),
  father: z.string().nullable(),
  mother: z.string().nullable(),
  spouse: z.string().nullable(),
  oldIdNumber: z.string().nullable(),
})
export type ChipPerson = z.infer<typeof ChipPerson>

/** A field of DG13 as it came; fields that nobody documented are kept, too. */
export const Dg13Field = z.object({ number: z.number().int(), values: z.array(z.string()) })
export type Dg13Field = z.infer<typeof Dg13Field>

/** The face as `chip.face` gives it. */
export const FaceView = z.object({ codec: z.enum(['jpeg', 'jpeg2000']), width: z.number().int(), height: z.number().int(), bytes: z.number().int() })
export type FaceView = z.infer<typeof FaceView>

/** Something odd that stops nothing (`chip:oddity.<code>`): an unknown DG13 field, a date that is none, a file that could not be read. */
export const ChipOddity = z.object({ code: z.string(), file: ChipFile.nullable(), params: z.record(z.string(), z.string()) })
export type ChipOddity = z.infer<typeof ChipOddity>

/** Bytes and time of one reading. Times in milliseconds; `waitMs` is spent waiting for the card, `ownMs` is all the rest. */
export const ReadingFigures = z.object({ apdus: z.number().int(), bytes: z.number().int(), waitMs: z.number(), ownMs: z.number(), longest: z.number().int(), resumed: z.number().int() })
export type ReadingFigures = z.infer<typeof ReadingFigures>

/** One reading of a chip. It lives in the core's memory only, for some minutes; what a purpose needs is copied from it. */
export const ChipReading = z.object({
  id: ReadingId,
  at: Instant,
  purpose: ReadingPurpose,
  reader: z.object({ name: z.string(), kind: ReaderKind, simulated: z.boolean() }),
  access: AccessView.nullable(),
  person: ChipPerson,
  mrz: MrzView.nullable(),
  dg13: z.array(Dg13Field),
  face: FaceView.nullable(),
  files: z.array(z.object({ file: ChipFile, bytes: z.number().int() })),
  proof: ChipProof,
  oddities: z.array(ChipOddity),
  figures: ReadingFigures.nullable(),
})
export type ChipReading = z.infer<typeof ChipReading>

const MrzText = z.string().min(22).max(200)
const CanText = z.string().max(20)

/** What opens the chip: the MRZ (or its three key fields), the CAN, or the QR's facts, from which the expiry date is worked out. */
export const ChipKey = z.union([
  z.object({ mrz: MrzText }),
  z.object({ can: CanText }),
  z.object({ documentNumber: z.string().regex(/^[A-Za-z0-9<]{1,20}$/), birthDate: z.iso.date(), expiryDate: z.iso.date() }),
  /** Facts of the QR; `expiryDate` when the officer typed the one on the card. */
  z.object({ idNumber: z.string().regex(/^\d{12}$/), birthDate: z.iso.date(), issuedAt: z.iso.date().nullable(), expiryDate: z.union([z.iso.date(), z.literal('none')]).optional() }),
])
export type ChipKey = z.infer<typeof ChipKey>

/** A key where a call takes one: under `key`, or as a command line is typed, an MRZ or a CAN beside the rest. `underKey` makes one form of it. */
export const KeyFields = { key: ChipKey.optional(), mrz: MrzText.optional(), can: CanText.optional() } as const
type KeyGiven = Readonly<{ key?: ChipKey | undefined; mrz?: string | undefined; can?: string | undefined }>

/** Puts the one key that was given under `key`; none or several are refused. */
export function underKey<Given extends KeyGiven>(given: Given, context: z.RefinementCtx): Omit<Given, keyof KeyGiven> & { key: ChipKey } {
  const { key, mrz, can, ...rest } = given
  const [found, ...more] = [key, mrz === undefined ? undefined : { mrz }, can === undefined ? undefined : { can }].filter((each) => each !== undefined)
  if (found !== undefined && more.length === 0) return { ...rest, key: found }
  context.addIssue({ code: 'custom', path: ['key'], message: 'one key is wanted' })
  return z.NEVER
}

/** How far a reading is: `total` and `done` in bytes of the files that are read. */
export const ChipProgress = z.object({
  step: z.enum(['connecting', 'access', 'reading', 'proof', 'lifted']), file: ChipFile.nullable(), done: z.number().int(), total: z.number().int(),
})
export type ChipProgress = z.infer<typeof ChipProgress>

/** What `chip.read` streams: progress, then the reading once. */
export const ChipEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: ChipProgress }),
  z.object({ kind: z.literal('read'), reading: ChipReading }),
])
export type ChipEvent = z.infer<typeof ChipEvent>

/** What the officer found when comparing person, card and chip. */
export const IdentityOutcome = z.enum(['same-person', 'another-person', 'card-expired', 'card-lost', 'undecided'])
export type IdentityOutcome = z.infer<typeof IdentityOutcome>

/** How the person of a dossier was established, kept with it. No field of the chip beyond what this shows. */
export const IdentityCheckView = z.object({
  who: z.enum(['applicant', 'owner']),
  at: Instant,
  by: z.string(),
  purpose: ReadingPurpose,
  method: z.enum(['chip']),
  outcome: IdentityOutcome,
  protocol: z.enum(['BAC', 'PACE']),
  downgraded: z.boolean(),
  contents: ContentsProof.shape.state,
  signature: SignatureProof.shape.state,
  chain: ChainProof.shape.state,
  copy: CopyProof.shape.state,
  signer: z.string().nullable(),
  /** Names of the fields that differed from what was scanned or typed. */
  differences: z.array(z.string()),
  reader: z.string(),
  simulated: z.boolean(),
})
export type IdentityCheckView = z.infer<typeof IdentityCheckView>

/** Which fact it was, never what it says: a check is kept longer than what was compared. */
const FactName = z.string().regex(/^[A-Za-z]{1,40}$/)

/** An officer's finding about a reading, put with a draft. */
export const KeepCheck = z.object({ draftId: DraftId, readingId: ReadingId, who: z.enum(['applicant', 'owner']), outcome: IdentityOutcome, differences: z.array(FactName).max(20) })
export type KeepCheck = z.infer<typeof KeepCheck>
