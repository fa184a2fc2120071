import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import { type CardTransport, EXTENDED_ANSWER, EXTENDED_COMMAND, SHORT_ANSWER, SHORT_COMMAND } from '../transport'
import { createQueue } from '../usb/queue'
import { PROTOCOL_T0, PROTOCOL_T1, RESET_CARD, SHARE_EXCLUSIVE, STATE } from './binding'
import { type Held, letGo } from './connect'
import { exchangeError } from './errors'
import { exchangeT0 } from './t0'
import { pause, type Timing } from './timing'

type Parts = Readonly<{ held: Held; reader: string; contactless: boolean; longestData: number | null; timing: Timing; signal: AbortSignal; closed: () => void }>

/** The receive buffer: short by default in the package, which breaks extended answers. */
const RECEIVE = EXTENDED_COMMAND
const SHORT_DATA = 256

/** A card behind the PC/SC service. After a failure of the way it is done with: every further command gets the same error. */
export function pcscTransport({ held, reader, contactless, longestData, timing, signal, closed }: Parts): CardTransport {
  const { card, context } = held
  const inTurn = createQueue()
  const short = card.protocol === PROTOCOL_T0 || (longestData !== null && longestData <= SHORT_DATA)
  let over: AppError | null = null
  let stuck: Promise<unknown> | null = null

  const send = async (command: Uint8Array): Promise<Uint8Array> => {
    const answer = card.transmit(Buffer.from(command), { maxRecvLength: RECEIVE })
    const bytes = await inTime(answer, timing.exchange, () => { stuck = answer })
    // Some drivers answer with nothing when the card went away meanwhile.
    if (bytes.length < 2) throw new Error('Transaction failed')
    return Uint8Array.from(bytes)
  }

  /** The service sees the card still, after the time that it needs to notice. */
  const present = async (): Promise<boolean> => {
    for (const until = performance.now() + timing.notice; performance.now() < until && !signal.aborted; await pause(100, signal)) {
      try {
        const state = context.listReaders().find(({ name }) => name === reader)?.state ?? 0
        if ((state & STATE.present) === 0) return false
      } catch {
        return false
      }
    }
    return true
  }

  const failed = async (error: unknown, extended: boolean): Promise<AppError> => {
    if (error instanceof AppError) return error
    return exchangeError(error, { extended, contactless, present: await present() })
  }

  const guarded = <T>(act: () => Promise<T>, extended: boolean): Promise<T> => inTurn(async () => {
    if (over) throw over
    try {
      return await act()
    } catch (error) {
      const known = await failed(error, extended)
      // A length that the reader does not carry leaves the card as it was.
      if (known.code !== readerErrors.extendedNotCarried) over = known
      throw known
    }
  })

  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    // A reader that hangs is left alone until it answers: every other call to it would hang as well, and this program with it.
    if (stuck) {
      void stuck.catch(() => undefined).then(() => letGo(held))
    } else {
      await inTurn(async () => {
        if (!over) await card.reconnect(SHARE_EXCLUSIVE, PROTOCOL_T0 | PROTOCOL_T1, RESET_CARD).catch(() => undefined)
        over ??= new AppError(chipErrors.cardLifted)
        letGo(held)
      })
    }
    closed()
  }

  return {
    reader, kind: 'pcsc', atr: Uint8Array.from(card.atr ?? []),
    longestCommand: short ? SHORT_COMMAND : EXTENDED_COMMAND,
    longestAnswer: short ? SHORT_ANSWER : EXTENDED_ANSWER,
    transmit: async (command) => {
      const extended = command.length > 5 && command[4] === 0
      if (short && extended) throw new AppError(readerErrors.extendedNotCarried)
      return guarded(() => (card.protocol === PROTOCOL_T0 ? exchangeT0(send, command) : send(command)), extended)
    },
    reset: () => guarded(async () => {
      await card.reconnect(SHARE_EXCLUSIVE, PROTOCOL_T0 | PROTOCOL_T1, RESET_CARD)
    }, false),
    close: () => (closing ??= close()),
  }
}

/** @throws AppError TB-008 when the work lasts longer; it goes on, and nobody waits for it */
function inTime<T>(work: Promise<T>, ms: number, late: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late()
      reject(new AppError(readerErrors.readerTimeout))
    }, ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
