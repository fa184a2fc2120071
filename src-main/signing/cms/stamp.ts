import { type Certificate, childrenOf, digest, expect, findSigner, first, type Hash, hashOf, hexOf, HASHES, inForce, malformed, oidOf, parseCertificate, parseSignedData, type SignedData, TAG, timeOf, walk } from '../../identity/pki'
import { PURPOSE } from '../certificate-facts'
import { OID } from './oids'
import { signerCertificateIs, signerParts } from './signer-parts'

/** An RFC 3161 token, read but not judged. */
export type Stamp = Readonly<{
  raw: Uint8Array
  /** Of the authority, UTC. */
  at: Date
  policy: string
  serial: string
  hash: Hash | null
  imprint: Uint8Array
  /** INTEGER as it came, hexadecimal; null when there is none. */
  nonce: string | null
  data: SignedData
}>

/** Reads a TimeStampToken (RFC 3161 §2.4.2); what follows it, as in a place for a signature, is left out. @throws AppError THE-009 */
export function parseStamp(bytes: Uint8Array): Stamp {
  const { raw } = first(bytes)
  const data = parseSignedData(raw)
  if (data.contentType !== OID.stampInfo || data.content === null) throw malformed()
  const fields = walk(first(data.content), TAG.sequence)
  fields.next(TAG.integer)
  const policy = oidOf(fields.next())
  const [algorithm, imprint] = childrenOf(fields.next(), TAG.sequence)
  const serial = fields.next(TAG.integer)
  const at = timeOf(fields.next(TAG.time))
  fields.optional(TAG.sequence)
  fields.optional(TAG.boolean)
  const nonce = fields.optional(TAG.integer)
  return {
    raw, at, policy, serial: hexOf(serial.value), hash: algorithm ? hashOf(algorithm) : null, imprint: expect(imprint, TAG.octets).value,
    nonce: nonce ? hexOf(nonce.value) : null, data,
  }
}

/** Null: the stamp is what it says. `imprint`: over something else. */
export type StampTrouble = 'imprint' | 'signature' | 'certificate'
export type StampProof = Readonly<{ trouble: StampTrouble | null; signer: Certificate | null }>

/**
 * Judges a stamp by itself: over these bytes, signed by the certificate that it names and commits to (RFC 5816), which is for time stamping
 * and nothing else (RFC 3161 §2.3) and was in force. Whether the authority is trusted is for the chain to say. Never throws.
 */
export function judgeStamp(stamp: Stamp, covered: Uint8Array): StampProof {
  return judgeStampOver(stamp, stamp.hash === null ? null : digest(stamp.hash, covered))
}

/** The same for what is known by its SHA-256 only. */
export const judgeStampOfDigest = (stamp: Stamp, sha256: Uint8Array): StampProof => judgeStampOver(stamp, stamp.hash === 'SHA-256' ? sha256 : null)

function judgeStampOver(stamp: Stamp, wanted: Uint8Array | null): StampProof {
  if (stamp.hash === null || wanted === null || stamp.imprint.length !== HASHES[stamp.hash].length || Buffer.compare(wanted, stamp.imprint) !== 0) return { trouble: 'imprint', signer: null }
  const [signer, ...others] = stamp.data.signers
  if (signer === undefined || others.length > 0) return { trouble: 'signature', signer: null }
  const proof = findSigner(stamp.data, signer)
  const { certificate } = proof
  if (proof.state !== 'valid' || certificate === null) return { trouble: 'signature', signer: null }
  return { trouble: proof.named && isForStamps(certificate) && inForce(certificate, stamp.at) && commits(stamp, certificate) ? null : 'certificate', signer: certificate }
}

const isForStamps = ({ extensions: { extendedKeyUsage, keyUsage } }: Certificate): boolean =>
  extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === PURPOSE.timeStamping && (keyUsage === null || keyUsage.has(0) || keyUsage.has(1))

function commits({ raw }: Stamp, certificate: Certificate): boolean {
  try {
    return signerCertificateIs(signerParts(raw), certificate) === true
  } catch {
    return false
  }
}

/** The certificates that a stamp carries, those that can be read. */
export const stampCertificates = ({ data }: Stamp): Certificate[] => data.certificates.flatMap((raw) => {
  try {
    return [parseCertificate(raw)]
  } catch {
    return []
  }
})
