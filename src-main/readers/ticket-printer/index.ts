export { createUsbTickets, PRINTER_CLASS, type UsbTicketsOptions } from './printer'
export { ticketBus } from './bus'
