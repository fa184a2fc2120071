import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { oidValue } from '../../../src-main/identity/chip/object-ids'

/** Writers of DER for invented certificates and SODs. */
export const sequence = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts)
export const setOf = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x31, ...[...parts].sort((one, other) => Buffer.compare(one, other)))
export const oid = (dotted: string): Uint8Array => encodeTlv(0x06, oidValue(dotted))
export const octets = (bytes: Uint8Array): Uint8Array => encodeTlv(0x04, bytes)
export const bits = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes)
export const utf8 = (text: string): Uint8Array => encodeTlv(0x0c, new Uint8Array(Buffer.from(text)))
export const printable = (text: string): Uint8Array => encodeTlv(0x13, new Uint8Array(Buffer.from(text, 'latin1')))
export const flag = (value: boolean): Uint8Array => Uint8Array.of(1, 1, value ? 0xff : 0)
export const nothing = (): Uint8Array => Uint8Array.of(5, 0)

export function bytesOf(number: bigint, length?: number): Uint8Array {
  const hex = number.toString(16)
  return new Uint8Array(Buffer.from(hex.padStart(length === undefined ? hex.length + (hex.length % 2) : length * 2, '0'), 'hex'))
}

export function integer(value: bigint | number): Uint8Array {
  const bytes = bytesOf(BigInt(value))
  return encodeTlv(0x02, ...((bytes[0] ?? 0) & 0x80 ? [Uint8Array.of(0)] : []), bytes)
}

/** GeneralizedTime from 2050 on and UTCTime before (RFC 5280 §4.1.2.5). */
export function time(date: Date): Uint8Array {
  const text = date.toISOString().replace(/[-:T]|\.\d+/gu, '')
  return date.getUTCFullYear() < 2050 ? encodeTlv(0x17, new Uint8Array(Buffer.from(text.slice(2)))) : encodeTlv(0x18, new Uint8Array(Buffer.from(text)))
}

const TYPES: Readonly<Record<string, string>> = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' }

/** A name of `C=VN,O=…,CN=…`, in the order of certificates (country first). */
export function name(text: string): Uint8Array {
  return sequence(...text.split(',').map((part) => {
    const [type = '', value = ''] = part.split('=')
    return encodeTlv(0x31, sequence(oid(TYPES[type] ?? type), type === 'C' ? printable(value) : utf8(value)))
  }))
}
