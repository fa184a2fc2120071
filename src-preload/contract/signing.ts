import { z } from 'zod'
import { DocumentId, DossierId, DraftId, Instant } from './ids'

/** RSASSA-PSS, RSASSA-PKCS1-v1_5 and ECDSA on P-256, each with SHA-256 (Circular 15/2025/TT-BKHCN, annex I). */
export const SIGNATURE_SCHEMES = ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256'] as const
export const SignatureScheme = z.enum(SIGNATURE_SCHEMES)
export type SignatureScheme = z.infer<typeof SignatureScheme>
export const KeyKind = z.enum(['rsa-2048', 'rsa-3072', 'p-256'])
export type KeyKind = z.infer<typeof KeyKind>

/** EN 319 142-1 baseline levels that we make. */
export const PadesLevel = z.enum(['B-B', 'B-T', 'B-LT'])
export type PadesLevel = z.infer<typeof PadesLevel>

/** EN 319 102-1 §5.1.3, shown as hợp lệ / chưa xác định / không hợp lệ. */
export const Verdict = z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'])
export type Verdict = z.infer<typeof Verdict>
/** Why it is not passed (EN 319 102-1 §5.1.3, those that can happen here); `signing:why.<code>`. */
export const SUB_INDICATIONS = [
  'FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'EXPIRED', 'NOT_YET_VALID', 'SIG_CONSTRAINTS_FAILURE', 'CHAIN_CONSTRAINTS_FAILURE', 'CRYPTO_CONSTRAINTS_FAILURE',
  'NO_SIGNING_CERTIFICATE_FOUND', 'NO_CERTIFICATE_CHAIN_FOUND', 'REVOKED_NO_POE', 'REVOKED_CA_NO_POE', 'OUT_OF_BOUNDS_NO_POE', 'CERTIFICATE_CHAIN_GENERAL_FAILURE', 'TRY_LATER', 'NO_POE', 'SIGNED_DATA_NOT_FOUND', 'GENERIC',
] as const
export const SubIndication = z.enum(SUB_INDICATIONS)
export type SubIndication = z.infer<typeof SubIndication>

export const CertificateState = z.enum(['in-force', 'expired', 'not-yet', 'revoked', 'unknown'])
/** A certificate for people to read; everything read from DER by OID, never out of a printed name. */
export const CertificateSheet = z.object({
  sha256: z.string(), serial: z.string(),
  /** CN, or the subject as text. */
  subject: z.string(), organisation: z.string().nullable(), title: z.string().nullable(), province: z.string().nullable(),
  /** UID values as they stand: CCCD:…, MST:… */
  ids: z.array(z.string()),
  issuer: z.string(), issuerOrganisation: z.string().nullable(),
  notBefore: Instant, notAfter: Instant, key: z.string(), usage: z.array(z.enum(['digitalSignature', 'nonRepudiation', 'keyCertSign', 'crlSign', 'timeStamping', 'ocspSigning', 'other'])),
  policies: z.array(z.string()), ocsp: z.string().nullable(), crl: z.string().nullable(),
  /** From the signer to the anchor, names only. */
  chain: z.array(z.string()),
  state: CertificateState,
  /** A CA for demonstrations. */
  demo: z.boolean(),
})
export type CertificateSheet = z.infer<typeof CertificateSheet>

