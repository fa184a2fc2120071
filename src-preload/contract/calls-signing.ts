import { z } from 'zod'
import { call } from './call'
import { DocumentId, DossierId, DraftId } from './ids'
import {
  AnchorsView, DocumentReport, IssuanceAct, IssuanceId, IssuanceRow, IssuanceState, IssuanceSubject, IssuanceView, ProviderCard, SignReview, SignTarget, SignWith, SignedBadge,
  SigningCount, SigningFile, SigningFileId, SigningJob, SigningJobId, TokenId, TokensView,
} from './signing'

const ok = z.object({ ok: z.literal(true) })
const bytes = z.instanceof(Blob)
const which = z.object({ id: IssuanceId })
/** Typed by the officer for the officer's own token; goes to the driver and is kept nowhere. */
const ownPin = z.string().min(4).max(64)

/** Tokens that are plugged in. */
export const tokenCalls = {
  view: call.meta({ access: 'signed-in', about: 'Tokens, their certificates, how the PIN stands, drivers and their troubles' }).output(TokensView),
  refresh: call.meta({ access: 'signed-in', about: 'Looks again, and starts a driver anew that hung' }).output(TokensView),
  changePin: call.meta({ access: 'receive', about: 'The officer\'s own token gets another PIN (KS-023 wrong, KS-024 blocked, KS-026 refused)' })
    .input(z.object({ token: TokenId, pin: ownPin, next: ownPin })).output(TokensView),
  /** The citizen types old and new on the display. */
  changePinOnDisplay: call.meta({ access: 'receive', about: 'The citizen\'s token gets another PIN, typed on the display (MH-002 no display)' }).input(z.object({ token: TokenId })).output(ok),
  saveCertificate: call.meta({ access: 'signed-in', about: 'Saves the certificate as a file where the officer says' }).input(z.object({ token: TokenId, keyId: z.string().max(200) })).output(z.object({ saved: z.boolean() })),
  /** Practice mode only. */
  plug: call.meta({ access: 'signed-in', about: 'Practice: plugs a simulated token in or pulls it out' }).input(z.object({ token: z.string().max(60), plugged: z.boolean() })).output(TokensView),
}

/** Issuing a citizen's signature; a step that was done stays done over restarts. */
export const issuanceCalls = {
  providers: call.meta({ access: 'receive', about: 'Licensed CAs that the ward registers for, and whether they answer' }).output(z.array(ProviderCard)),
  list: call.meta({ access: 'receive', about: 'Issuances, newest first' })
    .input(z.object({ states: z.array(IssuanceState).max(6).optional(), query: z.string().max(200).optional(), before: z.string().max(100).optional(), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ items: z.array(IssuanceRow), next: z.string().nullable() })),
  get: call.meta({ access: 'receive', about: 'One issuance (KS-050)' }).input(which).output(IssuanceView),
  /** From the draft in hand, or from a person alone; `renewalOf` is the serial of the old certificate. */
  start: call.meta({ access: 'receive', about: 'Begins an issuance (KS-054 there is an open one of this person; KS-039 no CA is set up)' })
    .input(z.object({ draftId: DraftId.nullable(), dossierId: DossierId.nullable(), subject: IssuanceSubject, provider: z.string().max(40), renewalOf: z.string().max(80).nullable() })).output(IssuanceView),
  provider: call.meta({ access: 'receive', about: 'Another CA, as long as no key pair is made' }).input(which.extend({ provider: z.string().max(40) })).output(IssuanceView),
  act: call.meta({ access: 'receive', about: 'Does the step in hand (KS-051 it is another\'s turn)' }).input(which.extend({ act: IssuanceAct })).output(IssuanceView),
  again: call.meta({ access: 'receive', about: 'The step before is done once more, as long as no key pair is made' }).input(which).output(IssuanceView),
  stop: call.meta({ access: 'receive', about: 'Gives it up; a certificate that came is turned down at the CA' }).input(which.extend({ why: z.string().trim().min(1).max(300) })).output(IssuanceView),
  /** What is printed: by the paper's data, again as often as wanted. */
  print: call.meta({ access: 'receive', about: 'Prints agreement, hand-over record, leaflet or the slip of an issuance that waits' })
    .input(which.extend({ paper: z.enum(['agreement', 'handover', 'leaflet', 'slip']) })).output(z.object({ printed: z.enum(['printed', 'cancelled']) })),
  count: call.meta({ access: 'receive', about: 'Today, this month, this year, towards the target' }).output(SigningCount),
  dailyList: call.meta({ access: 'supervise', about: 'The list of a day as PDF: printed, or saved where the officer says' })
    .input(z.object({ day: z.iso.date(), to: z.enum(['printer', 'file']) })).output(z.object({ outcome: z.enum(['printed', 'saved', 'cancelled']) })),
}

