/**
 * Input reports of HID-POS readers. All known makers send 64 bytes with the report's number 2 first, a length, up to 56 bytes of the
 * code and, in the last byte's lowest bit, whether more follows. They differ in where the data stands:
 * - `plain`: length, data at 2 … 57, 58 … 61 reserved, 62 the maker's symbology (Newland NLS-FM420 guide; ID TECH, Quio, Saveo alike);
 * - `aim`: length, AIM identifier at 2 … 4, data at 5 … 60, 61 the maker's symbology (Access-IS LSR118 manual, example reports;
 *   Honeywell, Zebra, Datalogic alike). The identifier is not counted in the length and stands in every report of a code.
 */
const REPORT = 2
const SIZE = 64
const MOST = 56
const LENGTH = 1
const CONTINUED = 63
const DATA = { plain: 2, aim: 5 } as const
/** The longest code, in bytes. */
const MAX_CODE = 4096

type Layout = keyof typeof DATA

const letterOrDigit = (byte: number | undefined): boolean => byte !== undefined && /[0-9A-Za-z]/u.test(String.fromCharCode(byte))
const startsWithAim = (report: Uint8Array): boolean => report[2] === 0x5d && letterOrDigit(report[3]) && letterOrDigit(report[4])

/**
 * A reader of the plain kind can be set to send the AIM identifier as part of its text. It is counted in the length then, so that
 * behind that many bytes nothing follows; of the other kind three more bytes do.
 */
function layoutOf(report: Uint8Array, length: number): Layout {
  if (!startsWithAim(report)) return 'plain'
  return length === 0 || report.subarray(2 + length, 5 + length).some((byte) => byte !== 0) ? 'aim' : 'plain'
}

export type ReportJoiner = Readonly<{
  /** Takes one report; the whole code when it was its last, `tooLong` for a code without an end. Reports of other kinds are passed over. */
  push: (report: Uint8Array) => Uint8Array | 'tooLong' | null
  /** Drops what was begun. */
  clear: () => void
}>

/** Joins the reports of one reader into codes: bytes first, letters later, as a letter may be cut between two reports. */
export function createReportJoiner(): ReportJoiner {
  let parts: number[] = []
  let layout: Layout | null = null
  let overflown = false
  const clear = (): void => {
    parts = []
    layout = null
    overflown = false
  }
  return {
    clear,
    push: (raw) => {
      if (raw[0] !== REPORT || raw.length < 3) return null
      const report = new Uint8Array(SIZE)
      report.set(raw.subarray(0, SIZE))
      const length = Math.min(report[LENGTH] ?? 0, MOST)
      layout ??= layoutOf(report, length)
      // The identifier opens the text, once.
      if (layout === 'aim' && parts.length === 0) parts.push(...report.subarray(2, 5))
      const from = DATA[layout]
      if (parts.length + length > MAX_CODE) overflown = true
      else parts.push(...report.subarray(from, from + length))
      if (((report[CONTINUED] ?? 0) & 1) === 1) return null
      const whole = overflown ? 'tooLong' : Uint8Array.from(parts)
      clear()
      return whole
    },
  }
}
