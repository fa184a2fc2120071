export { type CardTransport, EXTENDED_ANSWER, EXTENDED_COMMAND, type OpenSource, type ReaderSlot, type ReaderSource, SHORT_ANSWER, SHORT_COMMAND } from './transport'
export { createReaders, type Readers, type ReadersDeps } from './hub'
export { machineSources } from './machine'
export { openPcsc, type PcscOptions } from './pcsc/source'
export { createPlayer, createRecorder, openRecorded, type PlayOptions, recordedRandom, type Recorder } from './recorded'
export { parseRecording, type Recording, writeRecording } from './recording'
export { slotKindOf } from './slots'
export { createVirtualSource, type OfferedCard, VIRTUAL_READER, type VirtualCard, type VirtualReader } from './virtual'
export { openUsbReaders, systemUsbBus } from './usb'

/** Codes on pictures: loads its decoder first when it is asked for. */
export const codeImageParts = () => import('./barcode/image')

export type { BarcodeReaders, BarcodeReadersDeps } from './barcode'
/** Ticket printers on the USB: loaded by the first ticket that goes there. */
export const ticketPrinterParts = () => import('./ticket-printer')
/** Barcode readers that send bytes: their native parts are loaded when somebody signed in asks for readers. */
export const barcodeParts = () => import('./barcode')
