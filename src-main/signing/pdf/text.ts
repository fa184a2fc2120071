import { isText, type PdfText, type PdfValue } from './objects'

/** PDFDocEncoding where it is not Latin-1 (ISO 32000-1 annex D.2). */
const DOC_ENCODING = new Map<number, string>([
  ...Array.from('˘ˇˆ˙˝˛˚˜', (char, index): [number, string] => [0x18 + index, char]),
  ...Array.from('•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž', (char, index): [number, string] => [0x80 + index, char]),
  [0xa0, '€'],
])

const text = (bytes: Uint8Array, hex: boolean): PdfText => ({ kind: 'text', bytes, hex, start: 0, end: 0 })

/** A text string as UTF-16BE with its mark in hexadecimal, so that every letter fits and nothing can break out. NFC. */
export function textString(words: string): PdfText {
  const normal = words.normalize('NFC')
  const bytes = new Uint8Array(2 + normal.length * 2)
  bytes.set([0xfe, 0xff])
  for (let index = 0; index < normal.length; index += 1) {
    const unit = normal.charCodeAt(index)
    bytes.set([unit >> 8, unit & 255], 2 + index * 2)
  }
  return text(bytes, true)
}

/** A text string of ASCII. */
export const asciiString = (words: string): PdfText => text(new Uint8Array(Buffer.from(words, 'latin1')), false)

/** What a text string says: UTF-16BE or UTF-8 by its mark, else PDFDocEncoding. */
export function readText(value: PdfValue): string | null {
  if (!isText(value)) return null
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2))
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3))
  return Array.from(bytes, (byte) => DOC_ENCODING.get(byte) ?? String.fromCharCode(byte)).join('')
}

const two = (value: number): string => String(value).padStart(2, '0')
const VIETNAM_HOURS = 7

/** A date of PDF (§7.9.4) in Vietnam's time. */
export function dateString(at: Date): PdfText {
  const local = new Date(at.getTime() + VIETNAM_HOURS * 3_600_000)
  const day = `${String(local.getUTCFullYear()).padStart(4, '0')}${two(local.getUTCMonth() + 1)}${two(local.getUTCDate())}`
  return asciiString(`D:${day}${two(local.getUTCHours())}${two(local.getUTCMinutes())}${two(local.getUTCSeconds())}+${two(VIETNAM_HOURS)}'00'`)
}

const DATE = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d{2})'?(?:(\d{2})'?)?)?$/u

/** The moment a date of PDF names; null for what is none. Without a zone it is taken as UTC. */
export function readDate(value: PdfValue): Date | null {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign, zoneHour = '00', zoneMinute = '00'] = DATE.exec(readText(value) ?? '') ?? []
  if (year === undefined) return null
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`).getTime()
  const shift = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? 1 : sign === '+' ? -1 : 0)
  const rolled = Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)
  return rolled ? null : new Date(local + shift)
}
