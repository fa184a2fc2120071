import { byteAt } from '../bytes'

/** What an answer to reset says (ISO 7816-3 §8.2). */
export type Atr = Readonly<{
  /** T=0 and T=1 in the order in which they are offered. */
  protocols: readonly (0 | 1)[]
  /** Fi and Di as in TA1; 0x11 is the default. */
  ta1: number
  /** TC1: 255 is the least, special in each protocol. */
  guardTime: number
  /** TA2 is there: the card talks its protocol at once, nothing is negotiated. */
  specificMode: Readonly<{ protocol: number; implicit: boolean }> | null
  /** TC2, waiting time of T=0. */
  waitingInteger: number
  /** First TA for T=1: the longest block that the card takes. */
  ifsc: number
  /** First TB for T=1: BWI and CWI. */
  waiting: number
  /** First TC for T=1, bit 0: CRC in place of LRC. */
  crc: boolean
  inverse: boolean
  historical: Uint8Array
  checkByte: 'right' | 'wrong' | 'none'
}>

type InterfaceBytes = Readonly<{ group: number; protocol: number; ta: number | null; tb: number | null; tc: number | null }>

/** Reads an answer to reset; null when it is none. A wrong check byte is told, not refused: such cards work elsewhere. */
export function parseAtr(bytes: Uint8Array): Atr | null {
  if (bytes.length < 2 || bytes.length > 33 || (byteAt(bytes, 0) !== 0x3b && byteAt(bytes, 0) !== 0x3f)) return null
  const groups: InterfaceBytes[] = []
  const offered: number[] = []
  let at = 2
  let present = byteAt(bytes, 1) >> 4
  let protocol = 0
  const take = (bit: number): number | null => (present & bit ? byteAt(bytes, at++) : null)
  for (let group = 1; ; group++) {
    groups.push({ group, protocol, ta: take(1), tb: take(2), tc: take(4) })
    const td = take(8)
    if (at > bytes.length) return null
    if (td === null) break
    protocol = td & 0x0f
    offered.push(protocol)
    present = td >> 4
  }
  const historical = bytes.subarray(at, at + (byteAt(bytes, 1) & 0x0f))
  at += byteAt(bytes, 1) & 0x0f
  if (at > bytes.length) return null
  return { ...fieldsOf(groups), protocols: protocolsOf(offered), inverse: byteAt(bytes, 0) === 0x3f, historical, checkByte: checkOf(bytes, at, offered) }
}

function protocolsOf(offered: readonly number[]): readonly (0 | 1)[] {
  const known = (offered.length === 0 ? [0] : offered).filter((protocol): protocol is 0 | 1 => protocol === 0 || protocol === 1)
  return [...new Set(known)]
}

/** TCK is there unless T=0 alone is offered (§8.2.5). */
function checkOf(bytes: Uint8Array, at: number, offered: readonly number[]): Atr['checkByte'] {
  if (offered.every((protocol) => protocol === 0) || at >= bytes.length) return 'none'
  return bytes.subarray(1, at + 1).reduce((sum, byte) => sum ^ byte, 0) === 0 ? 'right' : 'wrong'
}

function fieldsOf(groups: readonly InterfaceBytes[]): Pick<Atr, 'ta1' | 'guardTime' | 'specificMode' | 'waitingInteger' | 'ifsc' | 'waiting' | 'crc'> {
  const [first, second] = groups
  const forT1 = groups.find(({ group, protocol }) => group > 2 && protocol === 1)
  const ifsc = forT1?.ta ?? 32
  const ta2 = second?.ta ?? null
  return {
    ta1: first?.ta ?? 0x11,
    guardTime: first?.tc ?? 0,
    specificMode: ta2 === null ? null : { protocol: ta2 & 0x0f, implicit: (ta2 & 0x10) !== 0 },
    waitingInteger: second?.tc ?? 10,
    ifsc: ifsc >= 1 && ifsc <= 254 ? ifsc : 32,
    waiting: forT1?.tb ?? 0x4d,
    crc: ((forT1?.tc ?? 0) & 1) === 1,
  }
}
