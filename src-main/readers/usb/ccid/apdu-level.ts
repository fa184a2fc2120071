import { AppError } from '@contract/errors'
import { EXTENDED_ANSWER } from '../../transport'
import { EMPTY, join, pieces } from '../bytes'
import { UsbFault } from '../faults'
import { HEADER } from './messages'
import { type CcidSlot } from './slot'

/** wLevelParameter of XfrBlock (CCID Rev 1.1 §6.1.4) and bChainParameter of its answer (§6.2.1). */
const CHAIN = { whole: 0x00, first: 0x01, last: 0x02, middle: 0x03, goOn: 0x10 } as const

/** How a piece of a command is marked, by its place. */
function markOf(index: number, count: number): number {
  if (count === 1) return CHAIN.whole
  if (index === 0) return CHAIN.first
  return index === count - 1 ? CHAIN.last : CHAIN.middle
}

/**
 * One APDU at extended APDU level: cut into messages that the reader takes, its answer put together again.
 * @throws UsbFault other when the reader breaks the rules of chaining or sends without end
 */
export async function exchangeExtended(slot: CcidSlot, command: Uint8Array): Promise<Uint8Array> {
  const parts = pieces(command, slot.link.descriptor.maxMessage - HEADER)
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const { specific } = await slot.transfer(part, 0, markOf(index, parts.length))
    if (specific !== CHAIN.goOn) throw new UsbFault('other')
  }
  let answer = await slot.transfer(parts.at(-1) ?? EMPTY, 0, markOf(parts.length - 1, parts.length))
  const got = [answer.data]
  let total = answer.data.length
  let opening = true
  while (answer.specific !== CHAIN.whole && answer.specific !== CHAIN.last) {
    if (answer.specific !== (opening ? CHAIN.first : CHAIN.middle) || total > EXTENDED_ANSWER || answer.data.length === 0) throw new UsbFault('other')
    opening = false
    answer = await slot.transfer(EMPTY, 0, CHAIN.goOn)
    got.push(answer.data)
    total += answer.data.length
  }
  if (!opening && answer.specific !== CHAIN.last) throw new UsbFault('other')
  return join(got)
}

const SHORT_LIMIT = 261

/** One APDU at short APDU level. @throws AppError TB-013 for a command that only the extended form can say */
export async function exchangeShort(slot: CcidSlot, command: Uint8Array): Promise<Uint8Array> {
  if (command.length > SHORT_LIMIT || (command.length > 5 && command[4] === 0)) throw new AppError('TB-013')
  return (await slot.transfer(command)).data
}
