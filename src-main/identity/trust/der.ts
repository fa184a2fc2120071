import { toInteger } from '../chip/integers'
import { oidText } from '../chip/object-ids'
import { malformed, readAll, readTlv, type Tlv } from '../chip/tlv'

/** Universal and context tags that certificates and CMS use (X.680 §8). */
export const TAG = {
  boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, enumerated: 0x0a, utf8: 0x0c, utcTime: 0x17, time: 0x18, sequence: 0x30, set: 0x31,
} as const

/** The object with a tag, or a refusal. @throws AppError THE-009 */
export function expect(tlv: Tlv | undefined, tag: number): Tlv {
  if (tlv?.tag !== tag) throw malformed()
  return tlv
}

/** Children of an object with this tag. @throws AppError THE-009 */
export const childrenOf = (tlv: Tlv | undefined, tag: number): Tlv[] => readAll(expect(tlv, tag).value)

/** Walks the children of an object in order: `next` takes one that must be there, `optional` one that may be. @throws AppError THE-009 */
export function walk(parent: Tlv | undefined, tag: number): { next(tag?: number): Tlv; optional(...tags: number[]): Tlv | undefined; rest(): Tlv[] } {
  const children = childrenOf(parent, tag)
  let at = 0
  return {
    next: (wanted) => {
      const tlv = children[at]
      if (tlv === undefined || (wanted !== undefined && tlv.tag !== wanted)) throw malformed()
      at += 1
      return tlv
    },
    optional: (...tags) => {
      const tlv = children[at]
      if (tlv === undefined || !tags.includes(tlv.tag)) return undefined
      at += 1
      return tlv
    },
    rest: () => children.slice(at),
  }
}

/** The object that fills the bytes from their start. @throws AppError THE-009 */
export const whole = (bytes: Uint8Array, tag: number): Tlv => expect(readTlv(bytes).tlv, tag)

/** The object that begins these bytes. @throws AppError THE-009 */
export const first = (bytes: Uint8Array): Tlv => readTlv(bytes).tlv

/** An object identifier as dotted numbers (X.690 §8.19). @throws AppError THE-009 */
export const oidOf = (tlv: Tlv | undefined): string => oidText(expect(tlv, TAG.oid).value)

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** A small INTEGER, as versions and lengths are. @throws AppError THE-009 */
export function smallInteger(tlv: Tlv | undefined): number {
  const { value } = expect(tlv, TAG.integer)
  if (value.length === 0 || value.length > 4 || ((value[0] ?? 0) & 0x80) !== 0) throw malformed()
  return Number(toInteger(value))
}

/** The octets of a BIT STRING that is made of whole octets. @throws AppError THE-009 */
export function bitsOf(tlv: Tlv | undefined): Uint8Array {
  const { value } = expect(tlv, TAG.bits)
  if (value[0] !== 0) throw malformed()
  return value.subarray(1)
}

/** Numbers of the bits that are set in a named-bit BIT STRING (X.680 §22). @throws AppError THE-009 */
export function namedBits(tlv: Tlv | undefined): ReadonlySet<number> {
  const { value } = expect(tlv, TAG.bits)
  const set = new Set<number>()
  for (let bit = 0; bit < Math.min((value.length - 1) * 8, 32); bit += 1) {
    if ((((value[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) === 1) set.add(bit)
  }
  return set
}

const TIMES = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/

/** UTCTime or GeneralizedTime in UTC (RFC 5280 §4.1.2.5: two-digit years from 50 on are of the last century). @throws AppError THE-009 */
export function timeOf(tlv: Tlv | undefined): Date {
  if (tlv === undefined || (tlv.tag !== TAG.utcTime && tlv.tag !== TAG.time) || tlv.value.length > 30) throw malformed()
  const [, year = '', month, day, hour, minute, second = '00'] = TIMES.exec(latin1(tlv.value)) ?? []
  if (year.length !== (tlv.tag === TAG.utcTime ? 2 : 4)) throw malformed()
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`
  const time = new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(time.getTime())) throw malformed()
  return time
}

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
