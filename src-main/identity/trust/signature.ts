import { bitLength, toInteger, toOctets } from '../chip/integers'
import { concat, type Tlv } from '../chip/tlv'
import { digest, type Hash, type Scheme, schemeOf, schemeText } from './algorithms'
import { TAG, walk, whole } from './der'
import { type PublicKey, publicKeyOf } from './public-key'
import { verifyPkcs1, verifyPss } from './rsa'

export type SignatureState = 'valid' | 'invalid' | 'unsupported'

export type Signed = Readonly<{
  /** AlgorithmIdentifier of the signature. */
  algorithm: Tlv
  /** SubjectPublicKeyInfo of the signer. */
  spki: Tlv
  /** What was signed, byte by byte. */
  bytes: Uint8Array
  signature: Uint8Array
  /** Digest algorithm of a CMS signer, for those that name only their key's algorithm. */
  digest?: Hash | null
}>

/** Verifies one signature (9303-12 §4.1.6). What we cannot do is `unsupported`, what cannot be read is `invalid`: nothing is thrown. */
export function verifySignature(signed: Signed): SignatureState {
  try {
    const scheme = schemeOf(signed.algorithm, signed.digest ?? null)
    const key = publicKeyOf(signed.spki)
    if (scheme === null || key.kind === 'unsupported') return 'unsupported'
    return matches(scheme, key, signed) ? 'valid' : 'invalid'
  } catch {
    return 'invalid'
  }
}

function matches(scheme: Scheme, key: Exclude<PublicKey, { kind: 'unsupported' }>, { bytes, signature }: Signed): boolean {
  if (scheme.kind === 'ecdsa') return key.kind === 'ec' && verifyEcdsa(key, digest(scheme.hash, bytes), signature, scheme.plain)
  if (key.kind !== 'rsa') return false
  return scheme.kind === 'rsa-pss' ? verifyPss(key, scheme, bytes, signature) : verifyPkcs1(key, scheme.hash, bytes, signature)
}

function verifyEcdsa({ curve, point }: Extract<PublicKey, { kind: 'ec' }>, hashed: Uint8Array, signature: Uint8Array, plain: boolean): boolean {
  const size = curve.ecdsa.Point.Fn.BYTES
  const fixed = plain ? plainSignature(signature, size) : sequenceSignature(signature, size)
  // A known curve may have compressed points; the square root on an unknown one is not worth its risk.
  if (fixed === null || (curve.name === null && point[0] !== 4)) return false
  return curve.ecdsa.verify(fixed, hashed, point, { prehash: false, lowS: false, format: 'compact' })
}

/** `ECDSA-Sig-Value` (RFC 3279 §2.2.3) as r‖s; null when a part is too long. */
function sequenceSignature(signature: Uint8Array, size: number): Uint8Array | null {
  const fields = walk(whole(signature, TAG.sequence), TAG.sequence)
  const parts = [fields.next(TAG.integer), fields.next(TAG.integer)].map(({ value }) => toInteger(value))
  return parts.every((part) => bitLength(part) <= size * 8) ? concat(...parts.map((part) => toOctets(part, size))) : null
}

function plainSignature(signature: Uint8Array, size: number): Uint8Array | null {
  if (signature.length === 0 || signature.length % 2 !== 0 || signature.length > 2 * size) return null
  const half = signature.length / 2
  const filled = (part: Uint8Array): Uint8Array => concat(new Uint8Array(size - half), part)
  return concat(filled(signature.subarray(0, half)), filled(signature.subarray(half)))
}

/** The name of a signature's algorithm, e.g. `ECDSA SHA-512`. */
export function algorithmText(algorithm: Tlv, fallback: Hash | null = null): string | null {
  try {
    return schemeText(schemeOf(algorithm, fallback), algorithm)
  } catch {
    return null
  }
}
