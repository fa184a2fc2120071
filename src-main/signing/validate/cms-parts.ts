import { childrenOf, type CmsSigner, definite, first, oidOf, parseSignedData, readAll, type SignedData, TAG, type Tlv, walk, whole } from '../../identity/pki'
import type { Evidence } from '../ports'

/** Values of attributes by their type, one list for each time that it stands there. */
export type Attributes = ReadonlyMap<string, readonly (readonly Tlv[])[]>
/** A CMS with what the base reader leaves out: both kinds of attributes and the evidence inside. */
export type CmsParts = Readonly<{ data: SignedData; signer: CmsSigner; signed: Attributes | null; unsigned: Attributes; evidence: Evidence }>

export const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingCertificate: '1.2.840.113549.1.9.16.2.12', signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  stamp: '1.2.840.113549.1.9.16.2.14', revocationValues: '1.2.840.113549.1.9.16.2.24', adobeRevocation: '1.2.840.113583.1.1.8',
} as const
const OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'
const MOST_STAMPS = 4

function attributesOf(set: Tlv | undefined | null): Attributes {
  const found = new Map<string, (readonly Tlv[])[]>()
  for (const attribute of set ? readAll(set.value) : []) {
    const [type, values] = childrenOf(attribute, TAG.sequence)
    const oid = oidOf(type)
    found.set(oid, [...(found.get(oid) ?? []), childrenOf(values, TAG.set)])
  }
  return found
}

/** The value of an attribute that stands there once with one value, as the signed ones must (RFC 5652 §11); null otherwise. */
export function onlyValue(attributes: Attributes | null, oid: string): Tlv | null {
  const [values, ...more] = attributes?.get(oid) ?? []
  return more.length === 0 && values?.length === 1 ? (values[0] ?? null) : null
}

/** Lists and OCSP answers beside the certificates (RFC 5652 §10.2.1, RFC 5940 §2.1). */
function besideCertificates(field: Tlv | undefined): Omit<Evidence, 'certificates'> {
  const all = field ? readAll(field.value) : []
  const answers = all.filter(({ tag }) => tag === 0xa1).map(({ value }) => readAll(value)).filter(([format]) => format?.tag === TAG.oid && oidOf(format) === OCSP_RESPONSE)
  return { lists: all.filter(({ tag }) => tag === TAG.sequence).map(({ raw }) => raw), ocsp: answers.flatMap(([, answer]) => (answer ? [answer.raw] : [])) }
}

/** `[0]` lists and `[1]` OCSP answers, as in revocation-values (ETSI EN 319 122-1 §A.1.2) and in Adobe's attribute (ISO 32000-2 §12.8.3.3.2). */
function inAttribute(value: Tlv | null): Omit<Evidence, 'certificates'> {
  const nothing = { lists: [], ocsp: [] }
  if (value === null) return nothing
  try {
    const parts = childrenOf(value, TAG.sequence)
    const under = (tag: number): Uint8Array[] => parts.filter((part) => part.tag === tag).flatMap((part) => childrenOf(first(part.value), TAG.sequence)).map(({ raw }) => raw)
    return { lists: under(0xa0), ocsp: under(0xa1) }
  } catch {
    return nothing
  }
}

/** Reads a CMS with exactly one signer (ETSI EN 319 142-1 §4.1). Null when it has another number of them. @throws AppError THE-009 */
export function readCms(bytes: Uint8Array): CmsParts | null {
  const data = parseSignedData(bytes)
  const [signer, ...others] = data.signers
  if (signer === undefined || others.length > 0) return null
  const info = walk(whole(definite(bytes), TAG.sequence), TAG.sequence)
  info.next()
  const fields = childrenOf(first(info.next(0xa0).value), TAG.sequence)
  const raw = childrenOf(fields.at(-1), TAG.set)[0]
  const unsigned = attributesOf(childrenOf(raw, TAG.sequence).find(({ tag }) => tag === 0xa1))
  const signed = signer.attributes === null ? null : attributesOf(signer.attributes)
  const parts = [besideCertificates(fields.find(({ tag }) => tag === 0xa1)), inAttribute(onlyValue(signed, ATTRIBUTE.adobeRevocation)), inAttribute(onlyValue(unsigned, ATTRIBUTE.revocationValues))]
  return {
    data, signer, signed, unsigned,
    evidence: { certificates: data.certificates, lists: parts.flatMap(({ lists }) => lists), ocsp: parts.flatMap(({ ocsp }) => ocsp) },
  }
}

/** Stamps over the signature value, as they came. */
export const stampsOf = ({ unsigned }: CmsParts): Uint8Array[] => (unsigned.get(ATTRIBUTE.stamp) ?? []).flat().slice(0, MOST_STAMPS).map(({ raw }) => raw)
