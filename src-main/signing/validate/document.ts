import { setImmediate } from 'node:timers/promises'
import type { DocumentReport, SignatureReport, Verdict } from '@contract/signing'
import { parseStamp } from '../cms'
import { encrypted, readEvidence, readSignatures, revisionCount, signedPieces } from '../pdf'
import type { Evidence, PdfSignature } from '../ports'
import { type CmsParts, readCms, stampsOf } from './cms-parts'
import { type Context, openContext, type ValidationWish } from './context'
import { readCertificates } from './evidence'
import { covering, type Found, judgeSignature, provenBy, stampReport, type StampedDocument } from './signature-verdict'
import { judgeToken } from './stamps'

/** More signatures than people make, or than can be hashed in a few seconds, are not judged. */
const MOST_SIGNATURES = 64
const MOST_HASHED = 2_000_000_000
const mostOf = ({ length }: Uint8Array): number => Math.min(MOST_SIGNATURES, Math.max(4, Math.floor(MOST_HASHED / length)))
const WORST: readonly Verdict[] = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED']

function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch {
    return null
  }
}

const foundOf = (bytes: Uint8Array) => (signature: PdfSignature): Found =>
  ({ signature, pieces: signedPieces(bytes, signature), cms: orNull(() => readCms(signature.contents)) })

const inStamp = (token: Uint8Array): readonly Uint8Array[] => orNull(() => parseStamp(token).data.certificates) ?? []
const inCms = (cms: CmsParts): Evidence => ({ ...cms.evidence, certificates: [...cms.evidence.certificates, ...stampsOf(cms).flatMap(inStamp)] })

/** All evidence in the file: of signatures, stamps and the document's own store. Whose word it is, is checked where it is used. */
function embeddedIn(bytes: Uint8Array, found: readonly Found[]): Evidence {
  const all = [...found.flatMap(({ cms }) => (cms ? [inCms(cms)] : [])), orNull(() => readEvidence(bytes))].filter((one) => one !== null)
  return { certificates: all.flatMap((one) => one.certificates), lists: all.flatMap((one) => one.lists), ocsp: all.flatMap((one) => one.ocsp) }
}

/** Document timestamps from the newest on: each is proven by those that cover it. */
async function judgeStamped(found: readonly Found[], context: Context): Promise<StampedDocument[]> {
  const stamped: StampedDocument[] = []
  for (const { signature, pieces } of found.filter((one) => one.signature.kind === 'timestamp').toSorted((one, other) => other.signature.end - one.signature.end)) {
    const proven = provenBy([], covering(signature, stamped))?.at ?? null
    const stamp = await judgeToken(signature.contents, pieces, proven, context)
    stamped.push({ signature, stamp: signature.wellFormed ? stamp : { ...stamp, why: 'FORMAT_FAILURE', rooted: false } })
  }
  return stamped
}

async function judgeAll(bytes: Uint8Array, found: readonly Found[], context: Context): Promise<SignatureReport[]> {
  const stamped = await judgeStamped(found, context)
  const revisions = orNull(() => revisionCount(bytes)) ?? Math.max(1, ...found.map(({ signature }) => signature.revision))
  const reports: SignatureReport[] = []
  for (const one of found) {
    const document = stamped.find(({ signature }) => signature === one.signature)
    reports.push(document ? stampReport(bytes, one, revisions, document.stamp, context.now) : await judgeSignature(bytes, one, revisions, stamped, context))
    // Hashing a large file takes its time: others get theirs in between.
    await setImmediate()
  }
  return reports
}

/** The worst of all; what a reader sees and nobody signed keeps a document from being valid. */
function worst(reports: readonly SignatureReport[], changedSince: boolean, left: number): Verdict | null {
  const verdict = WORST.find((one) => reports.some((report) => report.verdict === one)) ?? null
  return verdict === 'TOTAL-PASSED' && (changedSince || left > 0) ? 'INDETERMINATE' : verdict
}

/**
 * Judges every signature of a PDF (EN 319 102-1), with the trust anchors in force and the evidence in the file, kept, and, where a line is given, asked
 * anew. Encrypted files are not judged: `encrypted` says so. @throws AppError KS-010, KS-012 for what is no PDF that can be read
 */
export async function validateDocument(bytes: Uint8Array, wish: ValidationWish): Promise<DocumentReport> {
  const told = { checkedAt: wish.at.toISOString() as DocumentReport['checkedAt'], anchorsIssued: wish.anchors.list.issued }
  if (encrypted(bytes)) return { ...told, verdict: null, signatures: [], changedSince: false, encrypted: true }
  const all = readSignatures(bytes)
  const found = all.slice(0, mostOf(bytes)).map(foundOf(bytes))
  const embedded = embeddedIn(bytes, found)
  const signatures = await judgeAll(bytes, found, openContext(wish, readCertificates(embedded.certificates), embedded))
  const changedSince = signatures.some(({ later }) => later.some(({ harmless }) => !harmless))
  return { ...told, verdict: worst(signatures, changedSince, all.length - found.length), signatures, changedSince, encrypted: false }
}