export const LaterChangeKind = z.enum(['evidence', 'timestamp', 'signature', 'form', 'annotation', 'pages', 'other'])
/** One signature, judged. What was changed afterwards is told first. */
export const SignatureReport = z.object({
  field: z.string(), kind: z.enum(['signature', 'timestamp']),
  verdict: Verdict, why: SubIndication.nullable(),
  level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'other']),
  signer: CertificateSheet.nullable(),
  /** By chain: the anchor that it ends at; null when none of ours. */
  anchor: z.string().nullable(),
  /** The time that counts, and whose word it is. */
  time: z.object({ at: Instant, source: z.enum(['timestamp', 'document-timestamp', 'claimed']), authority: z.string().nullable() }).nullable(),
  scheme: SignatureScheme.nullable(),
  revision: z.number().int(), revisions: z.number().int(), coversWhole: z.boolean(),
  later: z.array(z.object({ kind: LaterChangeKind, revision: z.number().int(), harmless: z.boolean() })),
  /** How old the evidence is that says "not revoked": from its own thisUpdate. */
  revocation: z.object({
    state: z.enum(['good', 'revoked', 'no-answer', 'not-needed']), source: z.enum(['ocsp', 'crl']).nullable(), from: z.enum(['embedded', 'online', 'kept']).nullable(),
    thisUpdate: Instant.nullable(), nextUpdate: Instant.nullable(), revokedAt: Instant.nullable(),
  }),
  reason: z.string().nullable(), location: z.string().nullable(),
})
export type SignatureReport = z.infer<typeof SignatureReport>

export const AnchorsView = z.object({
  /** Of the signed list of trust anchors. */
  issued: z.iso.date(), origin: z.enum(['shipped', 'file', 'practice']), ageDays: z.number().int(), stale: z.boolean(), signer: z.string(),
  /** Only for demonstrations, until the state's list is loaded; what the list itself says about that. */
  demo: z.boolean(), note: z.object({ vi: z.string(), en: z.string() }),
  anchors: z.array(z.object({ name: z.string(), sha256: z.string(), kind: z.enum(['root', 'ca', 'tsa']), notAfter: Instant, demo: z.boolean(), removed: z.boolean() })),
})
export type AnchorsView = z.infer<typeof AnchorsView>

/** All signatures of a document. `changedSince`: something that a reader sees was changed after one of the signatures; then the verdict is at most INDETERMINATE. */
export const DocumentReport = z.object({
  verdict: Verdict.nullable(), signatures: z.array(SignatureReport), changedSince: z.boolean(), checkedAt: Instant, anchorsIssued: z.iso.date(), encrypted: z.boolean(),
})
export type DocumentReport = z.infer<typeof DocumentReport>

/** In one word, for a badge beside a paper. */
export const SignedBadge = z.object({ verdict: Verdict, signers: z.array(z.string()), changedSince: z.boolean(), checkedAt: Instant })
export type SignedBadge = z.infer<typeof SignedBadge>

export const TokenId = z.string().min(1).max(200).brand<'TokenId'>()
export type TokenId = z.infer<typeof TokenId>
export const PinState = z.enum(['ok', 'last-tries', 'final-try', 'blocked', 'must-change', 'not-set'])
export const TokenCard = z.object({
  id: TokenId, driver: z.string(), label: z.string(), serial: z.string(), maker: z.string(), model: z.string(), pin: PinState, triesLeft: z.number().int().nullable(), readOnly: z.boolean(),
  schemes: z.array(SignatureScheme), keys: z.array(KeyKind), simulated: z.boolean(),
  certificates: z.array(z.object({ keyId: z.string(), hasKey: z.boolean(), sheet: CertificateSheet })),
})
export type TokenCard = z.infer<typeof TokenCard>
/** What is the matter with a simulated token: of each kind that a counter meets there is one to try. */
export const OfferedNote = z.enum(['new', 'ready', 'few-tries', 'blocked', 'full', 'read-only'])
export type OfferedNote = z.infer<typeof OfferedNote>
export const TokensView = z.object({
  tokens: z.array(TokenCard),
  /** Practice mode: simulated tokens that can be plugged in; none outside of it. `pin`: the one it came with, until it was changed. */
  offered: z.array(z.object({ id: TokenId, label: z.string(), serial: z.string(), plugged: z.boolean(), note: OfferedNote, pin: z.string().nullable() })),
  /** A driver that could not be started, hangs or was restarted. */
  troubles: z.array(z.object({ driver: z.string(), code: z.string() })),
  drivers: z.array(z.object({ path: z.string(), name: z.string(), found: z.enum(['known', 'setting', 'simulated']), running: z.boolean() })),
})
export type TokensView = z.infer<typeof TokensView>

