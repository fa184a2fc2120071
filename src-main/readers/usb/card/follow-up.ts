import { byteAt, join } from '../bytes'
import { UsbFault } from '../faults'
import { EXTENDED_ANSWER } from '../../transport'

/** Sends one command and gives its answer with status word. */
export type Send = (command: Uint8Array) => Promise<Uint8Array>

/** Answers that may be fetched one after the other: more than the longest answer needs in pieces of 256. */
const FETCH_LIMIT = 600

export const splitAnswer = (answer: Uint8Array): Readonly<{ data: Uint8Array; sw1: number; sw2: number }> => {
  if (answer.length < 2) throw new UsbFault('other')
  return { data: answer.subarray(0, answer.length - 2), sw1: byteAt(answer, answer.length - 2), sw2: byteAt(answer, answer.length - 1) }
}

/** The logical channel stays, secure messaging and chaining bits do not belong to GET RESPONSE (ISO 7816-4 §5.4.1). */
export const channelOf = (cla: number): number => (cla & 0x40 ? cla & 0x4f : cla & 0x03)

/**
 * Fetches what a card holds ready: 61xx by GET RESPONSE, 6Cxx by asking again with the length it names
 * (ISO 7816-4 §5.1.3). Gives the data of all pieces and the last status word.
 * @param most data bytes asked for; fetching ends there
 */
export async function withFollowUps(send: Send, command: Uint8Array, most = EXTENDED_ANSWER): Promise<Uint8Array> {
  const got: Uint8Array[] = []
  let total = 0
  let asked = command
  let corrected = false
  for (let sent = 0; sent < FETCH_LIMIT; sent++) {
    const { data, sw1, sw2 } = splitAnswer(await send(asked))
    if (sw1 === 0x6c && data.length === 0 && !corrected) {
      corrected = true
      asked = askedFor(asked, sw2)
      continue
    }
    corrected = false
    got.push(data)
    total += data.length
    if (sw1 !== 0x61 || total >= most) return join([...got, Uint8Array.of(sw1, sw2)])
    asked = Uint8Array.of(channelOf(byteAt(command, 0)), 0xc0, 0, 0, Math.min(sw2 || 256, most - total) & 0xff)
  }
  throw new UsbFault('other')
}

/** The same command with another Le. Only commands without data, or with data and Le, have one. */
function askedFor(command: Uint8Array, le: number): Uint8Array {
  const end = command.length <= 5 ? 4 : 5 + byteAt(command, 4)
  return join([command.subarray(0, end), Uint8Array.of(le)])
}
