import type { CertificateSheet } from '@contract/signing'
import { type Certificate, childrenOf, first, keyText, namedBits, oidOf, publicKeyOf, readAll, smallInteger, TAG, type Tlv, walk } from '../identity/pki'

/** One attribute of a name: its OID and its text. What is no text is left out. */
export type NamePart = Readonly<{ type: string; text: string }>

/** Attribute types of names (X.520; RFC 4519; Circular 04/2019/TT-BTTTT annex II). */
export const NAME = {
  commonName: '2.5.4.3', serialNumber: '2.5.4.5', country: '2.5.4.6', locality: '2.5.4.7', province: '2.5.4.8', organisation: '2.5.4.10', unit: '2.5.4.11', title: '2.5.4.12',
  phone: '2.5.4.20', id: '0.9.2342.19200300.100.1.1', email: '1.2.840.113549.1.9.1',
} as const
/** Bits of the key usage that count for signatures (RFC 5280 §4.2.1.3). */
export const USAGE_BIT = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const
/** Purposes of keys (RFC 5280 §4.2.1.12). */
export const PURPOSE = { timeStamping: '1.3.6.1.5.5.7.3.8', ocspSigning: '1.3.6.1.5.5.7.3.9', any: '2.5.29.37.0' } as const

const EXTENSION = { basic: '2.5.29.19', policies: '2.5.29.32', lists: '2.5.29.31', access: '1.3.6.1.5.5.7.1.1', noCheck: '1.3.6.1.5.5.7.48.1.5' } as const
const OCSP = '1.3.6.1.5.5.7.48.1'
const ISSUERS = '1.3.6.1.5.5.7.48.2'
const LONGEST_TEXT = 400

/** What the base reader leaves out: names by OID, addresses, policies, length of the path below. */
export type CertificateFacts = Readonly<{
  subject: readonly NamePart[]
  issuer: readonly NamePart[]
  /** UID values of the subject as they stand: `CCCD:…`, `MST:…`; a person in an organisation has two. */
  ids: readonly string[]
  usage: ReadonlySet<number> | null
  purposes: readonly string[] | null
  policies: readonly string[]
  /** First HTTP addresses. */
  ocsp: string | null
  caIssuers: string | null
  crl: string | null
  /** How many authorities may still follow below (RFC 5280 §4.2.1.9); null: any number. What cannot be read allows none. */
  pathLength: number | null
  /** An OCSP responder whose own revocation need not be asked for (RFC 6960 §4.2.2.2.1). */
  noCheck: boolean
  /** An extension stands there twice: such a certificate must not be relied on (RFC 5280 §4.2). */
  doubled: boolean
}>

/** Controls and what turns the direction of text round must not reach a screen: a name could be read as another. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
const shown = (text: string): string => text.replace(UNSEEN, '').normalize('NFC').slice(0, LONGEST_TEXT)

function textOf({ tag, value }: Tlv): string | null {
  const bytes = Buffer.from(value)
  switch (tag) {
    case TAG.utf8: return shown(bytes.toString('utf8'))
    case 0x12: case 0x13: case 0x14: case 0x16: case 0x1a: return shown(bytes.toString('latin1'))
    case 0x1e: return value.length % 2 === 0 ? shown(bytes.swap16().toString('utf16le')) : null
    default: return null
  }
}

/** Attributes of a name in the order in which they stand, from its DER. @throws AppError THE-009 */
export function namePartsOf(raw: Uint8Array): NamePart[] {
  return childrenOf(first(raw), TAG.sequence).flatMap((set) => childrenOf(set, TAG.set)).flatMap((attribute) => {
    const [type, value] = childrenOf(attribute, TAG.sequence)
    const text = value ? textOf(value) : null
    return text === null ? [] : [{ type: oidOf(type), text }]
  })
}

/** The first value of a type; null when it is not there. */
export const partOf = (parts: readonly NamePart[], type: string): string | null => parts.find((part) => part.type === type)?.text ?? null

/** Extensions by their OID, as DER of their values, and whether one stands twice. @throws AppError THE-009 */
function extensionsOf({ tbs }: Certificate): { values: ReadonlyMap<string, Tlv>; doubled: boolean } {
  const list = childrenOf(first(tbs), TAG.sequence).find(({ tag }) => tag === 0xa3)
  const values = new Map<string, Tlv>()
  let doubled = false
  for (const extension of list ? childrenOf(first(list.value), TAG.sequence) : []) {
    const fields = walk(extension, TAG.sequence)
    const oid = oidOf(fields.next())
    fields.optional(TAG.boolean)
    if (values.has(oid)) doubled = true
    else values.set(oid, fields.next(TAG.octets))
  }
  return { values, doubled }
}

/** A value that only informs: what cannot be read is as if it were not there. */
function read<T>(octets: Tlv | undefined, reader: (value: Tlv) => T, otherwise: T): T {
  if (octets === undefined) return otherwise
  try {
    return reader(first(octets.value))
  } catch {
    return otherwise
  }
}

