export { createPrinter } from './printer'
export type { PrintDesk, Printer, PrinterDeps, PrintHost, PrintOutcome, Prints, PrintWish, UsbTickets } from './ports'
export { usbTickets } from './usb-tickets'
export { handedOver, hasTicketPrinter } from './rules'
