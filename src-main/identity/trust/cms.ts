import { sameBytes } from '../chip/same-bytes'
import { concat, malformed, readAll, type Tlv } from '../chip/tlv'
import { digest, type Hash, hashOf } from './algorithms'
import { definite } from './ber'
import { type Certificate, parseCertificate, serialOf } from './certificate'
import { childrenOf, expect, first, hexOf, oidOf, TAG, walk, whole } from './der'
import { type Name, nameOf } from './names'
import { algorithmText, type SignatureState, verifySignature } from './signature'

/** A signer of a CMS (RFC 5652 §5.3). `attributes` are the bytes as they came, tag and all. */
export type Signer = Readonly<{
  issuer: Name | null
  serial: string | null
  subjectKeyId: string | null
  digest: Hash | null
  attributes: Tlv | null
  algorithm: Tlv
  signature: Uint8Array
}>

/** SignedData (RFC 5652 §5.1). Certificates and lists are as they came; read them with `certificatesOf`. */
export type SignedData = Readonly<{ contentType: string; content: Uint8Array | null; certificates: readonly Uint8Array[]; lists: readonly Uint8Array[]; signers: readonly Signer[] }>

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const MOST_SIGNERS = 8

/** Reads a ContentInfo with SignedData, BER or DER. @throws AppError THE-009 */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const info = walk(whole(definite(bytes), TAG.sequence), TAG.sequence)
  if (oidOf(info.next()) !== SIGNED_DATA) throw malformed()
  const fields = walk(first(info.next(0xa0).value), TAG.sequence)
  fields.next(TAG.integer)
  fields.next(TAG.set)
  const inner = walk(fields.next(), TAG.sequence)
  const contentType = oidOf(inner.next())
  const content = inner.optional(0xa0)
  const certificates = fields.optional(0xa0)
  const lists = fields.optional(0xa1)
  const signers = childrenOf(fields.next(), TAG.set)
  if (signers.length > MOST_SIGNERS) throw malformed()
  return {
    contentType, content: content ? expect(first(content.value), TAG.octets).value : null,
    certificates: rawOf(certificates), lists: rawOf(lists), signers: signers.map(signerOf),
  }
}

/** Other kinds of certificates and lists carry context tags and are left out. */
const rawOf = (set: Tlv | undefined): Uint8Array[] => (set ? readAll(set.value) : []).filter(({ tag }) => tag === TAG.sequence).map(({ raw }) => raw)

function signerOf(tlv: Tlv): Signer {
  const fields = walk(tlv, TAG.sequence)
  fields.next(TAG.integer)
  const id = fields.next()
  const [issuer, serial] = id.tag === TAG.sequence ? readAll(id.value) : []
  return {
    issuer: issuer ? nameOf(issuer) : null, serial: serial ? serialOf(serial.value) : null, subjectKeyId: id.tag === 0x80 ? hexOf(id.value) : null,
    digest: hashOf(fields.next()), attributes: fields.optional(0xa0) ?? null, algorithm: fields.next(TAG.sequence), signature: fields.next(TAG.octets).value,
  }
}

/** The certificates that can be read, at most so many. */
export function certificatesOf({ certificates }: SignedData, most: number): Certificate[] {
  return certificates.slice(0, most).flatMap((raw) => {
    try {
      return [parseCertificate(raw)]
    } catch {
      return []
    }
  })
}

/** Values of a signed attribute; null unless it stands there once with one value (RFC 5652 §11.1, §11.2). */
function attribute(attributes: Tlv, oid: string): Tlv | null {
  const found = readAll(attributes.value).map((tlv) => childrenOf(tlv, TAG.sequence)).filter(([type]) => oidOf(type) === oid)
  const values = found.length === 1 ? childrenOf(found[0]?.[1], TAG.set) : []
  return values.length === 1 ? (values[0] ?? null) : null
}

/** What the signature covers: the attributes as they came, under the tag of a SET (RFC 5652 §5.4), or the content where there are none. Null when they are not about this content. */
function coveredBytes({ contentType, content }: SignedData, { attributes, digest: hash }: Signer): Uint8Array | null {
  if (content === null) return null
  if (attributes === null) return content
  const type = attribute(attributes, CONTENT_TYPE)
  const told = attribute(attributes, MESSAGE_DIGEST)
  if (type === null || told?.tag !== TAG.octets || hash === null || oidOf(type) !== contentType || !sameBytes(told.value, digest(hash, content))) return null
  return concat(Uint8Array.of(TAG.set), attributes.raw.subarray(1))
}

/** Whether the certificate's key made this signer's signature over the content (RFC 5652 §5.6). Never throws. */
export function verifySigner(data: SignedData, signer: Signer, certificate: Certificate): SignatureState {
  if (signer.attributes !== null && signer.digest === null) return 'unsupported'
  try {
    const bytes = coveredBytes(data, signer)
    if (bytes === null) return 'invalid'
    return verifySignature({ algorithm: signer.algorithm, spki: certificate.spki, bytes, signature: signer.signature, digest: signer.digest })
  } catch {
    return 'invalid'
  }
}

export const signerAlgorithm = (signer: Signer): string | null => algorithmText(signer.algorithm, signer.digest)

/** Whether the signer names this certificate: by its key, or by issuer and serial number. */
export const names = (signer: Signer, certificate: Certificate): boolean =>
  signer.subjectKeyId === null
    ? signer.serial === certificate.serial && signer.issuer?.key === certificate.issuer.key
    : signer.subjectKeyId === certificate.extensions.subjectKeyId

export type SignerProof = Readonly<{ state: SignatureState | 'no-certificate'; certificate: Certificate | null; named: boolean; signer: Signer }>

const MOST_CERTIFICATES = 8

/**
 * Finds the certificate whose key made a signature. Signers name it wrongly now and then, so that the other certificates are tried, too; only a valid
 * signature makes one the signer.
 */
export function findSigner(data: SignedData, signer: Signer): SignerProof {
  const all = certificatesOf(data, MOST_CERTIFICATES)
  const tried = [...all.filter((one) => names(signer, one)), ...all.filter((one) => !names(signer, one))]
    .map((certificate) => ({ certificate, check: () => verifySigner(data, signer, certificate) }))
  let firstState: SignatureState | null = null
  for (const { certificate, check } of tried) {
    const state = check()
    if (state === 'valid') return { state, certificate, named: names(signer, certificate), signer }
    firstState ??= state
  }
  const [nearest] = tried
  if (nearest === undefined || firstState === null) return { state: 'no-certificate', certificate: null, named: false, signer }
  return { state: firstState, certificate: nearest.certificate, named: names(signer, nearest.certificate), signer }
}
