import { createHash } from 'node:crypto'
import type { CertificateView } from '@contract/chip'
import { malformed, readAll, type Tlv } from '../chip/tlv'
import { bitsOf, childrenOf, first, hexOf, namedBits, oidOf, TAG, timeOf, walk, whole } from './der'
import { type Name, nameOf } from './names'
import { keyText, publicKeyOf } from './public-key'
import { type SignatureState, verifySignature } from './signature'

/** An X.509 certificate by the parts that count here (RFC 5280 §4.1, 9303-12 §7). Its key is read when it is needed. */
export type Certificate = Readonly<{
  raw: Uint8Array
  sha256: string
  tbs: Uint8Array
  algorithm: Tlv
  signature: Uint8Array
  /** Hexadecimal, without leading zeros. */
  serial: string
  issuer: Name
  subject: Name
  notBefore: Date
  notAfter: Date
  spki: Tlv
  extensions: Extensions
}>

export type Extensions = Readonly<{
  /** Null when the certificate does not say. */
  authority: boolean | null
  keyUsage: ReadonlySet<number> | null
  extendedKeyUsage: readonly string[] | null
  subjectKeyId: string | null
  authorityKeyId: string | null
  /** Critical ones that nobody here understands: such a certificate must not be relied on (RFC 5280 §4.2). */
  unknownCritical: readonly string[]
}>

/** Bits of the key usage (RFC 5280 §4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const

/** Longer ones are refused before they are read, in bytes. */
export const LARGEST_CERTIFICATE = 32 * 1024

type Draft = { -readonly [Key in keyof Extensions]: Extensions[Key] }

const READERS: Readonly<Record<string, (value: Tlv, into: Draft) => void>> = {
  '2.5.29.14': (value, into) => { into.subjectKeyId = hexOf(value.value) },
  '2.5.29.15': (value, into) => { into.keyUsage = namedBits(value) },
  '2.5.29.19': (value, into) => {
    const flag = walk(value, TAG.sequence).optional(TAG.boolean)
    into.authority = flag !== undefined && flag.value[0] !== 0
  },
  '2.5.29.35': (value, into) => {
    const id = walk(value, TAG.sequence).optional(0x80)
    into.authorityKeyId = id ? hexOf(id.value) : null
  },
  '2.5.29.37': (value, into) => { into.extendedKeyUsage = childrenOf(value, TAG.sequence).map(oidOf) },
}
/** Names, where lists are, policies and periods: they change nothing of what is proved here. */
const HARMLESS: ReadonlySet<string> = new Set(['2.5.29.9', '2.5.29.16', '2.5.29.17', '2.5.29.18', '2.5.29.31', '2.5.29.32', '1.3.6.1.5.5.7.1.1', '2.23.136.1.1.6.1', '2.23.136.1.1.6.2'])

function extensionsOf(list: Tlv | undefined): Extensions {
  const found: Draft = { authority: null, keyUsage: null, extendedKeyUsage: null, subjectKeyId: null, authorityKeyId: null, unknownCritical: [] }
  for (const tlv of list ? childrenOf(first(list.value), TAG.sequence) : []) {
    const fields = walk(tlv, TAG.sequence)
    const oid = oidOf(fields.next())
    const critical = fields.optional(TAG.boolean)
    const value = fields.next(TAG.octets).value
    const read = READERS[oid]
    if (read) read(first(value), found)
    else if (critical && critical.value[0] !== 0 && !HARMLESS.has(oid)) found.unknownCritical = [...found.unknownCritical, oid]
  }
  return found
}

/** A serial number in the form in which two are compared: some writers leave a zero in front, some forget it. */
export const serialOf = (value: Uint8Array): string => hexOf(value).replace(/^(?:00)+(?=..)/u, '')

/** Reads a certificate. @throws AppError THE-009 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  if (bytes.length > LARGEST_CERTIFICATE) throw malformed()
  const outer = whole(bytes, TAG.sequence)
  const [tbs, algorithm, signature] = readAll(outer.value)
  if (tbs === undefined || algorithm === undefined) throw malformed()
  const fields = walk(tbs, TAG.sequence)
  fields.optional(0xa0)
  const serial = fields.next(TAG.integer).value
  const inner = fields.next(TAG.sequence)
  const issuer = nameOf(fields.next())
  const [notBefore, notAfter] = childrenOf(fields.next(), TAG.sequence)
  const subject = nameOf(fields.next())
  const spki = fields.next(TAG.sequence)
  // RFC 5280 §4.1.1.2: what the signature covers names the same algorithm.
  if (oidOf(childrenOf(inner, TAG.sequence)[0]) !== oidOf(childrenOf(algorithm, TAG.sequence)[0])) throw malformed()
  return {
    raw: outer.raw, sha256: createHash('sha256').update(outer.raw).digest('hex'), tbs: tbs.raw, algorithm, signature: bitsOf(signature),
    serial: serialOf(serial), issuer, subject, notBefore: timeOf(notBefore), notAfter: timeOf(notAfter), spki,
    extensions: extensionsOf(fields.rest().find(({ tag }) => tag === 0xa3)),
  }
}

/** Whether the key of `issuer` signed this certificate. Names, dates and usage are for the chain to judge. */
export const signedBy = (certificate: Certificate, issuer: Certificate): SignatureState =>
  verifySignature({ algorithm: certificate.algorithm, spki: issuer.spki, bytes: certificate.tbs, signature: certificate.signature })

export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => issuer.key === subject.key

/** May issue others: says that it is an authority, and its key usage, where it has one, allows it (9303-12 table 2). */
export const mayIssue = ({ extensions: { authority, keyUsage, unknownCritical } }: Certificate): boolean =>
  authority === true && (keyUsage === null || keyUsage.has(KEY_USAGE.keyCertSign)) && unknownCritical.length === 0

export const inForce = ({ notBefore, notAfter }: Certificate, at: Date): boolean => notBefore <= at && at <= notAfter

const keyName = (certificate: Certificate): string => {
  try {
    return keyText(publicKeyOf(certificate.spki))
  } catch {
    return '?'
  }
}

/** As told on a screen. */
export const viewOf = (certificate: Certificate): CertificateView => ({
  subject: certificate.subject.text, issuer: certificate.issuer.text, serial: certificate.serial,
  notBefore: certificate.notBefore.toISOString() as CertificateView['notBefore'], notAfter: certificate.notAfter.toISOString() as CertificateView['notAfter'],
  sha256: certificate.sha256, key: keyName(certificate),
})
