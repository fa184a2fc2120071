import { byteAt, join, pieces } from '../bytes'
import { takeApart } from './apdu-cases'
import { channelOf, type Send, splitAnswer, withFollowUps } from './follow-up'

const LONGEST_DATA = 255
const LONGEST_ASKED = 256

/**
 * One APDU to a T=0 card, as the TPDUs of ISO 7816-3 §12.2: five header bytes and at most 255 bytes one way. The reader
 * does the procedure bytes (CCID TPDU level), 61xx and 6Cxx are ours, and a command too long for one TPDU goes in ENVELOPEs.
 * @param tpdu sends one TPDU and gives its data and status word
 */
export async function exchangeT0(tpdu: Send, command: Uint8Array): Promise<Uint8Array> {
  const { header, data, le } = takeApart(command)
  if (data.length > LONGEST_DATA) return envelope(tpdu, command, le)
  if (data.length > 0) return withFollowUps(tpdu, join([header, Uint8Array.of(data.length), data]), le)
  // Case 1 goes with P3 = 0, and so does "as much as there is"; the card knows which it was.
  return withFollowUps(tpdu, join([header, Uint8Array.of(Math.min(le, LONGEST_ASKED) & 0xff)]), le)
}

/** The whole APDU as data of ENVELOPE commands (§12.2.7, cases 3E.2 and 4E.2); ends at the first one that is refused. */
async function envelope(tpdu: Send, command: Uint8Array, le: number): Promise<Uint8Array> {
  const parts = pieces(command, LONGEST_DATA)
  const wrap = (part: Uint8Array): Uint8Array => join([Uint8Array.of(channelOf(byteAt(command, 0)), 0xc2, 0, 0, part.length), part])
  for (const part of parts.slice(0, -1)) {
    const answer = await tpdu(wrap(part))
    const { sw1, sw2 } = splitAnswer(answer)
    if (sw1 !== 0x90 || sw2 !== 0) return answer
  }
  return withFollowUps(tpdu, wrap(parts.at(-1) ?? command), le)
}
