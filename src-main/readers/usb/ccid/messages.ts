import { byteAt, dwordAt, EMPTY, join } from '../bytes'

/** PC_to_RDR messages (CCID Rev 1.1 §6.1). */
export const COMMAND = { powerOn: 0x62, powerOff: 0x63, slotStatus: 0x65, transfer: 0x6f, getParameters: 0x6c, resetParameters: 0x6d, setParameters: 0x61, abort: 0x72 } as const
/** RDR_to_PC messages (§6.2). */
export const ANSWER = { dataBlock: 0x80, slotStatus: 0x81, parameters: 0x82 } as const
export const HEADER = 10

export type CommandType = (typeof COMMAND)[keyof typeof COMMAND]
export type CcidCommand = Readonly<{ type: CommandType; slot: number; seq: number; data?: Uint8Array; /** Bytes 7 to 9, each message's own. */ specific?: readonly [number, number, number] }>

/** What the reader says of the card in its every answer (bmICCStatus). */
export type CardState = 'active' | 'inactive' | 'absent'

export type CcidAnswer = Readonly<{
  type: number
  slot: number
  seq: number
  card: CardState
  outcome: 'done' | 'failed' | 'moreTime'
  /** Why it failed; for `moreTime`, how many block waiting times more. */
  error: number
  /** bChainParameter, bProtocolNum or bClockStatus. */
  specific: number
  data: Uint8Array
}>

/** Which answer belongs to a command. */
export function answerTypeOf(type: CommandType): number {
  if (type === COMMAND.powerOn || type === COMMAND.transfer) return ANSWER.dataBlock
  if (type === COMMAND.getParameters || type === COMMAND.setParameters || type === COMMAND.resetParameters) return ANSWER.parameters
  return ANSWER.slotStatus
}

export function encodeCcid({ type, slot, seq, data = EMPTY, specific = [0, 0, 0] }: CcidCommand): Uint8Array {
  const length = data.length
  return join([Uint8Array.of(type, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff, length >>> 24, slot, seq, ...specific), data])
}

/** How long the message at the start of `bytes` is in all; null while its header is not whole. */
export const messageLength = (bytes: Uint8Array): number | null => (bytes.length < HEADER ? null : HEADER + dwordAt(bytes, 1))

const STATES: readonly CardState[] = ['active', 'inactive', 'absent', 'absent']

/** Reads an answer (§6.2); null when it is not whole or not one that we know. */
export function decodeCcid(bytes: Uint8Array): CcidAnswer | null {
  const type = byteAt(bytes, 0)
  const length = messageLength(bytes)
  if (length === null || bytes.length < length || type < ANSWER.dataBlock || type > ANSWER.parameters) return null
  const status = byteAt(bytes, 7)
  const outcome = status >> 6
  return {
    type, slot: byteAt(bytes, 5), seq: byteAt(bytes, 6),
    card: STATES[status & 3] ?? 'absent',
    outcome: outcome === 0 ? 'done' : outcome === 2 ? 'moreTime' : 'failed',
    error: byteAt(bytes, 8), specific: byteAt(bytes, 9), data: bytes.slice(HEADER, length),
  }
}

/** What a failed command failed of (bError, §6.2.6 table 6.2-2). */
export type CcidFailure = 'aborted' | 'mute' | 'parity' | 'overrun' | 'hardware' | 'badAtr' | 'protocol' | 'voltage' | 'busy' | 'noSlot' | 'unsupported' | 'parameter' | 'other'

const FAILURES: ReadonlyMap<number, CcidFailure> = new Map<number, CcidFailure>([
  [0xff, 'aborted'], [0xfe, 'mute'], [0xfd, 'parity'], [0xfc, 'overrun'], [0xfb, 'hardware'], [0xf8, 'badAtr'], [0xf7, 'badAtr'],
  [0xf6, 'protocol'], [0xf5, 'voltage'], [0xf4, 'protocol'], [0xf3, 'protocol'], [0xf2, 'busy'], [0xe0, 'busy'], [0x05, 'noSlot'], [0x00, 'unsupported'],
])

/** bPowerSelect stands at byte 7 of its message: an error that points there says that this voltage is not given. */
const POWER_SELECT = 7

export function failureOf(type: CommandType, error: number): CcidFailure {
  if (type === COMMAND.powerOn && error === POWER_SELECT) return 'voltage'
  return FAILURES.get(error) ?? (error < 0x80 ? 'parameter' : 'other')
}

/** What the interrupt pipe tells (§6.3). */
export type Notice = Readonly<{ kind: 'slots'; slots: readonly Readonly<{ present: boolean; changed: boolean }>[] }> | Readonly<{ kind: 'hardware'; slot: number }> | null

export function decodeNotice(bytes: Uint8Array, slots: number): Notice {
  const type = byteAt(bytes, 0)
  if (type === 0x51 && bytes.length >= 4) return { kind: 'hardware', slot: byteAt(bytes, 1) }
  if (type !== 0x50 || bytes.length < 1 + Math.ceil(slots / 4)) return null
  const bits = (slot: number): number => (byteAt(bytes, 1 + (slot >> 2)) >> ((slot & 3) * 2)) & 3
  return { kind: 'slots', slots: Array.from({ length: slots }, (_, slot) => ({ present: (bits(slot) & 1) !== 0, changed: (bits(slot) & 2) !== 0 })) }
}
