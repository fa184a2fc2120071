/**
 * Makers of barcode readers. There is no standard for setting a reader up by barcode: AIM and ISO standardise symbologies and their
 * identifiers only, and each maker has configuration barcodes of its own (mostly Code 128 with FNC3), which differ between models.
 * So none are printed here; the set-up page names what to look for in the maker's manual, in the maker's words.
 */
export type CodeReaderMaker = Readonly<{
  name: string
  /** USB numbers of the maker, as assigned by the USB-IF. */
  vendorIds: readonly number[]
  /** What the manual calls the mode with its own serial port, best for Vietnamese letters; null where no manual was seen. */
  serialMode: string | null
  /** What it calls the HID-POS mode. */
  hidMode: string | null
  /** Where that was read. */
  from: string | null
}>

const HONEYWELL = 'Honeywell 1450g/1452g User’s Guide, Terminal ID Table (130 serial, 131 HID POS)'
export const CODE_READER_MAKERS: readonly CodeReaderMaker[] = [
  { name: 'Honeywell', vendorIds: [0x0c2e, 0x0536], serialMode: 'USB Serial (Terminal ID 130)', hidMode: 'USB HID POS (Terminal ID 131)', from: HONEYWELL },
  { name: 'Newland', vendorIds: [0x1eab], serialMode: 'USB COM Port Emulation / USB CDC', hidMode: 'HID-POS', from: 'Newland NLS-FM420 Integration Guide, USB Interface' },
  { name: 'Zebra', vendorIds: [0x05e0], serialMode: null, hidMode: null, from: null },
  { name: 'Datalogic', vendorIds: [0x05f9], serialMode: null, hidMode: null, from: null },
  { name: 'ID TECH', vendorIds: [0x0acd], serialMode: null, hidMode: null, from: null },
  { name: 'Opticon', vendorIds: [0x065a], serialMode: null, hidMode: null, from: null },
]

export const makerOf = (vendorId: number | null): CodeReaderMaker | null => CODE_READER_MAKERS.find(({ vendorIds }) => vendorId !== null && vendorIds.includes(vendorId)) ?? null
