import type { HandedOver } from '@contract/host'
import type { PrintReason } from '@contract/printing'
import { dotsOf, ROLL_DOTS, ticketBytes } from '../paperwork'
import type { PrintHost, UsbTickets } from './ports'
import type { TicketWay } from './rules'

/** A printer of tickets, whichever way leads to it. */
export type TicketPort = Readonly<{
  /** Prints a ticket (PDF, 80 mm wide). @throws AppError IN-002, IN-003, IN-004, IN-007, IN-008 */
  send(pdf: Uint8Array, copies: number, signal: AbortSignal): Promise<HandedOver>
  /** What keeps it from printing, where it can be asked before: only on the USB. */
  status(): Promise<PrintReason | null>
}>

export type TicketPortDeps = Readonly<{ host: Omit<PrintHost, 'queueJob'>; usb(): Promise<UsbTickets> }>

const nothingKnown = async (): Promise<PrintReason | null> => null

/** The way that the settings name. @param printer the queue, or the name of the device on the USB; null: the default, or the only one */
export function ticketPort(way: TicketWay, printer: string | null, { host, usb }: TicketPortDeps): TicketPort {
  const drawn = async (pdf: Uint8Array, copies: number): Promise<Uint8Array> => ticketBytes(dotsOf(await host.drawPdf({ bytes: pdf, width: ROLL_DOTS })), copies)
  if (way === 'usb') {
    return {
      send: async (pdf, copies, signal) => {
        const bytes = await drawn(pdf, copies)
        await (await usb()).send(bytes, printer, signal)
        return 'printed'
      },
      status: async () => (await usb()).status(printer),
    }
  }
  if (way === 'raw-queue' && printer !== null) {
    return { send: async (pdf, copies) => host.printRaw({ bytes: await drawn(pdf, copies), printer }), status: nothingKnown }
  }
  return { send: async (pdf, copies) => host.printPdf({ bytes: pdf, printer, silent: true, paper: 'T80', copies }), status: nothingKnown }
}
