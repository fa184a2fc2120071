import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { Hash } from '../../../src-main/identity/trust/algorithms'
import { bits, flag, integer, name, octets, oid, sequence, time } from './der-writer'
import type { TestKey } from './keys'

export type CertificateWish = Readonly<{
  subject: string
  issuer: string
  key: TestKey
  issuerKey: TestKey
  serial?: number | bigint
  hash?: Hash
  notBefore?: Date
  notAfter?: Date
  /** Null leaves the basic constraints out. */
  authority?: boolean | null
  /** Numbers of the bits; null leaves the key usage out. */
  keyUsage?: readonly number[] | null
  extendedKeyUsage?: readonly string[]
  /** Without key identifiers, as old roots are. */
  keyIds?: boolean
  /** A critical extension that nobody knows. */
  strange?: boolean
}>

export const AUTHORITY = [5, 6] as const
export const SIGNER = [0] as const

const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array => sequence(oid(id), ...(critical ? [flag(true)] : []), octets(value))

function usage(numbers: readonly number[]): Uint8Array {
  const byte = numbers.reduce((all, bit) => all | (0x80 >> bit), 0)
  return encodeTlv(0x03, Uint8Array.of(0, byte))
}

/** Writes a certificate (X.509 v3). Without more it is a document signer of 2024 to 2034. */
export function makeCertificate(wish: CertificateWish): Uint8Array {
  const { hash = 'SHA-256', authority = null, keyUsage = SIGNER, extendedKeyUsage, keyIds = true } = wish
  const algorithm = wish.issuerKey.algorithm(hash)
  const extensions = [
    ...(authority === null ? [] : [extension('2.5.29.19', true, sequence(...(authority ? [flag(true), integer(0)] : [])))]),
    ...(keyUsage === null ? [] : [extension('2.5.29.15', true, usage(keyUsage))]),
    ...(extendedKeyUsage ? [extension('2.5.29.37', true, sequence(...extendedKeyUsage.map(oid)))] : []),
    ...(keyIds ? [extension('2.5.29.14', false, octets(wish.key.id)), extension('2.5.29.35', false, sequence(encodeTlv(0x80, wish.issuerKey.id)))] : []),
    ...(wish.strange === true ? [extension('1.3.6.1.4.1.99999.1', true, sequence())] : []),
  ]
  const body = sequence(
    encodeTlv(0xa0, integer(2)), integer(wish.serial ?? 1), algorithm, name(wish.issuer),
    sequence(time(wish.notBefore ?? new Date('2024-01-01T00:00:00Z')), time(wish.notAfter ?? new Date('2034-01-01T00:00:00Z'))),
    name(wish.subject), wish.key.spki, ...(extensions.length > 0 ? [encodeTlv(0xa3, sequence(...extensions))] : []))
  return sequence(body, algorithm, bits(wish.issuerKey.sign(hash, body)))
}

/** A root: signs itself, and may sign certificates and lists. */
export const makeRoot = (wish: Pick<CertificateWish, 'subject' | 'key'> & Partial<CertificateWish>): Uint8Array =>
  makeCertificate({ issuer: wish.subject, issuerKey: wish.key, authority: true, keyUsage: AUTHORITY, ...wish })

export type ListWish = Readonly<{ issuer: string; issuerKey: TestKey; revoked?: readonly (number | bigint)[]; hash?: Hash; thisUpdate?: Date; nextUpdate?: Date | null; partial?: boolean }>

/** Writes a revocation list (RFC 5280 §5), in force through 2026 unless told otherwise. */
export function makeRevocationList(wish: ListWish): Uint8Array {
  const { hash = 'SHA-256', revoked = [], thisUpdate = new Date('2026-01-01T00:00:00Z'), nextUpdate = new Date('2027-01-01T00:00:00Z') } = wish
  const algorithm = wish.issuerKey.algorithm(hash)
  const body = sequence(
    integer(1), algorithm, name(wish.issuer), time(thisUpdate), ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(revoked.length > 0 ? [sequence(...revoked.map((serial) => sequence(integer(serial), time(thisUpdate))))] : []),
    ...(wish.partial === true ? [encodeTlv(0xa0, sequence(extension('2.5.29.27', true, integer(1))))] : []))
  return sequence(body, algorithm, bits(wish.issuerKey.sign(hash, body)))
}
