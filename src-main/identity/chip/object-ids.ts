import { malformed } from './tlv'

const LONGEST = 64

/** Object identifier as dotted text, from the value of its DER object (X.690 §8.19). @throws AppError THE-009 */
export function oidText(value: Uint8Array): string {
  const last = value.at(-1)
  if (last === undefined || last >= 0x80 || value.length > LONGEST) throw malformed()
  const arcs: bigint[] = []
  let arc = 0n
  for (const byte of value) {
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [both = 0n, ...rest] = arcs
  const first = both >= 80n ? 2n : both / 40n
  return [first, both - first * 40n, ...rest].join('.')
}

/** The value of the DER object for a dotted identifier. */
export function oidValue(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return Uint8Array.from([first * 40 + second, ...rest].flatMap(base128))
}

function base128(arc: number): number[] {
  const bytes = [arc & 0x7f]
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left & 0x7f) | 0x80)
  return bytes
}
