import { type ErrorCode } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { type ChildEnd } from '../child'

/** SANE_Status by name. */
const STATUS = {
  GOOD: 0, UNSUPPORTED: 1, CANCELLED: 2, DEVICE_BUSY: 3, INVAL: 4, EOF: 5, JAMMED: 6, NO_DOCS: 7, COVER_OPEN: 8, IO_ERROR: 9, NO_MEM: 10, ACCESS_DENIED: 11,
} as const

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [STATUS.UNSUPPORTED, captureErrors.badSetting],
  [STATUS.CANCELLED, captureErrors.cancelled],
  [STATUS.DEVICE_BUSY, captureErrors.busy],
  [STATUS.INVAL, captureErrors.badSetting],
  [STATUS.JAMMED, captureErrors.jam],
  [STATUS.NO_DOCS, captureErrors.feederEmpty],
  [STATUS.COVER_OPEN, captureErrors.coverOpen],
  [STATUS.IO_ERROR, captureErrors.io],
  [STATUS.NO_MEM, captureErrors.tooLarge],
  [STATUS.ACCESS_DENIED, captureErrors.noAccess],
])

/** The sentences of sane_strstatus, which scanimage prints untranslated. Opening fails with code 1 whatever the cause: the sentence tells. */
const SENTENCES: readonly (readonly [RegExp, number])[] = [
  [/Operation not supported/, STATUS.UNSUPPORTED],
  [/Operation was cancell?ed/, STATUS.CANCELLED],
  [/Device busy/, STATUS.DEVICE_BUSY],
  [/Invalid argument/, STATUS.INVAL],
  [/feeder jammed/, STATUS.JAMMED],
  [/out of documents/, STATUS.NO_DOCS],
  [/cover is open/, STATUS.COVER_OPEN],
  [/Error during device I\/O/, STATUS.IO_ERROR],
  [/Out of memory/, STATUS.NO_MEM],
  [/Access to resource has been denied/, STATUS.ACCESS_DENIED],
]

/** What stderr told. Only scanimage's own lines are read. */
export type Said = Readonly<{ opened: boolean; status: number | null; /** Said of the scan itself, not of a setting. */ scanning: boolean; noDevice: boolean; doubleFeed: boolean; diskFull: boolean }>
export const SILENT: Said = { opened: true, status: null, scanning: false, noDevice: false, doubleFeed: false, diskFull: false }

export function hear(said: Said, note: string): Said {
  if (!note.startsWith('scanimage: ')) return said
  if (/no SANE devices found/.test(note)) return { ...said, noDevice: true }
  if (/double.?feed|multi.?feed/i.test(note)) return { ...said, doubleFeed: true }
  if (/No space left/i.test(note)) return { ...said, diskFull: true }
  const status = SENTENCES.find(([sentence]) => sentence.test(note))?.[1]
  if (status === undefined) return said
  return { ...said, status: said.status ?? status, scanning: said.scanning || /sane_(?:read|start): /.test(note), opened: said.opened && !/open of device .* failed/.test(note) }
}

/** The code for a run that ended; null for a good end. An end by a signal is a crash: the caller knows what it stopped itself. */
export function codeOf(end: ChildEnd, said: Said): ErrorCode | null {
  if (end.missing) return captureErrors.programMissing
  if (said.doubleFeed) return captureErrors.doubleFeed
  // Told busy or jammed, scanimage now and then still ends with 0: its own reader dies under it (SIGPIPE).
  if (end.code === 0) return said.scanning && said.status !== null ? (CODES.get(said.status) ?? null) : null
  if (said.noDevice) return captureErrors.noDevice
  if (!said.opened) return openCode(said.status)
  if (end.code === null || end.code > 128) return captureErrors.io
  return CODES.get(said.status ?? end.code) ?? CODES.get(end.code) ?? captureErrors.io
}

function openCode(status: number | null): ErrorCode {
  if (status === STATUS.INVAL || status === null) return captureErrors.noDevice
  if (status === STATUS.IO_ERROR) return captureErrors.offline
  return CODES.get(status) ?? captureErrors.offline
}
