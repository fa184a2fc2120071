import { AppError } from '@contract/errors'
import { type CardPresence, type SlotKind } from '@contract/readers'
import { type CardTransport, type ReaderSlot } from '../transport'
import { type PoweredCard, powerCard } from './card/exchange'
import { CcidFault, type CcidSlot, transmitErrorOf } from './ccid/slot'
import { appErrorOf, faultOf, UsbFault } from './faults'
import { createQueue } from './queue'

/** One slot with what lies in it. */
export type Seat = Readonly<{
  view(): ReaderSlot
  /** Somebody holds the card. */
  taken(): boolean
  /** Looks at the slot when nobody waits for it; `removed`: the reader said that the card had been lifted. */
  look(removed: boolean): void
  connect(): Promise<CardTransport>
  /** The device is gone: so is every session. */
  gone(): void
}>

export type SeatOptions = Readonly<{ name: string; slot: CcidSlot; kindOf: (atr: Uint8Array | null) => SlotKind; changed: () => void }>

type Session = { card: PoweredCard; /** Why it goes no further. */ over: AppError | null }

/** A failure while a card is powered, in the words of the program. */
function connectErrorOf(error: unknown): AppError {
  const told = transmitErrorOf(error)
  if (error instanceof CcidFault && error.card === 'absent') return new AppError('THE-004', {}, { cause: error })
  return told.code === 'THE-001' ? new AppError('TB-010', {}, { cause: error }) : told
}

export function createSeat({ name, slot, kindOf, changed }: SeatOptions): Seat {
  const inTurn = createQueue()
  let presence: CardPresence = 'absent'
  let atr: Uint8Array | null = null
  let session: Session | null = null
  /** The session that was last: told that the reader is gone even when the card had left it a moment before. */
  let latest: Session | null = null
  let looking = false
  let away = false

  function show(card: CardPresence, nextAtr: Uint8Array | null): void {
    const same = presence === card && String(atr) === String(nextAtr)
    presence = card
    atr = nextAtr
    if (!same) changed()
  }

  function lifted(): void {
    if (session) session.over ??= new AppError('THE-001')
    session = null
    show('absent', null)
  }

  /** Powers a card that has just come, for its answer to reset, and lets it rest again. */
  async function probe(): Promise<void> {
    try {
      const found = await slot.powerOn()
      await slot.powerOff().catch(() => undefined)
      show('present', found)
    } catch (error) {
      if (faultOf(error).kind === 'gone') throw error
      const { code } = connectErrorOf(error)
      if (code === 'THE-004') lifted()
      else show('mute', null)
    }
  }

  async function lookNow(): Promise<void> {
    looking = false
    if (away) return
    const state = await slot.status()
    if (state === 'absent' || (session && state === 'inactive')) lifted()
    if (state !== 'absent' && presence === 'absent') await probe()
  }

  const look = (removed: boolean): void => {
    if (removed) lifted()
    if (looking || away || (session && !slot.link.idle())) return
    looking = true
    // A look that fails tells nothing; the next one comes by itself, and a device that is gone says so elsewhere.
    void inTurn(lookNow).catch(() => undefined)
  }

  /** A failure inside a session. A card that is not there any more is the reason behind whatever the reader said. */
  async function reasonOf(error: unknown, own: Session): Promise<AppError> {
    const told = transmitErrorOf(error)
    if (own.over?.code === 'THE-001') return own.over
    if (away || told.code === 'TB-007' || error instanceof AppError) return told
    const state = await slot.status().catch((fault: unknown) => appErrorOf(fault))
    if (state instanceof AppError && state.code === 'TB-007') return state
    if (told.code !== 'THE-001' && state !== 'absent') return told
    const reason = new AppError('THE-001', {}, { cause: error })
    own.over = reason
    if (session === own) lifted()
    look(false)
    return reason
  }

  function transport(own: Session): CardTransport {
    const guarded = <T>(act: () => Promise<T>): Promise<T> =>
      inTurn(async () => {
        if (own.over) throw own.over
        try {
          return await act()
        } catch (error) {
          throw await reasonOf(error, own)
        }
      })
    return {
      reader: name, kind: 'usb', atr: own.card.atr, longestCommand: own.card.longestCommand, longestAnswer: own.card.longestAnswer,
      transmit: (command) => guarded(async () => {
        const answer = await own.card.exchange(command)
        // No status word: seen from a reader whose card is lifted while it thinks.
        if (answer.length < 2) throw new UsbFault('other')
        return answer
      }),
      reset: () => guarded(async () => {
        own.card = await powerCard(slot)
      }),
      close: () => inTurn(async () => {
        own.over ??= new AppError('THE-001')
        if (session !== own) return
        session = null
        if (!away) await slot.powerOff().catch(() => undefined)
      }),
    }
  }

  async function connectNow(): Promise<CardTransport> {
    if (away) throw new AppError('TB-007')
    if (session) throw new AppError('TB-006')
    try {
      const card = await powerCard(slot)
      latest = session = { card, over: null }
      show('present', card.atr)
      return transport(session)
    } catch (error) {
      throw connectErrorOf(error)
    }
  }

  return {
    view: () => ({ name, kind: 'usb', slot: kindOf(atr), card: presence, atr, simulated: false }),
    taken: () => session !== null,
    look,
    connect: () => inTurn(connectNow),
    gone: () => {
      away = true
      if (latest) latest.over = appErrorOf(new UsbFault('gone'))
      session = null
    },
  }
}
