import { type UsbConnection } from '../bus'
import { byteAt, EMPTY, join } from '../bytes'
import { faultOf, UsbFault } from '../faults'
import { createQueue } from '../queue'
import { type CcidDescriptor } from './descriptor'
import { ANSWER, answerTypeOf, type CcidAnswer, COMMAND, type CommandType, decodeCcid, encodeCcid, messageLength } from './messages'

export type LinkLimits = Readonly<{
  /** Waiting for one answer, in ms; a card may think for seconds and not every reader asks for more time. */
  answerMs: number
  /** Waiting in all, however often the reader asks for more time. */
  wholeMs: number
  /** Waiting for what no card has part in. */
  ownMs: number
}>

export const LINK_LIMITS: LinkLimits = { answerMs: 10_000, wholeMs: 60_000, ownMs: 2000 }

export type LinkEnds = Readonly<{ connection: UsbConnection; interfaceNumber: number; bulkIn: number; bulkOut: number; packetSize: number; descriptor: CcidDescriptor }>

/** One CCID interface: commands go one after the other, each with its answer. */
export type CcidLink = Readonly<{
  descriptor: CcidDescriptor
  /**
   * Sends a command and gives its answer, done or failed; time extensions were waited for.
   * @throws UsbFault timeout (the command was aborted), gone, stall, other (an answer against the standard)
   */
  command(slot: number, type: CommandType, data?: Uint8Array, specific?: readonly [number, number, number]): Promise<CcidAnswer>
  /** Nothing waits or runs: a look at the slot disturbs nobody. */
  idle(): boolean
}>

/** Answers to others than the command asked for, before the reader counts as out of step. */
const STRAY_LIMIT = 8
const ABORT_REQUEST = 0x01

/** @param onLost called when even an abort brings no answer: only opening the device again can help */
export function createLink(ends: LinkEnds, onLost: () => void, limits: LinkLimits = LINK_LIMITS): CcidLink {
  const { connection, bulkIn, bulkOut, packetSize, descriptor } = ends
  const inTurn = createQueue()
  const message = createMessageReader(ends)
  let sequence = 0
  let busy = 0

  const nextSequence = (): number => {
    sequence = (sequence + 1) & 0xff
    return sequence
  }

  async function send(bytes: Uint8Array): Promise<void> {
    try {
      await connection.transferOut(bulkOut, bytes, limits.ownMs + bytes.length / 10)
    } catch (error) {
      const fault = faultOf(error)
      if (fault.kind === 'stall') await connection.clearHalt('out', bulkOut).catch(() => undefined)
      throw fault
    }
  }

  /** Waits for the answer to `seq`; what answers older commands is dropped. */
  async function answerTo(slot: number, type: CommandType, seq: number, firstMs: number): Promise<CcidAnswer> {
    const end = Date.now() + limits.wholeMs
    let until = Date.now() + firstMs
    for (let strays = 0; strays < STRAY_LIMIT; ) {
      const answer = decodeCcid(await message(Math.min(until, end)))
      const ours = answer?.seq === seq && answer.slot === slot && (answer.type === answerTypeOf(type) || answer.outcome === 'failed')
      if (!answer || !ours) strays++
      else if (answer.outcome !== 'moreTime') return answer
      else until = Date.now() + limits.answerMs * Math.max(1, answer.error)
    }
    throw new UsbFault('other')
  }

  /** Both halves of an abort (§5.3.1 and §6.1.13), after which the pipe is in step again. */
  async function abort(slot: number): Promise<void> {
    const seq = nextSequence()
    await connection
      .controlOut({ requestType: 'class', recipient: 'interface', request: ABORT_REQUEST, value: (seq << 8) | slot, index: ends.interfaceNumber }, EMPTY, limits.ownMs)
      .catch(() => undefined)
    await send(encodeCcid({ type: COMMAND.abort, slot, seq }))
    await answerTo(slot, COMMAND.abort, seq, limits.ownMs)
  }

  async function run(slot: number, type: CommandType, data: Uint8Array, specific: readonly [number, number, number]): Promise<CcidAnswer> {
    const seq = nextSequence()
    const cardTakesPart = type === COMMAND.transfer || type === COMMAND.powerOn || type === COMMAND.setParameters
    try {
      await send(encodeCcid({ type, slot, seq, data, specific }))
      return await answerTo(slot, type, seq, cardTakesPart ? limits.answerMs : limits.ownMs)
    } catch (error) {
      const fault = faultOf(error)
      if (fault.kind === 'stall') await connection.clearHalt('in', bulkIn).catch(() => undefined)
      const inVain = fault.kind === 'gone' ? fault : await abort(slot).then(() => null, faultOf)
      if (inVain) onLost()
      throw inVain?.kind === 'gone' ? inVain : fault
    }
  }

  return {
    descriptor,
    idle: () => busy === 0,
    command: async (slot, type, data = EMPTY, specific = [0, 0, 0]) => {
      busy++
      try {
        return await inTurn(() => run(slot, type, data, specific))
      } finally {
        busy--
      }
    },
  }

  /**
   * Reads whole messages. The first read asks for one packet and the second for just the rest, so a message that
   * ends with a full packet needs no empty one behind it; readers that send it all the same give an empty read, skipped.
   */
  function createMessageReader({ descriptor: { maxMessage } }: LinkEnds): (until: number) => Promise<Uint8Array> {
    const read = async (length: number, until: number): Promise<Uint8Array> => {
      for (;;) {
        const left = until - Date.now()
        if (left <= 0) throw new UsbFault('timeout')
        const bytes = await connection.transferIn(bulkIn, Math.ceil(length / packetSize) * packetSize, left)
        if (bytes.length > 0) return bytes
      }
    }
    return async (until) => {
      let whole = await read(packetSize, until)
      // Not the start of an answer: what is left of a broken one. The caller counts it.
      if (byteAt(whole, 0) < ANSWER.dataBlock || byteAt(whole, 0) > ANSWER.parameters) return whole
      for (;;) {
        const length = messageLength(whole)
        if (length !== null && length > maxMessage + packetSize) throw new UsbFault('other')
        if (length !== null && whole.length >= length) return whole.subarray(0, length)
        whole = join([whole, await read(length === null ? packetSize : length - whole.length, until)])
      }
    }
  }
}
