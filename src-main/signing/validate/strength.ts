import type { SignatureScheme } from '@contract/signing'
import { type Certificate, type Hash, publicKeyOf, type PublicKey, type Scheme, schemeOf, type Tlv } from '../../identity/pki'

/** Hashes that signatures may rest on (Circular 15/2025/TT-BKHCN annex I: SHA-256 and longer). */
const STRONG: ReadonlySet<Hash> = new Set(['SHA-256', 'SHA-384', 'SHA-512'])
const LEAST_RSA = 2048
const LEAST_EC = 256

export const strongHash = (hash: Hash | null): boolean => hash !== null && STRONG.has(hash)

const schemeOrNull = (algorithm: Tlv, hash: Hash | null): Scheme | null => {
  try {
    return schemeOf(algorithm, hash)
  } catch {
    return null
  }
}
const keyOrNull = ({ spki }: Certificate): PublicKey | null => {
  try {
    return publicKeyOf(spki)
  } catch {
    return null
  }
}

/** RSA of 2048 bits or more, curves of 256 or more that have a name. */
export function strongKey(certificate: Certificate): boolean {
  const key = keyOrNull(certificate)
  if (key?.kind === 'rsa') return key.bits >= LEAST_RSA
  return key?.kind === 'ec' && key.curve.bits >= LEAST_EC && !key.curve.explicit
}

/** Whether an algorithm may be relied on; `hash` is that of a CMS signer. */
export function strongAlgorithm(algorithm: Tlv, hash: Hash | null = null): boolean {
  const scheme = schemeOrNull(algorithm, hash)
  return scheme !== null && strongHash(scheme.hash) && (scheme.kind !== 'rsa-pss' || strongHash(scheme.maskHash))
}

/** Scheme of a signature as the contract names it; null for those that it has no name for. */
export function schemeNameOf(algorithm: Tlv, hash: Hash | null, certificate: Certificate): SignatureScheme | null {
  const scheme = schemeOrNull(algorithm, hash)
  if (scheme === null) return null
  if (scheme.kind !== 'ecdsa') return scheme.kind
  const key = keyOrNull(certificate)
  return key?.kind === 'ec' && key.curve.bits === 256 ? 'ecdsa-p256' : null
}
