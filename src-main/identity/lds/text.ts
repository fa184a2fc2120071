import { isCivilDate } from '@contract/civil-time'

const strict = new TextDecoder('utf-8', { fatal: true })
const utf16 = new TextDecoder('utf-16be')
const latin = new TextDecoder('latin1')
/** Longest text that is kept of a field, in characters. An address has at most some hundred. */
const LONGEST = 4000

/** Controls say nothing on a screen; the last of them may be a terminating zero. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu

/** Blanks at the ends and doubled ones fall; marks in NFC, letter case as it came. */
export const tidy = (text: string): string => text.replace(CONTROLS, '').normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, LONGEST)

/** Text of a data object: UTF-8, or Latin-1 where it is none (9303-10 §4.7 asks for UTF-8; older chips differ). */
export function readText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, LONGEST * 4)
  try {
    return tidy(strict.decode(head))
  } catch {
    return tidy(latin.decode(head))
  }
}

/** UTF-16 big-endian, a BMPString. */
export function readUtf16(bytes: Uint8Array): string {
  return tidy(utf16.decode(bytes.subarray(0, LONGEST * 2)))
}

/** Parts between fillers: `123 MAPLE RD<ANYTOWN<MN` → `123 MAPLE RD, ANYTOWN, MN`. */
export const withoutFillers = (text: string, between: string): string => text.split('<').map((part) => part.trim()).filter((part) => part !== '').join(between)

/** `CCYYMMDD`, as eight characters or as four bytes of BCD; otherwise the text as it is (9303-10 §4.7.11). */
export function readDate(bytes: Uint8Array): string {
  const text = bytes.length === 4 ? Buffer.from(bytes).toString('hex') : readText(bytes)
  const date = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  return isCivilDate(date) ? date : text
}

/** A date as Vietnamese papers write it (`dd/MM/yyyy`, `MM/yyyy`, `yyyy`, zeros for unknown parts) or as machines do; null when it is none. */
export function readWrittenDate(text: string): string | null {
  const written = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/.exec(text)
  const packed = written === null ? /^(\d{2})(\d{2})((?:1[89]|2[01])\d{2})$/.exec(text) : null
  const machine = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)
  const [year, month, day] = written ?? packed ? [(written ?? packed)?.[3], (written ?? packed)?.[2], (written ?? packed)?.[1]] : [machine?.[1], machine?.[2], machine?.[3]]
  if (year === undefined || year < '1850') return null
  const known = [month, day].map((part) => (part === undefined || Number(part) === 0 ? null : part.padStart(2, '0')))
  const [knownMonth, knownDay] = known
  if (knownMonth === null || knownMonth === undefined) return year
  if (knownDay === null || knownDay === undefined) return Number(knownMonth) <= 12 ? `${year}-${knownMonth}` : null
  const date = `${year}-${knownMonth}-${knownDay}`
  return isCivilDate(date) ? date : null
}
