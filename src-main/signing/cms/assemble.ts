import type { SignatureScheme } from '@contract/signing'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { first, parseCertificate, verifySignature } from '../../identity/pki'
import { ctx, integer, octets, oid, retag, seq, set } from '../der'
import { SHA256, SIGNATURE_ALGORITHM } from './algorithms'
import { OID } from './oids'
import { attribute, issuerAndSerial } from './signed-attributes'

export type Parts = Readonly<{
  /** Of `signedAttributes`. */
  set: Uint8Array
  scheme: SignatureScheme
  signature: Uint8Array
  /** The signer's first. */
  certificates: readonly Uint8Array[]
  /** RFC 3161 token over the signature value. */
  stamp?: Uint8Array | null
}>

/** Whether the certificate's key made this value over the attributes. A key that signs wrongly must not get into a document. */
export function valueMatches({ set: attributes, scheme, signature, certificates }: Omit<Parts, 'stamp'>): boolean {
  const [signer] = certificates
  if (signer === undefined) return false
  return verifySignature({ algorithm: first(SIGNATURE_ALGORITHM[scheme]), spki: parseCertificate(signer).spki, bytes: attributes, signature, digest: 'SHA-256' }) === 'valid'
}

/** Where the value came from: who is to blame when it is wrong. */
export type ValueFrom = 'token' | 'remote'

/** @throws AppError KS-029 (token), KS-044 (remote) */
export function checkValue(parts: Omit<Parts, 'stamp'>, from: ValueFrom): void {
  if (!valueMatches(parts)) throw new AppError(from === 'remote' ? signingErrors.remoteWrongSignature : signingErrors.driverFailed)
}

/** ContentInfo with SignedData over a detached content (RFC 5652 §5.1): one signer, DER all through. @throws AppError THE-009 */
export function assemble({ set: attributes, scheme, signature, certificates, stamp = null }: Parts): Uint8Array {
  const [signer = new Uint8Array(0)] = certificates
  const unsigned = stamp === null ? [] : [ctx(1, attribute(OID.signatureStamp, stamp))]
  const info = seq(
    integer(1), issuerAndSerial(parseCertificate(signer)), SHA256, retag(0xa0, attributes), SIGNATURE_ALGORITHM[scheme], octets(signature), ...unsigned,
  )
  return seq(oid(OID.signedData), ctx(0, seq(integer(1), set(SHA256), seq(oid(OID.data)), retag(0xa0, set(...certificates)), set(info))))
}
