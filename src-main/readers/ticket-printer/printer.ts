import { AppError, ERRORS } from '@contract/errors'
import { deviceName } from '../usb/reader'
import type { UsbBus, UsbConnection, UsbDeviceInfo } from '../usb'
import { faultOf } from '../usb/faults'
import { createQueue } from '../usb/queue'

/** USB class of printers (USB Printer Class 1.1): one bulk endpoint out, most have one in. */
export const PRINTER_CLASS = 7
/** A printer that has room in its memory takes a piece at once. */
const PIECE = 4096
const PIECE_MS = 3_000
const ASK_MS = 300
const STATUS_LENGTH = 64

export type UsbTicketsOptions = Readonly<{ bus: UsbBus; /** How long one piece may take (ms). */ pieceMs?: number; askMs?: number }>

/** A ticket printer on the USB. `name`: as `list` gives it; null: the only one, or the first. */
export type UsbTicketPrinter = Readonly<{
  list(): Promise<readonly string[]>
  /**
   * Sends bytes of the printer's own language.
   * @throws AppError IN-007 none is plugged in, or it was pulled out; IN-008 it may not be opened; IN-003 it takes no more (no paper, cover)
   */
  send(bytes: Uint8Array, name: string | null, signal: AbortSignal): Promise<void>
  /** Sends a question and gives the one byte that it answers with; null when it does not read back. @throws AppError as above */
  ask(questions: readonly Uint8Array[], name: string | null): Promise<readonly (number | null)[]>
}>

type Opened = Readonly<{ connection: UsbConnection; out: number; in: number | null }>

/** Failures on the bus in the words of printing. */
function asPrintError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { kind } = faultOf(error)
  const { paper } = ERRORS
  const code = kind === 'gone' || kind === 'noBus' || kind === 'nativeMissing' ? paper.ticketPrinterGone : kind === 'permission' || kind === 'busy' ? paper.ticketPrinterDenied : paper.printFailed
  return new AppError(code, {}, { cause: error })
}

/** Printers of the bus: one job after the other, the device held only as long as one lasts, so that the system's own queue can have it in between. */
export function createUsbTickets({ bus, pieceMs = PIECE_MS, askMs = ASK_MS }: UsbTicketsOptions): UsbTicketPrinter {
  const queue = createQueue()
  const printers = async (): Promise<readonly UsbDeviceInfo[]> => (await bus.list()).filter(({ classes }) => classes.includes(PRINTER_CLASS))

  async function find(name: string | null): Promise<UsbDeviceInfo> {
    const found = await printers()
    const chosen = found.find((info) => deviceName(info) === name) ?? found[0]
    if (!chosen) throw new AppError(ERRORS.paper.ticketPrinterGone)
    return chosen
  }

  async function held<T>(name: string | null, act: (printer: Opened) => Promise<T>): Promise<T> {
    const { key } = await find(name)
    const connection = await bus.open(key)
    let claimed: number | null = null
    try {
      const face = connection.interfaces().find(({ interfaceClass }) => interfaceClass === PRINTER_CLASS)
      const endpoint = (direction: 'in' | 'out') => face?.endpoints.find((each) => each.direction === direction && each.type === 'bulk')
      const out = endpoint('out')
      if (!face || !out) throw new AppError(ERRORS.paper.ticketPrinterGone)
      await connection.claim(face.number)
      claimed = face.number
      return await act({ connection, out: out.number, in: endpoint('in')?.number ?? null })
    } finally {
      if (claimed !== null) await connection.release(claimed).catch(() => undefined)
      await connection.close()
    }
  }

  const job = <T>(name: string | null, act: (printer: Opened) => Promise<T>): Promise<T> => queue(() => held(name, act).catch((error: unknown) => Promise.reject(asPrintError(error))))

  return {
    list: async () => (await printers().catch(() => [])).map(deviceName),
    send: (bytes, name, signal) => job(name, async ({ connection, out }) => {
      for (let at = 0; at < bytes.length; at += PIECE) {
        if (signal.aborted) throw new AppError(ERRORS.paper.printFailed)
        await connection.transferOut(out, bytes.subarray(at, at + PIECE), pieceMs)
      }
    }),
    ask: (questions, name) => job(name, async ({ connection, out, in: back }) => {
      const answers: (number | null)[] = []
      for (const question of questions) {
        if (back === null) {
          answers.push(null)
          continue
        }
        const answer = await connection.transferOut(out, question, askMs).then(() => connection.transferIn(back, STATUS_LENGTH, askMs), () => new Uint8Array())
          .catch(() => new Uint8Array())
        answers.push(answer.at(-1) ?? null)
      }
      return answers
    }),
  }
}
