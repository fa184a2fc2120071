import { byteAt } from '../bytes'
import { CcidFault, type CcidSlot, type Parameters } from '../ccid/slot'
import { type CcidDescriptor } from '../ccid/descriptor'
import { type Atr } from './atr'

/** Fi and Di of a card that nothing was agreed with. */
const DEFAULT_TA1 = 0x11
const PPSS = 0xff

/**
 * The protocol to talk: the one that a card in specific mode insists on; T=1 where the reader changes over by itself (whole
 * APDUs in both directions); else the first that the card offers. null when the reader can do none of them.
 */
export function chooseProtocol(atr: Atr, { t0, t1, autoPps }: Pick<CcidDescriptor, 't0' | 't1' | 'autoPps'>): 0 | 1 | null {
  const fixed = atr.specificMode?.protocol
  const offered = fixed === 0 || fixed === 1 ? ([fixed] as const) : atr.protocols
  const possible = offered.filter((protocol) => (protocol === 0 ? t0 : t1))
  if (autoPps && possible.includes(1)) return 1
  return possible[0] === offered[0] ? (possible[0] ?? null) : autoPps ? (possible[0] ?? null) : null
}

/** abProtocolDataStructure (CCID Rev 1.1 §6.1.7) for an ATR and the Fi/Di in force. */
export function parametersOf(atr: Atr, protocol: 0 | 1, ta1: number): Parameters {
  const convention = atr.inverse ? 2 : 0
  return protocol === 0
    ? { protocol, data: Uint8Array.of(ta1, convention, atr.guardTime, atr.waitingInteger, 0) }
    : { protocol, data: Uint8Array.of(ta1, 0x10 | convention | (atr.crc ? 1 : 0), atr.guardTime, atr.waiting, 0, atr.ifsc, 0) }
}

/** PPS request for a protocol and Fi/Di (ISO 7816-3 §9.2), with its check byte. */
export function ppsRequest(protocol: 0 | 1, ta1: number): Uint8Array {
  const pps0 = 0x10 | protocol
  return Uint8Array.of(PPSS, pps0, ta1, PPSS ^ pps0 ^ ta1)
}

/**
 * Makes reader and card agree after a reset and gives the protocol that they talk; null when they have none in common.
 * Readers that do it by themselves are only asked; for others PPS goes through the reader and the parameters are set.
 */
export async function negotiate(slot: CcidSlot, atr: Atr): Promise<0 | 1 | null> {
  const { descriptor } = slot.link
  const wanted = chooseProtocol(atr, descriptor)
  const known = await slot.parameters()
  if (wanted === null) return null
  if (descriptor.level !== 'tpdu') return known?.protocol ?? wanted
  if (descriptor.autoParameters && (!known || known.protocol === wanted)) return wanted
  const ta1 = atr.specificMode || descriptor.autoPps ? atr.ta1 : await agreeOnSpeed(slot, atr, wanted)
  await slot.setParameters(parametersOf(atr, wanted, atr.specificMode?.implicit ? DEFAULT_TA1 : ta1)).catch((error: unknown) => {
    // The reader keeps what it took from the ATR: slower, but the same protocol.
    if (!(error instanceof CcidFault) || (known && known.protocol !== wanted)) throw error
  })
  return wanted
}

/** PPS for a faster transfer where the card offers one; a card that does not agree stays as it was after a new reset. */
async function agreeOnSpeed(slot: CcidSlot, atr: Atr, protocol: 0 | 1): Promise<number> {
  if (atr.ta1 === DEFAULT_TA1) return DEFAULT_TA1
  const request = ppsRequest(protocol, atr.ta1)
  try {
    const { data } = await slot.transfer(request)
    if (data.length === request.length && data.every((byte, at) => byte === byteAt(request, at))) return atr.ta1
  } catch (error) {
    if (!(error instanceof CcidFault) || error.card === 'absent') throw error
  }
  await slot.powerOn()
  return DEFAULT_TA1
}
