import { createHash } from 'node:crypto'
import type { SignatureScheme, SubIndication } from '@contract/signing'
import { type Certificate, concat, digest, type Hash, HASHES, hexOf, oidOf, TAG, verifySignature } from '../../identity/pki'
import type { PdfSignature } from '../ports'
import { ATTRIBUTE, type CmsParts, onlyValue } from './cms-parts'
import { signingCertificate, tieOf } from './signing-certificate'
import { schemeNameOf, strongAlgorithm, strongHash } from './strength'

export type Pieces = readonly [Uint8Array, Uint8Array]
/** What a signature is by itself, whoever made it and whenever: `why` is null when the bytes are those that were signed. */
export type Integrity = Readonly<{ why: SubIndication | null; certificate: Certificate | null; scheme: SignatureScheme | null; baseline: boolean }>

/** Values of /SubFilter (ISO 32000-2 §12.8.3, ETSI EN 319 142-1 §4.1). */
export const SUB_FILTER = { pades: 'ETSI.CAdES.detached', cms: 'adbe.pkcs7.detached', sha1: 'adbe.pkcs7.sha1', stamp: 'ETSI.RFC3161' } as const
const ID_DATA = '1.2.840.113549.1.7.1'

/** The hash of what a signature covers, without making one piece of it. */
export function hashOver(hash: Hash, [before, after]: Pieces): Uint8Array {
  return createHash(HASHES[hash].node).update(before).update(after).digest()
}

/** What the message digest must be: of the two pieces, or of their SHA-1 inside the CMS (adbe.pkcs7.sha1). Null when the CMS is not of its kind. */
function expectedDigest({ data, signer }: CmsParts, subFilter: string, pieces: Pieces): Uint8Array | 'other' | null {
  if (signer.digest === null || data.contentType !== ID_DATA) return null
  if (subFilter !== SUB_FILTER.sha1) return data.content === null ? hashOver(signer.digest, pieces) : null
  if (data.content === null) return null
  return hexOf(data.content) === hexOf(hashOver('SHA-1', pieces)) ? digest(signer.digest, data.content) : 'other'
}

/** Format and hash: is this a signature of its kind over these bytes? (EN 319 102-1 §5.2.2, §5.2.7) */
function contentTrouble(cms: CmsParts, subFilter: string, pieces: Pieces): SubIndication | null {
  if (cms.signer.digest === null) return 'CRYPTO_CONSTRAINTS_FAILURE'
  const expected = expectedDigest(cms, subFilter, pieces)
  if (expected === null) return 'FORMAT_FAILURE'
  if (expected === 'other') return 'HASH_FAILURE'
  if (cms.signed === null) return subFilter === SUB_FILTER.pades ? 'FORMAT_FAILURE' : null
  const type = onlyValue(cms.signed, ATTRIBUTE.contentType)
  const told = onlyValue(cms.signed, ATTRIBUTE.messageDigest)
  if (type?.tag !== TAG.oid || oidOf(type) !== ID_DATA || told?.tag !== TAG.octets) return 'FORMAT_FAILURE'
  return hexOf(told.value) === hexOf(expected) ? null : 'HASH_FAILURE'
}

/** The bytes that the key signed: the attributes under the tag of a SET (RFC 5652 §5.4), else the content itself. */
function signedBytes({ signer: { attributes }, data }: CmsParts, subFilter: string, pieces: Pieces): Uint8Array {
  if (attributes !== null) return concat(Uint8Array.of(TAG.set), attributes.raw.subarray(1))
  return subFilter === SUB_FILTER.sha1 && data.content !== null ? data.content : concat(...pieces)
}

/**
 * Judges a signature by itself: format, hash, signing certificate, signature value, algorithms, in this order. `pool` are the certificates at hand.
 * Never throws for what a file brings.
 */
export function checkIntegrity(cms: CmsParts | null, { subFilter, wellFormed }: PdfSignature, pieces: Pieces, pool: readonly Certificate[]): Integrity {
  if (cms === null) return { why: 'FORMAT_FAILURE', certificate: null, scheme: null, baseline: false }
  const tie = tieOf(cms)
  const { certificate, named } = signingCertificate(cms, tie, pool)
  const { signer: { algorithm, digest: hash, signature } } = cms
  const baseline = subFilter === SUB_FILTER.pades && tie.kind === 'v2'
  const told = { certificate: certificate ?? named, scheme: named && strongAlgorithm(algorithm, hash) ? schemeNameOf(algorithm, hash, named) : null, baseline }
  const content = wellFormed ? contentTrouble(cms, subFilter, pieces) : 'FORMAT_FAILURE'
  if (content !== null) return { why: content, ...told }
  if (certificate === null) return { why: 'NO_SIGNING_CERTIFICATE_FOUND', ...told }
  const state = verifySignature({ algorithm, spki: certificate.spki, bytes: signedBytes(cms, subFilter, pieces), signature, digest: hash })
  if (state !== 'valid') return { why: state === 'invalid' ? 'SIG_CRYPTO_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE', ...told }
  return { why: rulesTrouble(subFilter, tie.kind, strongHash(hash) && strongAlgorithm(algorithm, hash)), ...told }
}

function rulesTrouble(subFilter: string, tie: 'v2' | 'v1' | 'none' | 'broken', strong: boolean): SubIndication | null {
  if (!strong || subFilter === SUB_FILTER.sha1) return 'CRYPTO_CONSTRAINTS_FAILURE'
  if (subFilter === SUB_FILTER.cms) return null
  if (subFilter !== SUB_FILTER.pades) return 'GENERIC'
  return tie === 'v2' ? null : tie === 'v1' ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'SIG_CONSTRAINTS_FAILURE'
}
