import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import type { PadesLevel } from '@contract/signing'
import type { Certificate } from '../../identity/pki'
import type { IssuerSource } from '../cms'
import { addEvidence, embedSignature, prepareTimestamp, readEvidence, readSignatures } from '../pdf'
import type { Evidence, RevocationSource, StampSource } from '../ports'
import { gather, missing, readCertificates } from './gather'
import { documentStamp, type GoodStamp, intactSignature, type IntactSignature, toProve, type ToProve } from './proofs'

export type UpgradeMeans = Readonly<{
  stamps: StampSource | null
  revocation: RevocationSource
  /** Certificates that are trusted (anchors, and CAs under them); DER. */
  issuers: readonly Uint8Array[]
  /** Where issuers that are not among them may be asked for. */
  issuerSource?: IssuerSource | null
  /** Whose missing issuers may be asked for there: a PDF that came in may name any address. Left out: everybody's. */
  ours?: (signer: Certificate) => boolean
  goal?: Exclude<PadesLevel, 'B-B'>
  now?: () => Date
}>

export type Upgraded = Readonly<{ bytes: Uint8Array; level: Exclude<PadesLevel, 'B-B'>; evidence: Evidence }>

type Timed = Readonly<{ one: IntactSignature; stamps: readonly GoodStamp[] }>

const NOTHING: Evidence = { certificates: [], lists: [], ocsp: [] }

/**
 * Takes all signatures of a PDF to B-T (by a document timestamp over everything, where one has no stamp of its own) and to B-LT (by a DSS). By
 * increments only: the given bytes are an exact prefix. Nothing is done by halves: whoever wants to keep the stamp while revocation is silent takes the two
 * steps one by one (`goal`). A file that has everything is given back as it came.
 * @throws AppError KS-010 … KS-014; KS-015 for a signature that is broken; KS-060, KS-061, KS-062, KS-063
 */
export async function upgrade(bytes: Uint8Array, means: UpgradeMeans): Promise<Upgraded> {
  const { goal = 'B-LT', now = () => new Date() } = means
  const stamped = await withTime(bytes, means.stamps)
  if (goal === 'B-T') return { bytes: stamped, level: 'B-T', evidence: NOTHING }
  const held = readEvidence(stamped)
  const timed = timedSignatures(stamped)
  const ours = means.ours ?? (() => true)
  const wanted = timed.flatMap(({ one, stamps }): ToProve[] => [
    { certificate: one.signer, since: earliest(stamps), until: earliest(stamps), beside: one.beside, fetches: ours(one.signer) }, ...stamps.map((stamp) => toProve(stamp, now(), ours(one.signer))),
  ])
  const known = { trusted: readCertificates(means.issuers), beside: readCertificates(held.certificates), fetch: means.issuerSource ?? null }
  const evidence = await gather(wanted, { revocation: means.revocation, known, held })
  const more = missing(evidence, held)
  const complete = more.certificates.length + more.lists.length + more.ocsp.length === 0
  return { bytes: complete ? stamped : addEvidence(stamped, more), level: 'B-LT', evidence }
}

async function withTime(bytes: Uint8Array, stamps: StampSource | null): Promise<Uint8Array> {
  if (timedSignatures(bytes).every(({ stamps: own }) => own.length > 0)) return bytes
  if (stamps === null) throw new AppError(signingErrors.stampSilent)
  const prepared = prepareTimestamp(bytes)
  return embedSignature(prepared, await stamps.stamp(prepared.digest))
}

/** Each signature with the stamps that show when it was there: its own, and those of the document after it. */
function timedSignatures(bytes: Uint8Array): Timed[] {
  const all = readSignatures(bytes)
  const timestamps = all.filter(({ kind }) => kind === 'timestamp').map((signature) => ({ signature, good: documentStamp(bytes, signature) }))
  const signatures = all.filter(({ kind }) => kind === 'signature').map((signature) => intactSignature(bytes, signature))
  if (signatures.length === 0) throw new AppError(signingErrors.notSigned)
  return signatures.map((one) => ({ one, stamps: [...one.stamps, ...timestamps.filter(({ signature }) => signature.end > one.signature.end).flatMap(({ good }) => good)] }))
}

const earliest = (stamps: readonly GoodStamp[]): Date => new Date(Math.min(...stamps.map(({ stamp }) => stamp.at.getTime())))
