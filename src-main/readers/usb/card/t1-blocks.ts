import { byteAt, join } from '../bytes'

/** A block of T=1 (ISO 7816-3 §11.3). Node addresses are not used: NAD is 0. */
export type Block =
  | Readonly<{ kind: 'I'; seq: 0 | 1; more: boolean; data: Uint8Array }>
  | Readonly<{ kind: 'R'; seq: 0 | 1; error: 'none' | 'edc' | 'other' }>
  | Readonly<{ kind: 'S'; what: Supervision; response: boolean; data: Uint8Array }>

export type Supervision = 'resynch' | 'ifs' | 'abort' | 'wtx'

const SUPERVISIONS: readonly Supervision[] = ['resynch', 'ifs', 'abort', 'wtx']
const R_ERRORS = ['none', 'edc', 'other'] as const
const NAD = 0
const PROLOGUE = 3
const LONGEST = 254

/** Exclusive or of all bytes. */
export const lrc = (bytes: Uint8Array): Uint8Array => Uint8Array.of(bytes.reduce((sum, byte) => sum ^ byte, 0))

/** CRC with polynomial 0x8408 from 0xFFFF, high byte first and not complemented: so the free drivers of the field do it; no card that asks for it was seen. */
export function crc(bytes: Uint8Array): Uint8Array {
  let sum = 0xffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ 0x8408 : sum >> 1
  }
  return Uint8Array.of(sum >> 8, sum & 0xff)
}

function pcbOf(block: Block): number {
  if (block.kind === 'I') return (block.seq << 6) | (block.more ? 0x20 : 0)
  if (block.kind === 'R') return 0x80 | (block.seq << 4) | R_ERRORS.indexOf(block.error)
  return 0xc0 | (block.response ? 0x20 : 0) | SUPERVISIONS.indexOf(block.what)
}

export function encodeBlock(block: Block, withCrc: boolean): Uint8Array {
  const data = block.kind === 'R' ? new Uint8Array(0) : block.data
  const body = join([Uint8Array.of(NAD, pcbOf(block), data.length), data])
  return join([body, withCrc ? crc(body) : lrc(body)])
}

const same = (left: Uint8Array, right: Uint8Array): boolean => left.length === right.length && left.every((byte, at) => byte === right[at])
const bit = (pcb: number, mask: number): 0 | 1 => (pcb & mask ? 1 : 0)

/** Reads a block; `edc` when its check is wrong, `other` when it is not a block of this protocol. */
export function decodeBlock(bytes: Uint8Array, withCrc: boolean): Block | 'edc' | 'other' {
  const check = withCrc ? 2 : 1
  const length = byteAt(bytes, 2)
  const end = PROLOGUE + length
  if (bytes.length < PROLOGUE + check) return 'other'
  // A wrong length is most likely a disturbed one: its check tells nothing then.
  if (bytes.length !== end + check) return 'edc'
  const body = bytes.subarray(0, end)
  if (!same(bytes.subarray(end), withCrc ? crc(body) : lrc(body))) return 'edc'
  const pcb = byteAt(bytes, 1)
  const data = bytes.slice(PROLOGUE, end)
  if (length > LONGEST) return 'other'
  if (!(pcb & 0x80)) return pcb & 0x1f ? 'other' : { kind: 'I', seq: bit(pcb, 0x40), more: (pcb & 0x20) !== 0, data }
  return pcb & 0x40 ? supervision(pcb, data) : receipt(pcb, data)
}

function receipt(pcb: number, data: Uint8Array): Block | 'other' {
  const error = R_ERRORS[pcb & 0x0f]
  return data.length > 0 || pcb & 0x20 || !error ? 'other' : { kind: 'R', seq: bit(pcb, 0x10), error }
}

function supervision(pcb: number, data: Uint8Array): Block | 'other' {
  const what = SUPERVISIONS[pcb & 0x1f]
  const wanted = what === 'ifs' || what === 'wtx' ? 1 : 0
  return !what || data.length !== wanted ? 'other' : { kind: 'S', what, response: (pcb & 0x20) !== 0, data }
}
