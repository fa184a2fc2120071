import type { Answer, Command } from '../chip/apdu'

export type CardCommand = Required<Omit<Command, 'data'>> & Readonly<{ data: Uint8Array }>
export type Outcome = Readonly<{ data: Uint8Array; sw: number }>

export const STATUS = {
  ok: 0x9000, endOfFile: 0x6282, wrongKey: 0x6300, wrongLength: 0x6700, security: 0x6982, noCurrentFile: 0x6986, badObjects: 0x6988, badData: 0x6a80, notFound: 0x6a82,
  wrongParameters: 0x6a86, outside: 0x6b00, unknown: 0x6d00, wrongClass: 0x6e00,
} as const

export const just = (sw: number): Outcome => ({ data: new Uint8Array(0), sw })
export const done = (data: Uint8Array = new Uint8Array(0)): Outcome => ({ data, sw: STATUS.ok })

/** Whether a command has its lengths in two bytes. */
export const isExtended = (bytes: Uint8Array): boolean => bytes.length > 5 && bytes[4] === 0

/** Takes a command APDU apart (ISO 7816-4 §5.1); null when its lengths do not fit. `le` 0: nothing is asked for. */
export function decodeCommand(bytes: Uint8Array): CardCommand | null {
  const [cla, ins, p1, p2, first] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null
  const command = (data: Uint8Array, le: number): CardCommand => ({ cla, ins, p1, p2, data, le })
  const none = new Uint8Array(0)
  if (first === undefined) return command(none, 0)
  if (first !== 0 || bytes.length === 5) {
    if (bytes.length === 5) return command(none, first === 0 ? 256 : first)
    const data = bytes.subarray(5, 5 + first)
    if (bytes.length === 5 + first) return command(data, 0)
    return bytes.length === 6 + first ? command(data, bytes.at(-1) === 0 ? 256 : bytes.at(-1) ?? 0) : null
  }
  const long = ((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0)
  if (bytes.length === 7) return command(none, long === 0 ? 65_536 : long)
  const data = bytes.subarray(7, 7 + long)
  if (bytes.length === 7 + long) return command(data, 0)
  if (bytes.length !== 9 + long) return null
  const le = ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0)
  return command(data, le === 0 ? 65_536 : le)
}

export function encodeAnswer({ data, sw }: Answer): Uint8Array {
  const bytes = new Uint8Array(data.length + 2)
  bytes.set(data)
  bytes.set([sw >> 8, sw & 0xff], data.length)
  return bytes
}