/** A licensed CA that the ward registers for. The software never issues anything itself. */
export const CaProvider = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().min(1).max(200), licence: z.string().min(1).max(200), kind: z.enum(['token', 'remote']),
  /** What a citizen pays and when; in the CA's words. */
  price: z.object({ vi: z.string().max(300), en: z.string().max(300) }), years: z.number().int().min(1).max(3), hotline: z.string().max(60), revokeAt: z.string().max(200), terms: z.string().max(60),
  demo: z.boolean(),
})
export type CaProvider = z.infer<typeof CaProvider>
export const ProviderCard = CaProvider.extend({ line: z.enum(['up', 'down', 'unknown']), phoneCodes: z.boolean() })
export type ProviderCard = z.infer<typeof ProviderCard>

export const IssuanceId = z.uuid().brand<'IssuanceId'>()
export type IssuanceId = z.infer<typeof IssuanceId>
/** The steps in their order; `signing:step.<code>`. */
export const ISSUANCE_STEPS = ['consent', 'identity', 'person', 'phone', 'content', 'pin', 'key', 'certificate', 'trial', 'handover'] as const
export const IssuanceStep = z.enum(ISSUANCE_STEPS)
export type IssuanceStep = z.infer<typeof IssuanceStep>
/**
 * `open`: at work; `queued`: everything up to the request is done, the CA is not to be reached; `waiting`: the CA has it;
 * `done`; `stopped` by somebody, `refused` by the CA: nothing was issued, or what was issued was turned down.
 */
export const IssuanceState = z.enum(['open', 'queued', 'waiting', 'done', 'stopped', 'refused'])
export type IssuanceState = z.infer<typeof IssuanceState>

export const IssuanceSubject = z.object({ fullName: z.string().min(1).max(200), idNumber: z.string().regex(/^\d{12}$/), birthDate: z.iso.date(), sex: z.enum(['male', 'female']).nullable(), province: z.string().min(1).max(100) })
export type IssuanceSubject = z.infer<typeof IssuanceSubject>

export const IssuanceView = z.object({
  id: IssuanceId, subject: IssuanceSubject, provider: CaProvider, state: IssuanceState, step: IssuanceStep.nullable(), renewalOf: z.string().nullable(),
  dossierId: DossierId.nullable(), draftId: DraftId.nullable(),
  /** What each step left, in words of data: the screen makes the sentence (`signing:left.<step>.<how>`). */
  left: z.array(z.object({ step: IssuanceStep, at: Instant, how: z.string().max(60), by: z.string() })),
  /** Of the step in hand: what it waits for. */
  waits: z.enum(['officer', 'citizen', 'token', 'ca', 'line', 'phone', 'second-officer', 'nothing']),
  phone: z.string().nullable(), key: KeyKind.nullable(), token: TokenId.nullable(), tokenLabel: z.string().nullable(),
  certificate: CertificateSheet.nullable(),
  trouble: z.object({ code: z.string(), text: z.string().nullable() }).nullable(),
  agreement: z.uuid().brand<'SigningFileId'>().nullable(), handover: z.uuid().brand<'SigningFileId'>().nullable(),
  startedAt: Instant, endedAt: Instant.nullable(), officer: z.string(),
})
export type IssuanceView = z.infer<typeof IssuanceView>
export const IssuanceRow = IssuanceView.pick({ id: true, subject: true, state: true, step: true, waits: true, startedAt: true, endedAt: true, officer: true })
  .extend({ provider: z.string(), expires: Instant.nullable() })
export type IssuanceRow = z.infer<typeof IssuanceRow>

