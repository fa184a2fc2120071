import { encodeTlv, malformed } from '../chip/tlv'

const DEEPEST = 24
const MOST = 500_000
const OCTETS = 0x04
const OCTETS_IN_PARTS = 0x24

type Node = Readonly<{ bytes: Uint8Array; end: number; changed: boolean }>

/**
 * BER with indefinite lengths and octet strings in parts, as some signers of SODs and lists write their CMS, as definite lengths
 * (X.690 §8.1.3.6, §8.7.3). What has definite lengths all through is given back as it came: signed parts are never re-coded. @throws AppError THE-009
 */
export function definite(bytes: Uint8Array): Uint8Array {
  let left = MOST
  const node = (at: number, end: number, depth: number): Node => {
    left -= 1
    if (left === 0 || depth > DEEPEST) throw malformed()
    const tag = bytes[at]
    const first = bytes[at + 1]
    if (tag === undefined || first === undefined || at + 1 >= end) throw malformed()
    const constructed = (tag & 0x20) !== 0
    if (first === 0x80 && constructed && (tag & 0x1f) !== 0x1f) return indefinite(tag, at + 2, end, depth)
    const { start, stop } = span(bytes, at, end)
    if (!constructed || (tag & 0x1f) === 0x1f) return { bytes: bytes.subarray(at, stop), end: stop, changed: false }
    const parts = within(start, stop, depth + 1)
    const changed = tag === OCTETS_IN_PARTS || parts.some((part) => part.changed)
    return { bytes: changed ? made(tag, parts) : bytes.subarray(at, stop), end: stop, changed }
  }
  const within = (from: number, to: number, depth: number): Node[] => {
    const parts: Node[] = []
    for (let at = from; at < to;) {
      const part = node(at, to, depth)
      parts.push(part)
      at = part.end
    }
    return parts
  }
  const indefinite = (tag: number, from: number, to: number, depth: number): Node => {
    const parts: Node[] = []
    let at = from
    while (!(bytes[at] === 0 && bytes[at + 1] === 0)) {
      const part = node(at, to, depth + 1)
      parts.push(part)
      at = part.end
    }
    if (at + 2 > to) throw malformed()
    return { bytes: made(tag, parts), end: at + 2, changed: true }
  }
  return node(0, bytes.length, 0).bytes
}

function made(tag: number, parts: readonly Node[]): Uint8Array {
  if (tag !== OCTETS_IN_PARTS) return encodeTlv(tag, ...parts.map((part) => part.bytes))
  return encodeTlv(OCTETS, ...parts.map((part) => {
    if (part.bytes[0] !== OCTETS) throw malformed()
    const { start, stop } = span(part.bytes, 0, part.bytes.length)
    return part.bytes.subarray(start, stop)
  }))
}

/** Where the value of a definite object begins and ends. */
function span(bytes: Uint8Array, at: number, end: number): { start: number; stop: number } {
  let start = at + 1
  if (((bytes[at] ?? 0) & 0x1f) === 0x1f) {
    while (((bytes[start] ?? 0) & 0x80) !== 0) start += 1
    start += 1
  }
  const first = bytes[start]
  if (first === undefined || first === 0x80 || first > 0x84) throw malformed()
  start += 1
  let length = first
  if (first > 0x80) {
    length = 0
    for (let left = first - 0x80; left > 0; left -= 1, start += 1) length = length * 256 + (bytes[start] ?? 0)
  }
  if (start + length > end) throw malformed()
  return { start, stop: start + length }
}
