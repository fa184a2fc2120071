import { type Certificate, childrenOf, definite, expect, first, hashOf, digest, TAG, walk, whole } from '../../identity/pki'
import { sha1 } from './algorithms'
import { OID } from './oids'
import { attributeValues } from './signed-attributes'

/** What the base reader of CMS leaves out of the first signer. */
export type SignerParts = Readonly<{
  /** How many signers the CMS has. */
  signers: number
  /** The signed attributes as they came; null when there are none. */
  signed: Uint8Array | null
  signature: Uint8Array
  unsigned: Uint8Array | null
}>

/** @throws AppError THE-009 */
export function signerParts(cms: Uint8Array): SignerParts {
  const info = walk(whole(definite(cms), TAG.sequence), TAG.sequence)
  info.next(TAG.oid)
  const fields = walk(first(info.next(0xa0).value), TAG.sequence)
  fields.next(TAG.integer)
  fields.next(TAG.set)
  fields.next(TAG.sequence)
  fields.optional(0xa0)
  fields.optional(0xa1)
  const signers = childrenOf(fields.next(), TAG.set)
  const signer = walk(signers[0], TAG.sequence)
  signer.next(TAG.integer)
  signer.next()
  signer.next(TAG.sequence)
  const signed = signer.optional(0xa0)
  signer.next(TAG.sequence)
  const signature = signer.next(TAG.octets)
  const unsigned = signer.optional(0xa1)
  return { signers: signers.length, signed: signed?.raw ?? null, signature: signature.value, unsigned: unsigned?.raw ?? null }
}

/** Tokens over the signature value (EN 319 122-1 §5.3), as they came. @throws AppError THE-009 */
export const signatureStamps = ({ unsigned }: SignerParts): Uint8Array[] => (unsigned === null ? [] : (attributeValues(unsigned, OID.signatureStamp) ?? []))

/** Whether the ESS attribute of the signed ones is about this certificate; null where there is no such attribute. @throws AppError THE-009 */
export function signerCertificateIs({ signed }: SignerParts, certificate: Certificate): boolean | null {
  if (signed === null) return null
  const second = attributeValues(signed, OID.signingCertificateV2)
  if (second !== null) return second.length === 1 && firstIdMatches(second[0], certificate, true)
  const old = attributeValues(signed, OID.signingCertificate)
  return old === null ? null : old.length === 1 && firstIdMatches(old[0], certificate, false)
}

/** The first ESSCertID or ESSCertIDv2 is the signer's (RFC 5035 §3, §4). */
function firstIdMatches(value: Uint8Array | undefined, { raw }: Certificate, second: boolean): boolean {
  if (value === undefined) return false
  const [ids] = childrenOf(first(value), TAG.sequence)
  const id = walk(childrenOf(ids, TAG.sequence)[0], TAG.sequence)
  const named = second ? id.optional(TAG.sequence) : undefined
  const hash = named ? hashOf(named) : 'SHA-256'
  if (hash === null) return false
  const told = expect(id.next(), TAG.octets).value
  return Buffer.compare(told, second ? digest(hash, raw) : sha1(raw)) === 0
}

/** The digest that the signer signed; null where it is not said exactly once. @throws AppError THE-009 */
export function messageDigestOf({ signed }: SignerParts): Uint8Array | null {
  const values = signed === null ? null : attributeValues(signed, OID.messageDigest)
  const [only] = values ?? []
  return only === undefined || values?.length !== 1 ? null : expect(first(only), TAG.octets).value
}
