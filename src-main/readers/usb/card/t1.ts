import { byteAt, EMPTY, join } from '../bytes'
import { UsbFault } from '../faults'
import { type Block, decodeBlock, encodeBlock } from './t1-blocks'

/** What came back for a block: its bytes, or why there are none. `waits` is how many block waiting times the reader is to wait. */
export type SendBlock = (block: Uint8Array, waits: number) => Promise<Uint8Array | 'mute' | 'parity'>

export type T1Options = Readonly<{
  /** Longest information field that the card takes (IFSC) and that we take (IFSD). */
  ifsc: number
  ifsd: number
  crc: boolean
  /** The card does not know our IFSD yet: tell it first. */
  tellIfsd: boolean
}>

/** A conversation with one card from its reset on. APDUs go one at a time. */
export type T1Line = (command: Uint8Array) => Promise<Uint8Array>

/** ISO 7816-3 §11.6.3: a block is sent at most three times, then the line is brought in step, at most three times. */
const TRIES = 3
/** Blocks of one APDU, all in all: three times what the longest one needs in the smallest useful pieces. */
const BLOCK_LIMIT = 20_000
const LONGEST_ANSWER = 65_538

const flip = (bit: 0 | 1): 0 | 1 => (bit === 0 ? 1 : 0)

/** The block protocol of ISO 7816-3 §11, our side. @throws UsbFault `timeout` for a silent card, `other` for one that breaks the protocol */
export function createT1(send: SendBlock, options: T1Options): T1Line {
  let { ifsc } = options
  let told = !options.tellIfsd
  let ours: 0 | 1 = 0
  let theirs: 0 | 1 = 0
  let sent = 0

  const receipt = (error: 'none' | 'edc' | 'other'): Block => ({ kind: 'R', seq: theirs, error })

  async function pass(block: Block, waits = 0): Promise<Block | 'edc' | 'other' | 'mute'> {
    if (++sent > BLOCK_LIMIT) throw new UsbFault('other')
    const back = await send(encodeBlock(block, options.crc), waits)
    return back === 'mute' ? 'mute' : back === 'parity' ? 'edc' : decodeBlock(back, options.crc)
  }

  /** Sends an S(request) and takes nothing but its response (rules 4 and 7.3). */
  async function request(block: Extract<Block, { kind: 'S' }>): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const back = await pass(block)
      if (typeof back === 'object' && back.kind === 'S' && back.response && back.what === block.what && byteAt(back.data, 0) === byteAt(block.data, 0)) return true
    }
    return false
  }

  async function resynchronise(): Promise<boolean> {
    ours = 0
    theirs = 0
    return request({ kind: 'S', what: 'resynch', response: false, data: EMPTY })
  }

  /** The card's own requests, answered until it sends something else (rules 3, 4 and 9). */
  async function settle(first: Block | 'edc' | 'other' | 'mute'): Promise<Block | 'edc' | 'other' | 'mute'> {
    let back = first
    while (typeof back === 'object' && back.kind === 'S' && !back.response && back.what !== 'resynch') {
      if (back.what === 'ifs') ifsc = Math.max(1, Math.min(254, byteAt(back.data, 0)))
      const granted = back.what === 'wtx' ? Math.max(1, byteAt(back.data, 0)) : 0
      const aborted = back.what === 'abort'
      back = await pass({ ...back, response: true }, granted)
      if (aborted) throw new UsbFault('other')
    }
    return back
  }

  /**
   * Sends a block until an answer comes that `expects` takes. A disturbed answer is asked for again; a request for our block sends it again (rules 7.1 and 7.2).
   * null: three times in vain.
   */
  async function until(block: Block, expects: (back: Block) => boolean): Promise<Block | null> {
    let next = block
    for (let bad = 0; bad < TRIES; ) {
      const back = await settle(await pass(next))
      if (typeof back === 'object' && expects(back)) return back
      bad++
      const asksAgain = typeof back === 'object' && back.kind === 'R' && block.kind === 'I' && back.seq === block.seq
      next = asksAgain || block.kind === 'R' ? block : receipt(back === 'edc' ? 'edc' : 'other')
      if (back === 'mute' && bad === TRIES) throw new UsbFault('timeout')
    }
    return null
  }

  /** Our chain out: every block but the last is acknowledged by R with the next number (rule 5). */
  async function sendChain(command: Uint8Array): Promise<Block | null> {
    for (let at = 0; ; ) {
      const part = command.subarray(at, at + ifsc)
      at += part.length
      const more = at < command.length
      const seq = ours
      const back = await until({ kind: 'I', seq, more, data: part }, (answer) =>
        more ? answer.kind === 'R' && answer.seq !== seq && answer.error === 'none' : answer.kind === 'I' && answer.seq === theirs)
      if (!back) return null
      ours = flip(ours)
      if (!more) return back
    }
  }

  async function takeChain(first: Block): Promise<Uint8Array | null> {
    const got: Uint8Array[] = []
    let total = 0
    for (let back: Block | null = first; back?.kind === 'I'; ) {
      got.push(back.data)
      total += back.data.length
      theirs = flip(theirs)
      if (total > LONGEST_ANSWER) throw new UsbFault('other')
      if (!back.more) return join(got)
      const expected = theirs
      back = await until(receipt('none'), (answer) => answer.kind === 'I' && answer.seq === expected)
    }
    return null
  }

  async function once(command: Uint8Array): Promise<Uint8Array | null> {
    const first = await sendChain(command)
    return first && takeChain(first)
  }

  return async (command) => {
    sent = 0
    if (!told) {
      told = true
      // A card that does not answer this keeps its 32 bytes; what follows shows whether it is there at all.
      await request({ kind: 'S', what: 'ifs', response: false, data: Uint8Array.of(options.ifsd) })
    }
    for (let round = 0; round < TRIES; round++) {
      const answer = await once(command)
      if (answer) return answer
      if (!(await resynchronise())) break
    }
    throw new UsbFault('other')
  }
}
