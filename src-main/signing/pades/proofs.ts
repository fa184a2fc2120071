import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type Certificate, certificatesOf, concat, type Hash, HASHES, namesCertificate, parseSignedData, type SignedData, TAG, verifySignature } from '../../identity/pki'
import { judgeStamp, judgeStampOfDigest, messageDigestOf, parseStamp, signatureStamps, signerParts, type Stamp, stampCertificates } from '../cms'
import { signedPieces } from '../pdf'
import type { PdfSignature } from '../ports'

/** A certificate whose state has to be proved: by evidence from `since` on; a revocation up to `until` counts. */
export type ToProve = Readonly<{
  certificate: Certificate; since: Date; until: Date; beside: readonly Certificate[]
  /** Whether issuers that are missing may be fetched from where it says: the addresses of a stranger's certificate are anybody's. */
  fetches: boolean
}>

/** A signature of a PDF that is intact, with its own stamps that are good. */
export type IntactSignature = Readonly<{ signature: PdfSignature; signer: Certificate; beside: readonly Certificate[]; stamps: readonly GoodStamp[] }>
export type GoodStamp = Readonly<{ stamp: Stamp; signer: Certificate }>

const MOST_CERTIFICATES = 16

const hashed = (hash: Hash, pieces: readonly Uint8Array[]): Uint8Array => {
  const state = createHash(HASHES[hash].node)
  for (const piece of pieces) state.update(piece)
  return state.digest()
}

/** What cannot be read or does not fit is no signature that could be proved. @throws AppError KS-015 */
function orChanged<T>(act: () => T | null): T {
  try {
    const result = act()
    if (result !== null) return result
  } catch (cause) {
    throw new AppError(signingErrors.documentChanged, {}, { cause })
  }
  throw new AppError(signingErrors.documentChanged)
}

/** @throws AppError KS-015 for a signature that is not over this document or not by its signer */
export function intactSignature(bytes: Uint8Array, signature: PdfSignature): IntactSignature {
  return orChanged(() => {
    const data = parseSignedData(signature.contents)
    const parts = signerParts(signature.contents)
    const certificates = certificatesOf(data, MOST_CERTIFICATES)
    const signer = signerOf(data, certificates)
    const told = messageDigestOf(parts)
    const [{ digest: hash } = { digest: null }] = data.signers
    if (signer === null || told === null || hash === null || !signature.wellFormed || Buffer.compare(told, hashed(hash, signedPieces(bytes, signature))) !== 0) return null
    return { signature, signer, beside: certificates, stamps: signatureStamps(parts).flatMap((token) => goodStamp(token, (stamp) => judgeStamp(stamp, parts.signature))) }
  })
}

/** The only signer's certificate, by name and by the signature over the attributes. */
function signerOf({ signers }: SignedData, certificates: readonly Certificate[]): Certificate | null {
  const [one, ...others] = signers
  if (one === undefined || others.length > 0 || one.attributes === null) return null
  const bytes = concat(Uint8Array.of(TAG.set), one.attributes.raw.subarray(1))
  return certificates.find((certificate) => namesCertificate(one, certificate)
    && verifySignature({ algorithm: one.algorithm, spki: certificate.spki, bytes, signature: one.signature, digest: one.digest }) === 'valid') ?? null
}

/** A document timestamp, when it is good. */
export const documentStamp = (bytes: Uint8Array, signature: PdfSignature): GoodStamp[] => {
  const pieces = signedPieces(bytes, signature)
  return signature.wellFormed ? goodStamp(signature.contents, (stamp) => (stamp.hash === 'SHA-256' ? judgeStampOfDigest(stamp, hashed('SHA-256', pieces)) : judgeStamp(stamp, concat(...pieces)))) : []
}

function goodStamp(token: Uint8Array, judge: (stamp: Stamp) => ReturnType<typeof judgeStamp>): GoodStamp[] {
  try {
    const stamp = parseStamp(token)
    const { trouble, signer } = judge(stamp)
    return trouble === null && signer !== null ? [{ stamp, signer }] : []
  } catch {
    return []
  }
}

/** The authority of a stamp must not have been revoked until now: nothing later vouches for it. */
export const toProve = ({ stamp, signer }: GoodStamp, now: Date, fetches: boolean): ToProve => ({ certificate: signer, since: stamp.at, until: now, beside: stampCertificates(stamp), fetches })