/** What the officer does at a step; what the citizen does comes from the display. */
export const IssuanceAct = z.discriminatedUnion('step', [
  /** Shows consent and terms on the citizen's screen; `paper`: there is no screen, the sheet was read and signed on paper. */
  z.object({ step: z.literal('consent'), how: z.enum(['display', 'paper']) }),
  /** The check that was read with the chip; without a chip a second officer confirms the card. */
  z.object({ step: z.literal('identity'), how: z.enum(['chip', 'card']), check: z.string().max(60).nullable(), second: z.object({ loginName: z.string().max(60), secret: z.string().max(200) }).nullable() }),
  z.object({ step: z.literal('person'), how: z.enum(['face', 'known']) }),
  /** `send` a code; `rang`: the officer called it and it rang here. */
  z.object({ step: z.literal('phone'), how: z.enum(['send', 'ask-code', 'rang']), phone: z.string().regex(/^0\d{9}$/) }),
  z.object({ step: z.literal('content'), how: z.enum(['display', 'paper']) }),
  z.object({ step: z.literal('pin'), token: TokenId.nullable() }),
  z.object({ step: z.literal('key'), key: KeyKind }),
  /** Asks the CA again now. */
  z.object({ step: z.literal('certificate') }),
  z.object({ step: z.literal('trial') }),
  z.object({ step: z.literal('handover'), how: z.enum(['display', 'paper']) }),
])
export type IssuanceAct = z.infer<typeof IssuanceAct>

/** A paper that signing itself keeps: agreement, hand-over record, a report. Not a document of a dossier. */
export const SigningFileId = z.uuid().brand<'SigningFileId'>()
export type SigningFileId = z.infer<typeof SigningFileId>
export const SIGNING_FILES = ['agreement', 'handover', 'daily-list', 'report', 'form', 'declaration', 'other'] as const
export const SigningFileKind = z.enum(SIGNING_FILES)
export type SigningFileKind = z.infer<typeof SigningFileKind>
export const SigningFile = z.object({ id: SigningFileId, kind: SigningFileKind, title: z.string(), size: z.number().int(), at: Instant, level: PadesLevel.nullable(), badge: SignedBadge.nullable() })
export type SigningFile = z.infer<typeof SigningFile>

/** What can be signed: a document of an open draft, or a paper of the office. */
export const SignTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('document'), id: DocumentId }),
  z.object({ kind: z.literal('file'), id: SigningFileId }),
])
export type SignTarget = z.infer<typeof SignTarget>

export const SigningJobId = z.uuid().brand<'SigningJobId'>()
export type SigningJobId = z.infer<typeof SigningJobId>
/** With which key: one on a token, or the citizen's far away. */
export const SignWith = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), token: TokenId, keyId: z.string().max(200) }),
  /** The certificate of an issuance of kind `remote`. */
  z.object({ kind: z.literal('remote'), issuance: IssuanceId }),
])
export type SignWith = z.infer<typeof SignWith>

/** What is to be signed, with what: reviewed once, signed with one PIN. */
export const SignReview = z.object({
  documents: z.array(z.object({ target: SignTarget, title: z.string(), pages: z.number().int().nullable(), size: z.number().int(), signed: SignedBadge.nullable(), refused: z.string().nullable() })),
  certificate: CertificateSheet, scheme: SignatureScheme, level: PadesLevel, token: TokenCard.nullable(),
  /** Said before anything is signed (Circular 15/2025): expired, revoked, revocation not to be checked, demo, clock; of another person than the applicant of the dossier. */
  warnings: z.array(z.enum(['expired', 'not-yet', 'revoked', 'revocation-unknown', 'demo', 'chain-unknown', 'clock', 'other-person', 'last-tries', 'final-try', 'blocked'])),
})
export type SignReview = z.infer<typeof SignReview>
export const SigningJob = z.object({
  id: SigningJobId, state: z.enum(['waiting', 'signing', 'done', 'failed', 'refused', 'expired']), how: z.enum(['token', 'remote', 'software']), signer: z.string(),
  documents: z.array(z.object({ target: SignTarget, title: z.string(), level: PadesLevel.nullable(), code: z.string().nullable() })), startedAt: Instant, endedAt: Instant.nullable(), trouble: z.string().nullable(),
})
export type SigningJob = z.infer<typeof SigningJob>

/** Towards the ward's target: certificates handed over. */
export const SigningCount = z.object({ day: z.iso.date(), done: z.number().int(), open: z.number().int(), queued: z.number().int(), month: z.number().int(), year: z.number().int(), target: z.number().int().nullable() })
export type SigningCount = z.infer<typeof SigningCount>
