import { type TestCard } from './cards'

export type T1CardOptions = Readonly<{
  crc?: boolean
  /** The longest field that the card sends before it is told of another (IFSD); 32 as the standard has it. */
  sends?: number
  ifsc?: number
  /** What happens to the n-th block that the card sends (from 0), instead of its being sent. */
  fault?: (sent: number) => 'garble' | 'lose' | 'parity' | null
  /** Requests of the card before its first answering block. */
  first?: readonly ('wtx' | 'ifs' | 'abort')[]
}>

/** What the reader gets for a block: bytes, or what the line did. */
export type Line = (block: Uint8Array) => Promise<Uint8Array | 'mute' | 'parity'>

const xor = (bytes: readonly number[]): number[] => [bytes.reduce((sum, byte) => sum ^ byte, 0)]

function crcOf(bytes: readonly number[]): number[] {
  let sum = 0xffff
  for (const byte of bytes) for (let bit = 0; bit < 8; bit++) sum = ((sum ^ (byte >> bit)) & 1) === 1 ? (sum >> 1) ^ 0x8408 : sum >> 1
  return [sum >> 8, sum & 0xff]
}

/** A card's side of T=1, written from ISO 7816-3 §11 on its own, to be talked with and to be disturbed. */
export function t1Side(card: TestCard, { crc = false, sends = 32, ifsc = 254, fault = () => null, first = [] }: T1CardOptions = {}): Line {
  const edc = crc ? crcOf : xor
  let ns = 0
  let nr = 0
  let ifsd = sends
  let incoming: number[] = []
  let outgoing: number[] = []
  let chaining = false
  const asking = [...first]
  let held: number[] | null = null
  let last: number[] = []
  let sent = 0

  const block = (pcb: number, data: readonly number[] = []): number[] => {
    const body = [0, pcb, data.length, ...data]
    return [...body, ...edc(body)]
  }
  const nextPart = (): number[] => {
    const part = outgoing.slice(0, ifsd)
    outgoing = outgoing.slice(part.length)
    chaining = outgoing.length > 0
    const made = block((ns << 6) | (chaining ? 0x20 : 0), part)
    ns ^= 1
    return made
  }
  const REQUESTS = { wtx: () => block(0xc3, [2]), ifs: () => block(0xc1, [40]), abort: () => block(0xc2) }

  async function onI(pcb: number, data: readonly number[]): Promise<number[]> {
    if (pcb >> 6 !== nr) return block(0x80 | (nr << 4) | 2)
    if (data.length > ifsc) return block(0x80 | (nr << 4) | 2)
    nr ^= 1
    incoming.push(...data)
    if (pcb & 0x20) return block(0x80 | (nr << 4))
    outgoing = [...(await card.transmit(Uint8Array.from(incoming)))]
    incoming = []
    const answer = nextPart()
    const request = asking.shift()
    if (!request) return answer
    held = answer
    return REQUESTS[request]()
  }

  /** N(R) names the block that is wanted: the one already sent, or the next of a chain. */
  const onR = (pcb: number): number[] => (((pcb >> 4) & 1) === ns && chaining && (pcb & 0x0f) === 0 ? nextPart() : last)

  function onS(pcb: number, data: readonly number[]): number[] {
    if (pcb === 0xc0) {
      ns = nr = 0
      incoming = []
      outgoing = []
      chaining = false
      return block(0xe0)
    }
    if (pcb === 0xc1) {
      ifsd = data[0] ?? 32
      return block(0xe1, data)
    }
    const request = asking.shift()
    if (request) return REQUESTS[request]()
    const answer = held ?? last
    held = null
    return answer
  }

  return async (bytes) => {
    const check = crc ? 2 : 1
    const body = [...bytes.subarray(0, bytes.length - check)]
    const right = edc(body).every((byte, at) => byte === bytes[bytes.length - check + at])
    const pcb = body[1] ?? 0
    const data = body.slice(3)
    if (!right) last = block(0x80 | (nr << 4) | 1)
    else if (!(pcb & 0x80)) last = await onI(pcb, data)
    else last = pcb & 0x40 ? onS(pcb, data) : onR(pcb)
    const happens = fault(sent++)
    if (happens === 'lose') return 'mute'
    if (happens === 'parity') return 'parity'
    return Uint8Array.from(happens === 'garble' ? last.map((byte, at) => (at === 2 ? byte ^ 0x10 : byte)) : last)
  }
}
