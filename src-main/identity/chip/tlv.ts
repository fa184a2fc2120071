import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'

/** One BER-TLV object (ISO 7816-4 §5.2.2, X.690). `raw` is tag, length and value as they came. */
export type Tlv = Readonly<{ tag: number; value: Uint8Array; raw: Uint8Array; constructed: boolean }>

const MOST_OBJECTS = 20_000

/** What these bytes cannot be. */
export const malformed = (): AppError => new AppError(chipErrors.malformed)

/** Reads the object at `offset`. Definite lengths only, tags of at most four bytes. @throws AppError THE-009 */
export function readTlv(bytes: Uint8Array, offset = 0): { tlv: Tlv; end: number } {
  let at = offset
  const next = (): number => {
    const byte = bytes[at]
    if (byte === undefined) throw malformed()
    at += 1
    return byte
  }
  const first = next()
  let tag = first
  if ((first & 0x1f) === 0x1f) {
    for (let more = true, count = 0; more; count += 1) {
      if (count === 3) throw malformed()
      const byte = next()
      tag = tag * 256 + byte
      more = (byte & 0x80) !== 0
    }
  }
  let length = next()
  if (length === 0x80 || length > 0x84) throw malformed()
  if (length > 0x80) {
    const count = length - 0x80
    length = 0
    for (let index = 0; index < count; index += 1) length = length * 256 + next()
  }
  const end = at + length
  if (end > bytes.length) throw malformed()
  return { tlv: { tag, value: bytes.subarray(at, end), raw: bytes.subarray(offset, end), constructed: (first & 0x20) !== 0 }, end }
}

/** All objects that fill `bytes`. Zero bytes between objects are padding, as some chips leave it. @throws AppError THE-009 */
export function readAll(bytes: Uint8Array): Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === 0) {
      at += 1
      continue
    }
    if (found.length === MOST_OBJECTS) throw malformed()
    const { tlv, end } = readTlv(bytes, at)
    found.push(tlv)
    at = end
  }
  return found
}

/** The first child with this tag. */
export const child = (parent: Tlv, tag: number): Tlv | undefined => readAll(parent.value).find((tlv) => tlv.tag === tag)

/** The only object of a file, with this tag. @throws AppError THE-009 */
export function only(bytes: Uint8Array, tag: number): Tlv {
  const { tlv } = readTlv(bytes)
  if (tlv.tag !== tag) throw malformed()
  return tlv
}

/** Length of the whole object whose first bytes these are (tag, length and value); null when they are too few to tell. */
export function lengthOf(head: Uint8Array): number | null {
  const tagBytes = ((head[0] ?? 0) & 0x1f) === 0x1f ? 1 + head.subarray(1).findIndex((byte) => (byte & 0x80) === 0) + 1 : 1
  const first = head[tagBytes]
  if (first === undefined) return null
  if (first < 0x80) return tagBytes + 1 + first
  const count = first - 0x80
  if (count === 0 || count > 4) throw malformed()
  if (head.length < tagBytes + 1 + count) return null
  let length = 0
  for (let index = 0; index < count; index += 1) length = length * 256 + (head[tagBytes + 1 + index] ?? 0)
  return tagBytes + 1 + count + length
}

/** Codes an object with the shortest length. */
export function encodeTlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const length = values.reduce((sum, value) => sum + value.length, 0)
  const bigEndian = (number: number): number[] => (number < 256 ? [number] : [...bigEndian(Math.floor(number / 256)), number % 256])
  const lengthBytes = length < 0x80 ? [length] : [0x80 + bigEndian(length).length, ...bigEndian(length)]
  return concat(Uint8Array.from([...bigEndian(tag), ...lengthBytes]), ...values)
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
