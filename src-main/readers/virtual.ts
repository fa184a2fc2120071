import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { VirtualCardView } from '@contract/readers'
import { type CardTransport, EXTENDED_ANSWER, EXTENDED_COMMAND, type OpenSource } from './transport'
import { createQueue } from './usb/queue'

/** A card that a program plays: bytes in, bytes out. */
export type VirtualCard = Readonly<{
  atr: Uint8Array
  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array>
  reset(): void
}>

/** A card to put on the virtual reader; made anew each time, so that nothing of the last session stays. */
export type OfferedCard = Readonly<{ id: string; name: string; about: string; qr: string; card: () => VirtualCard }>

export type VirtualReader = Readonly<{
  open: OpenSource
  /** The cards there are, and which of them lies on the reader. */
  cards(): VirtualCardView[]
  /** Puts a card on the reader, in place of the one that lies there; null takes it off, also in the middle of a reading. @throws AppError TK-013 for a card that is not offered */
  put(id: string | null): void
}>

export const VIRTUAL_READER = 'Đầu đọc mô phỏng 00 00'

/** A reader with nothing real behind it, named and marked as such, for practice mode and tests. `delayMs` is waited for every APDU, as a real chip makes one wait. */
export function createVirtualSource({ cards, delayMs = 0, name = VIRTUAL_READER }: Readonly<{ cards: readonly OfferedCard[]; delayMs?: number; name?: string }>): VirtualReader {
  const listeners = new Set<() => void>()
  let lying: Readonly<{ id: string; card: VirtualCard }> | null = null
  let held: VirtualCard | null = null

  const put: VirtualReader['put'] = (id) => {
    const offered = cards.find((each) => each.id === id)
    if (id !== null && !offered) throw new AppError('TK-013')
    lying = offered ? { id: offered.id, card: offered.card() } : null
    for (const tell of [...listeners]) tell()
  }

  const connect = async (): Promise<CardTransport> => {
    const card = lying?.card
    if (!card) throw new AppError(chipErrors.noChip)
    if (held === card) throw new AppError(readerErrors.readerBusy)
    held = card
    card.reset()
    const inTurn = createQueue()
    const here = (): void => {
      if (lying?.card !== card || held !== card) throw new AppError(chipErrors.cardLifted)
    }
    return {
      reader: name, kind: 'virtual', atr: card.atr, longestCommand: EXTENDED_COMMAND, longestAnswer: EXTENDED_ANSWER,
      transmit: (command) => inTurn(async () => {
        here()
        if (delayMs > 0) await sleep(delayMs)
        const answer = await card.transmit(command)
        here()
        return answer
      }),
      reset: () => inTurn(async () => {
        here()
        card.reset()
      }),
      close: async () => {
        if (held === card) held = null
      },
    }
  }

  return {
    put,
    cards: () => cards.map(({ id, name: title, about, qr }) => ({ id, name: title, about, qr, onReader: lying?.id === id })),
    open: async (changed) => {
      listeners.add(changed)
      return {
        kind: 'virtual',
        slots: () => [{ name, kind: 'virtual', slot: 'contactless', card: lying ? 'present' : 'absent', atr: lying?.card.atr ?? null, simulated: true }],
        trouble: () => null,
        connect,
        close: async () => {
          listeners.delete(changed)
          held = null
        },
      }
    },
  }
}