/** Signing documents and judging signatures. */
export const signingCalls = {
  review: call.meta({ access: 'receive', about: 'Everything that is about to be signed, and what speaks against it' })
    .input(z.object({ targets: z.array(SignTarget).min(1).max(100), with: SignWith })).output(SignReview),
  /** `citizen`: the PIN is typed on the display. `own`: the officer's or supervisor's own token. */
  sign: call.meta({ access: 'receive', about: 'Signs all of it with one PIN; a remote job goes on in the background (KS-070 …)' })
    .input(z.object({ targets: z.array(SignTarget).min(1).max(100), with: SignWith, pin: z.discriminatedUnion('kind', [z.object({ kind: z.literal('citizen') }), z.object({ kind: z.literal('own'), pin: ownPin }), z.object({ kind: z.literal('none') })]), reason: z.string().trim().max(200).nullable() }))
    .output(SigningJob),
  job: call.meta({ access: 'receive', about: 'How a job stands' }).input(z.object({ id: SigningJobId })).output(SigningJob),
  jobs: call.meta({ access: 'receive', about: 'Jobs that are not done, and those of today' }).output(z.array(SigningJob)),
  cancel: call.meta({ access: 'receive', about: 'Does not wait for a remote job any longer' }).input(z.object({ id: SigningJobId })).output(SigningJob),
  /** What the draft records, as a paper that the citizen can sign; made anew when the draft changed. `placed`: among its documents, so that it goes out with the dossier. */
  declaration: call.meta({ access: 'receive', about: 'The declaration of a draft as PDF, among its documents where the procedure has a form (HS-003 no procedure or name yet)' })
    .input(z.object({ draftId: DraftId })).output(z.object({ target: SignTarget, placed: z.boolean() })),
  /** What leaves the counter, kept as it is now so that the office can sign it. */
  receipt: call.meta({ access: 'receive', about: 'Mẫu 01 of a dossier as a paper to sign; the same again while the dossier is of the same version (HS-004)' }).input(z.object({ dossierId: DossierId })).output(z.object({ target: SignTarget })),
  dailyList: call.meta({ access: 'supervise', about: 'The list of a day as a paper to sign' }).input(z.object({ day: z.iso.date() })).output(z.object({ target: SignTarget })),
  report: call.meta({ access: 'receive', about: 'All signatures of a document, judged now with what is kept and, if the line is up, asked anew' })
    .input(z.object({ target: SignTarget, online: z.boolean().default(true) })).output(DocumentReport),
  badges: call.meta({ access: 'receive', about: 'In one word, for the signed ones among these documents' }).input(z.object({ documents: z.array(DocumentId).max(200) })).output(z.record(z.string(), SignedBadge)),
  /** A PDF from anywhere, judged and not kept. */
  check: call.meta({ access: 'signed-in', about: 'Judges a PDF file that is not kept' }).input(z.object({ file: bytes, name: z.string().max(255) })).output(DocumentReport),
  /** The bytes up to the end of a revision: what the signer saw. */
  revision: call.meta({ access: 'receive', about: 'The document as it was signed' }).input(z.object({ target: SignTarget, revision: z.number().int().min(1) })).output(bytes),
  files: call.meta({ access: 'receive', about: 'Papers that signing keeps' }).input(z.object({ issuance: IssuanceId.optional(), day: z.iso.date().optional() })).output(z.array(SigningFile)),
  read: call.meta({ access: 'receive', about: 'The bytes of such a paper' }).input(z.object({ id: SigningFileId })).output(bytes),
  save: call.meta({ access: 'receive', about: 'Saves the signed file where the officer says' }).input(z.object({ target: SignTarget })).output(z.object({ saved: z.boolean() })),
  anchors: call.meta({ access: 'signed-in', about: 'Trust anchors, their date and age' }).output(AnchorsView),
  importAnchors: call.meta({ access: 'administer', about: 'Takes a newer signed list of anchors from a file (KS-066)' }).input(z.object({ file: bytes })).output(AnchorsView),
  removeAnchor: call.meta({ access: 'administer', about: 'Trusts an anchor no longer, or again' }).input(z.object({ sha256: z.string().max(64), removed: z.boolean() })).output(AnchorsView),
}
