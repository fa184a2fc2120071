import { type Certificate, childrenOf, digest, expect, type Hash, hashOf, hexOf, namesCertificate, TAG, type Tlv, walk } from '../../identity/pki'
import { ATTRIBUTE, type CmsParts, onlyValue } from './cms-parts'
import { strongHash } from './strength'

/** How the signer ties the signature to one certificate: `v2` by SHA-256 or better, `v1` by a weaker hash, `none` not at all, `broken` when it cannot be read. */
export type Tie = Readonly<{ kind: 'v2' | 'v1'; hash: Hash; value: string }> | Readonly<{ kind: 'none' }> | Readonly<{ kind: 'broken' }>

/** The first ESSCertIDv2 or ESSCertID (RFC 5035 §3, RFC 2634 §5.4): it is the signer's; others are of the chain. */
function readTie(value: Tlv, kind: 'v2' | 'v1'): Tie {
  const id = walk(childrenOf(childrenOf(value, TAG.sequence)[0], TAG.sequence)[0], TAG.sequence)
  const algorithm = kind === 'v2' ? id.optional(TAG.sequence) : undefined
  const hash = kind === 'v1' ? 'SHA-1' : algorithm ? hashOf(algorithm) : 'SHA-256'
  return hash === null ? { kind: 'broken' } : { kind: strongHash(hash) ? 'v2' : 'v1', hash, value: hexOf(expect(id.next(), TAG.octets).value) }
}

export function tieOf({ signed }: CmsParts): Tie {
  const kind = signed?.has(ATTRIBUTE.signingCertificateV2) ? 'v2' : signed?.has(ATTRIBUTE.signingCertificate) ? 'v1' : null
  if (kind === null) return { kind: 'none' }
  const value = onlyValue(signed, kind === 'v2' ? ATTRIBUTE.signingCertificateV2 : ATTRIBUTE.signingCertificate)
  try {
    return value === null ? { kind: 'broken' } : readTie(value, kind)
  } catch {
    return { kind: 'broken' }
  }
}

/**
 * The certificate that the signer names, and, where the signature is tied to one, no other (EN 319 102-1 §5.2.3). `named` is one that only the
 * name fits: to be shown, never to be relied on.
 */
export function signingCertificate({ signer }: CmsParts, tie: Tie, pool: readonly Certificate[]): Readonly<{ certificate: Certificate | null; named: Certificate | null }> {
  const named = pool.filter((one) => namesCertificate(signer, one))
  const fits = (one: Certificate): boolean => tie.kind === 'none' || (tie.kind !== 'broken' && hexOf(digest(tie.hash, one.raw)) === tie.value)
  return { certificate: named.find(fits) ?? null, named: named[0] ?? null }
}
