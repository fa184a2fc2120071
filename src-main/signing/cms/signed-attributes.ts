import { type Certificate, childrenOf, first, parseCertificate, TAG, walk } from '../../identity/pki'
import { concat, ctx, octets, oid, seq, set } from '../der'
import { sha256 } from './algorithms'
import { OID } from './oids'

/** What is signed: the attributes as a SET, and its SHA-256 for keys that lie elsewhere. */
export type ToSign = Readonly<{ set: Uint8Array; hash: Uint8Array }>

/**
 * The signed attributes of a PAdES signature over a content with this SHA-256 digest: content-type, message-digest and
 * signing-certificate-v2 (EN 319 142-1 §6.3). No signing-time: the claimed time stands in the dictionary's /M alone. @throws AppError THE-009
 */
export function signedAttributes(digest: Uint8Array, certificate: Uint8Array): ToSign {
  const attributes = set(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingCertificateV2, seq(seq(certificateId(parseCertificate(certificate))))),
  )
  return { set: attributes, hash: sha256(attributes) }
}

export const attribute = (type: string, value: Uint8Array): Uint8Array => seq(oid(type), set(value))

/** ESSCertIDv2 (RFC 5035 §4): SHA-256 is its default and left out, issuer and serial number are said. */
function certificateId(certificate: Certificate): Uint8Array {
  const directoryName = ctx(4, certificate.issuer.raw)
  return seq(octets(sha256(certificate.raw)), seq(seq(directoryName), serialNumber(certificate)))
}

/** The serial number as it stands in the certificate: some are negative or begin with a zero. */
export function serialNumber({ tbs }: Certificate): Uint8Array {
  const fields = walk(first(tbs), TAG.sequence)
  fields.optional(0xa0)
  return fields.next(TAG.integer).raw
}

export const issuerAndSerial = (certificate: Certificate): Uint8Array => seq(certificate.issuer.raw, serialNumber(certificate))

/** Values of an attribute in a list of attributes ([0], [1] or SET); null when it is not there. @throws AppError THE-009 */
export function attributeValues(list: Uint8Array, type: string): Uint8Array[] | null {
  const members = childrenOf(first(concat(Uint8Array.of(TAG.set), list.subarray(1))), TAG.set)
  const found = members.map((member) => childrenOf(member, TAG.sequence)).find(([name]) => Buffer.compare(name?.raw ?? new Uint8Array(0), oid(type)) === 0)
  return found ? childrenOf(found[1], TAG.set).map(({ raw }) => raw) : null
}
