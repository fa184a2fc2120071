import { AppError } from '@contract/errors'
import { EXTENDED_ANSWER, EXTENDED_COMMAND, SHORT_ANSWER, SHORT_COMMAND } from '../../transport'
import { exchangeExtended, exchangeShort } from '../ccid/apdu-level'
import { CcidFault, type CcidSlot } from '../ccid/slot'
import { UsbFault } from '../faults'
import { parseAtr } from './atr'
import { type Send, withFollowUps } from './follow-up'
import { negotiate } from './negotiate'
import { exchangeT0 } from './t0'
import { createT1, type SendBlock } from './t1'

/** A powered card: what it said, and how APDUs reach it. */
export type PoweredCard = Readonly<{ atr: Uint8Array; exchange: Send; longestCommand: number; longestAnswer: number }>

const extended = { longestCommand: EXTENDED_COMMAND, longestAnswer: EXTENDED_ANSWER }

/** Blocks of T=1 as the reader carries them: a silent or disturbed card is the protocol's matter, a lifted one is not. */
function blocksThrough(slot: CcidSlot): Readonly<{ send: SendBlock; lastFault: () => CcidFault | null }> {
  let last: CcidFault | null = null
  return {
    lastFault: () => last,
    send: async (block, waits) => {
      try {
        return (await slot.transfer(block, waits)).data
      } catch (error) {
        if (!(error instanceof CcidFault) || error.card !== 'active') throw error
        last = error
        if (error.failure === 'mute') return 'mute'
        if (error.failure === 'parity' || error.failure === 'overrun') return 'parity'
        throw error
      }
    },
  }
}

/**
 * Powers the card and agrees with it on how to talk.
 * @throws AppError THE-004 no card, TB-010 mute or without a protocol in common, TB-009 a reader below TPDU level; UsbFault, CcidFault
 */
export async function powerCard(slot: CcidSlot): Promise<PoweredCard> {
  const { descriptor } = slot.link
  if (descriptor.level === 'character') throw new AppError('TB-009')
  const atr = await slot.powerOn()
  const said = parseAtr(atr)
  if (!said) throw new AppError('TB-010')
  const protocol = await negotiate(slot, said)
  if (descriptor.level === 'extended') return { atr, exchange: (command) => exchangeExtended(slot, command), ...extended }
  if (descriptor.level === 'short') {
    const send: Send = (command) => exchangeShort(slot, command)
    return { atr, exchange: (command) => withFollowUps(send, command), longestCommand: SHORT_COMMAND, longestAnswer: SHORT_ANSWER }
  }
  if (protocol === null) throw new AppError('TB-010')
  if (protocol === 0) return { atr, exchange: (command) => exchangeT0(async (tpdu) => (await slot.transfer(tpdu)).data, command), ...extended }
  const blocks = blocksThrough(slot)
  const ifsd = Math.min(descriptor.maxIfsd, 254)
  const line = createT1(blocks.send, { ifsc: said.ifsc, ifsd, crc: said.crc, tellIfsd: !descriptor.autoIfsd })
  return { atr, ...extended, exchange: (command) => line(command).catch((error: unknown) => {
    throw error instanceof UsbFault && error.kind === 'timeout' && error.cause === undefined ? (blocks.lastFault() ?? error) : error
  }) }
}