const address = (names: readonly Tlv[]): string | null =>
  names.filter(({ tag }) => tag === 0x86).map(({ value }) => Buffer.from(value).toString('latin1')).find((text) => /^https?:\/\/[\x21-\x7e]{1,500}$/iu.test(text)) ?? null

const accessTo = (method: string) => (value: Tlv): string | null =>
  childrenOf(value, TAG.sequence).map((description) => childrenOf(description, TAG.sequence)).filter(([type]) => oidOf(type) === method)
    .map(([, name]) => (name ? address([name]) : null)).find((found) => found !== null) ?? null

const listAddress = (value: Tlv): string | null =>
  childrenOf(value, TAG.sequence).map((point) => {
    const name = walk(point, TAG.sequence).optional(0xa0)
    const full = name ? first(name.value) : undefined
    return full?.tag === 0xa0 ? address(readAll(full.value)) : null
  }).find((found) => found !== null) ?? null

function lengthBelow(value: Tlv): number | null {
  const fields = walk(value, TAG.sequence)
  fields.optional(TAG.boolean)
  const length = fields.optional(TAG.integer)
  return length ? smallInteger(length) : null
}

/** Reads what the base reader leaves out. @throws AppError THE-009 */
export function factsOf(certificate: Certificate): CertificateFacts {
  const { values, doubled } = extensionsOf(certificate)
  const usage = values.get('2.5.29.15')
  const subject = namePartsOf(certificate.subject.raw)
  return {
    subject, issuer: namePartsOf(certificate.issuer.raw), ids: subject.filter(({ type }) => type === NAME.id).map(({ text }) => text),
    usage: usage ? namedBits(first(usage.value)) : null, purposes: certificate.extensions.extendedKeyUsage,
    policies: read(values.get(EXTENSION.policies), (value) => childrenOf(value, TAG.sequence).map((policy) => oidOf(childrenOf(policy, TAG.sequence)[0])), []),
    ocsp: read(values.get(EXTENSION.access), accessTo(OCSP), null), caIssuers: read(values.get(EXTENSION.access), accessTo(ISSUERS), null), crl: read(values.get(EXTENSION.lists), listAddress, null),
    pathLength: values.has(EXTENSION.basic) ? read(values.get(EXTENSION.basic), lengthBelow, 0) : null,
    noCheck: values.has(EXTENSION.noCheck), doubled,
  }
}

/** What a certificate is called on a screen: its common name, else its organisation, else the whole subject. */
export function nameOf(certificate: Certificate): string {
  const parts = namePartsOf(certificate.subject.raw)
  return partOf(parts, NAME.commonName) ?? partOf(parts, NAME.organisation) ?? shown(certificate.subject.text)
}

type Usage = CertificateSheet['usage'][number]
const KNOWN_BITS: Readonly<Record<number, Usage>> = { 0: 'digitalSignature', 1: 'nonRepudiation', 5: 'keyCertSign', 6: 'crlSign' }
const KNOWN_PURPOSES: Readonly<Record<string, Usage>> = { [PURPOSE.timeStamping]: 'timeStamping', [PURPOSE.ocspSigning]: 'ocspSigning' }

const usageOf = ({ usage, purposes }: CertificateFacts): Usage[] =>
  [...new Set<Usage>([...[...(usage ?? [])].map((bit) => KNOWN_BITS[bit] ?? 'other'), ...(purposes ?? []).map((oid) => KNOWN_PURPOSES[oid] ?? 'other')])]

function keyOf(certificate: Certificate): string {
  try {
    return keyText(publicKeyOf(certificate.spki))
  } catch {
    return '?'
  }
}

const instant = (date: Date): CertificateSheet['notBefore'] => date.toISOString() as CertificateSheet['notBefore']

/**
 * A certificate for people to read, all of it from DER by OID. `chain` runs from the certificate itself to its anchor; what stands in it is told by
 * name. @throws AppError THE-009
 */
export function sheetOf(certificate: Certificate, { chain, state, demo }: Readonly<{ chain: readonly Certificate[]; state: CertificateSheet['state']; demo: boolean }>): CertificateSheet {
  const facts = factsOf(certificate)
  const subject = (type: string): string | null => partOf(facts.subject, type)
  const issuer = (type: string): string | null => partOf(facts.issuer, type)
  return {
    sha256: certificate.sha256, serial: certificate.serial, subject: nameOf(certificate),
    organisation: subject(NAME.organisation), title: subject(NAME.title), province: subject(NAME.province), ids: [...facts.ids],
    issuer: issuer(NAME.commonName) ?? issuer(NAME.organisation) ?? shown(certificate.issuer.text), issuerOrganisation: issuer(NAME.organisation),
    notBefore: instant(certificate.notBefore), notAfter: instant(certificate.notAfter), key: keyOf(certificate), usage: usageOf(facts), policies: [...facts.policies],
    ocsp: facts.ocsp, crl: facts.crl, chain: chain.map(nameOf), state, demo,
  }
}
