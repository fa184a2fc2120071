/** A command APDU before coding. `le` is the number of bytes asked for; 0 and undefined ask for none. */
export type Command = Readonly<{ cla: number; ins: number; p1: number; p2: number; data?: Uint8Array; le?: number }>
/** An answer: data and status word. */
export type Answer = Readonly<{ data: Uint8Array; sw: number }>
/** One command and its answer, in clear or through secure messaging. */
export type Exchange = (command: Command) => Promise<Answer>

const SHORT_DATA = 255
const SHORT_LE = 256

/** Codes a command, short where it fits and extended where it must be (ISO 7816-4 §5.1). @throws RangeError for lengths outside the standard */
export function encodeCommand({ cla, ins, p1, p2, data = new Uint8Array(0), le = 0 }: Command): Uint8Array {
  if (data.length > 0xffff || le < 0 || le > 0x10000) throw new RangeError('APDU length')
  const extended = data.length > SHORT_DATA || le > SHORT_LE
  const head = [cla, ins, p1, p2]
  const lc = data.length === 0 ? [] : extended ? [0, data.length >> 8, data.length & 0xff] : [data.length]
  const leBytes = le === 0 ? [] : extended ? [...(data.length === 0 ? [0] : []), (le >> 8) & 0xff, le & 0xff] : [le & 0xff]
  return Uint8Array.from([...head, ...lc, ...data, ...leBytes])
}

/** Splits an answer into data and status word; null when it is too short to be one. */
export function decodeAnswer(bytes: Uint8Array): Answer | null {
  if (bytes.length < 2) return null
  const end = bytes.length - 2
  return { data: bytes.subarray(0, end), sw: ((bytes[end] ?? 0) << 8) | (bytes[end + 1] ?? 0) }
}
