import { concat, encodeTlv, oidValue } from '../identity/pki'

/** Writes DER (X.690 §10). What is read is read with the readers behind `identity/pki`. */

export { concat }

export const seq = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts)

/** SET OF: members in the order of their bytes (X.690 §11.6). */
export const set = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)))

export const octets = (value: Uint8Array): Uint8Array => encodeTlv(0x04, value)
export const oid = (dotted: string): Uint8Array => encodeTlv(0x06, oidValue(dotted))
export const nothing = (): Uint8Array => Uint8Array.of(0x05, 0x00)
export const bool = (value: boolean): Uint8Array => Uint8Array.of(0x01, 0x01, value ? 0xff : 0x00)
export const enumerated = (value: number): Uint8Array => encodeTlv(0x0a, Uint8Array.of(value))

/** An INTEGER that is not negative: a number, or its big-endian bytes without a sign. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(value.toString(16).replace(/^(?=(?:..)*.$)/u, '0'), 'hex')
  const start = bytes.findIndex((byte) => byte !== 0)
  const short = start === -1 ? Uint8Array.of(0) : bytes.subarray(start)
  return encodeTlv(0x02, ...((short[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), short)
}

/** Whole octets. */
export const bitString = (value: Uint8Array, unused = 0): Uint8Array => encodeTlv(0x03, Uint8Array.of(unused), value)

/** Named bits, e.g. of a key usage: no zeros at the end (X.690 §11.2.2). */
export function namedBitString(...bits: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...bits)
  const bytes = new Uint8Array((last >> 3) + 1)
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  return bitString(bytes, last < 0 ? 0 : 7 - (last & 7))
}

/** NFC, so that the same name has the same bytes. */
export const utf8 = (text: string): Uint8Array => encodeTlv(0x0c, Buffer.from(text.normalize('NFC'), 'utf8'))
export const printable = (text: string): Uint8Array => encodeTlv(0x13, Buffer.from(text, 'latin1'))
export const ia5 = (text: string): Uint8Array => encodeTlv(0x16, Buffer.from(text, 'latin1'))

const digits = (at: Date): string => at.toISOString().replace(/\D/gu, '').slice(0, 14)

/** Time as RFC 5280 §4.1.2.5 wants it: UTCTime until 2049, GeneralizedTime after. Whole seconds, UTC. */
export const time = (at: Date): Uint8Array =>
  at.getUTCFullYear() < 2050 ? encodeTlv(0x17, Buffer.from(`${digits(at).slice(2)}Z`, 'latin1')) : generalizedTime(at)

export const generalizedTime = (at: Date): Uint8Array => encodeTlv(0x18, Buffer.from(`${digits(at)}Z`, 'latin1'))

/** [number] EXPLICIT, or any constructed context tag. */
export const ctx = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0xa0 + number, ...parts)

/** [number] IMPLICIT of something primitive. */
export const ctxValue = (number: number, value: Uint8Array): Uint8Array => encodeTlv(0x80 + number, value)

/** The same object under another tag, as IMPLICIT does. */
export const retag = (tag: number, der: Uint8Array): Uint8Array => concat(Uint8Array.of(tag), der.subarray(1))

/** AlgorithmIdentifier; `parameters` left out where the algorithm has none. */
export const algorithm = (dotted: string, parameters?: Uint8Array): Uint8Array => seq(oid(dotted), ...(parameters ? [parameters] : []))
