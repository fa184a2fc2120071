import type { SignatureReport, SubIndication, Verdict } from '@contract/signing'
import { laterChanges } from '../pdf'
import type { LaterChange, PdfSignature } from '../ports'
import { type CertificateVerdict, judgeCertificate, judgedSheet } from './certificate-verdict'
import { type CmsParts, stampsOf } from './cms-parts'
import { type Context, embeddedAbout } from './context'
import { checkIntegrity, type Integrity, type Pieces } from './integrity'
import { type Moment, revocationReport } from './revocation'
import { type JudgedStamp, judgeToken } from './stamps'

/** A signature as it lies in the file, with what was read of it. */
export type Found = Readonly<{ signature: PdfSignature; cms: CmsParts | null; pieces: Pieces }>
/** A document timestamp and what it is worth. */
export type StampedDocument = Readonly<{ signature: PdfSignature; stamp: JudgedStamp }>

/** Sub-indications that make a signature fail for good (EN 319 102-1 §5.1.3, table 5). */
const FAILED: ReadonlySet<SubIndication> = new Set(['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'EXPIRED', 'NOT_YET_VALID'])
const HARMLESS: ReadonlySet<LaterChange['kind']> = new Set(['evidence', 'timestamp', 'signature'])

export const verdictOf = (why: SubIndication | null): Verdict => (why === null ? 'TOTAL-PASSED' : FAILED.has(why) ? 'TOTAL-FAILED' : 'INDETERMINATE')

type Later = SignatureReport['later']
type Time = NonNullable<SignatureReport['time']>
const instant = (date: Date): Time['at'] => date.toISOString() as Time['at']

/** What was changed after a signature. What cannot be told apart counts as a change that a reader sees. */
function laterOf(bytes: Uint8Array, signature: PdfSignature): Later {
  if (signature.coversWhole) return []
  const changes = (() => {
    try {
      return laterChanges(bytes, signature)
    } catch {
      return null
    }
  })()
  if (changes === null) return [{ kind: 'other', revision: signature.revision + 1, harmless: false }]
  return changes.map(({ kind, revision }) => ({ kind, revision, harmless: HARMLESS.has(kind) }))
}

/** Document timestamps that cover a signature, or another timestamp, oldest first. */
export const covering = (signature: PdfSignature, stamped: readonly StampedDocument[]): StampedDocument[] =>
  stamped.filter(({ signature: { end, wellFormed } }) => wellFormed && end > signature.end)
    .toSorted((one, other) => one.signature.end - other.signature.end)

type Proof = Readonly<{ at: Date; source: 'timestamp' | 'document-timestamp'; authority: string | null }>

/** The earliest time that a trusted stamp proves (EN 319 102-1 §5.5.4). */
export function provenBy(own: readonly JudgedStamp[], documents: readonly StampedDocument[]): Proof | null {
  const proofs = [
    ...own.map((stamp) => ({ stamp, source: 'timestamp' as const })), ...documents.map(({ stamp }) => ({ stamp, source: 'document-timestamp' as const })),
  ].flatMap(({ stamp, source }): Proof[] => (stamp.why === null && stamp.at !== null ? [{ at: stamp.at, source, authority: stamp.authority }] : []))
  return proofs.toSorted((one, other) => one.at.getTime() - other.at.getTime())[0] ?? null
}

function timeOf(proof: Proof | null, claimed: Date | null): SignatureReport['time'] {
  if (proof) return { at: instant(proof.at), source: proof.source, authority: proof.authority }
  return claimed && { at: instant(claimed), source: 'claimed', authority: null }
}

/** B-B as made; B-T with a stamp under our anchors; B-LT with evidence about the signer in the file; B-LTA when a stamp covers that (EN 319 142-1 §6). */
function levelOf({ baseline, certificate }: Integrity, own: readonly JudgedStamp[], documents: readonly StampedDocument[], later: Later, verdict: CertificateVerdict | null, context: Context): SignatureReport['level'] {
  if (!baseline) return 'other'
  const rooted = documents.filter(({ stamp }) => stamp.rooted)
  if (!own.some((stamp) => stamp.rooted) && rooted.length === 0) return 'B-B'
  const issuer = verdict?.path?.certificates[1]
  if (certificate === null || issuer === undefined || embeddedAbout(context, certificate, issuer).length === 0) return 'B-T'
  const evidence = later.find(({ kind }) => kind === 'evidence')
  return evidence && rooted.some(({ signature }) => signature.revision > evidence.revision) ? 'B-LTA' : 'B-LT'
}

const unread = (state: 'no-answer' | 'not-needed'): SignatureReport['revocation'] => ({ state, source: null, from: null, thisUpdate: null, nextUpdate: null, revokedAt: null })

type Told = Readonly<{ why: SubIndication | null; integrity: Integrity; verdict: CertificateVerdict | null; time: SignatureReport['time']; level: SignatureReport['level']; later: Later }>

function report({ signature }: Found, revisions: number, { why, integrity, verdict, time, level, later }: Told, now: Date): SignatureReport {
  const { field, kind, revision, coversWhole, reason, location } = signature
  return {
    field, kind, revision, revisions, coversWhole, reason, location, verdict: verdictOf(why), why, level, later, time, scheme: integrity.scheme,
    signer: integrity.certificate && judgedSheet(integrity.certificate, verdict ?? { why, path: null, revocation: null }, now),
    anchor: verdict?.path?.anchor.name ?? null,
    revocation: verdict === null ? unread('no-answer') : revocationReport(verdict.revocation),
  }
}

/** A signature, judged with everything that the file and the office have. */
export async function judgeSignature(bytes: Uint8Array, found: Found, revisions: number, stamped: readonly StampedDocument[], context: Context): Promise<SignatureReport> {
  const { signature, cms, pieces } = found
  const later = laterOf(bytes, signature)
  const integrity = checkIntegrity(cms, signature, pieces, context.pool)
  const documents = covering(signature, stamped)
  const own: JudgedStamp[] = []
  if (cms !== null && integrity.why !== 'FORMAT_FAILURE') {
    const proven = provenBy([], documents)?.at ?? null
    for (const token of stampsOf(cms)) own.push(await judgeToken(token, [cms.signer.signature, new Uint8Array(0)], proven, context))
  }
  const proof = provenBy(own, documents)
  const moment: Moment = { now: context.now, proven: proof?.at ?? null }
  // A broken signature is not asked about anywhere: whose it says to be is told, and no more.
  const asking = integrity.why === null ? context : { ...context, online: null }
  const verdict = integrity.certificate && await judgeCertificate(integrity.certificate, 'signing', moment, signature.claimedAt, asking)
  const why = integrity.why ?? (verdict === null ? 'NO_SIGNING_CERTIFICATE_FOUND' : verdict.why)
  const level = levelOf(integrity, own, documents, later, verdict, context)
  return report(found, revisions, { why, integrity, verdict, time: timeOf(proof, signature.claimedAt), level, later }, context.now)
}

/** A document timestamp as a signature of its own. */
export function stampReport(bytes: Uint8Array, found: Found, revisions: number, { why, at, authority, certificate, verdict }: JudgedStamp, now: Date): SignatureReport {
  const { signature } = found
  const wrong = signature.wellFormed ? why : 'FORMAT_FAILURE'
  return report(found, revisions, {
    why: wrong, integrity: { why: wrong, certificate, scheme: null, baseline: false }, verdict, level: 'other', later: laterOf(bytes, signature),
    time: at && { at: instant(at), source: 'document-timestamp', authority },
  }, now)
}
