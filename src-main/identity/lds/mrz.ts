import type { MrzView } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Sex } from '@contract/person'
import { fitsDigit, type MrzCheck } from './check-digit'
import { type MrzName, readName } from './mrz-name'

/** A machine readable zone, taken apart. Dates are `YYMMDD` with `<` for what is unknown; optional data without fillers at their end. */
export type Mrz = Readonly<{
  format: MrzView['format']
  lines: readonly string[]
  documentCode: string
  issuer: string
  /** Without fillers, and with the part of a long number that overflows into the optional data. */
  documentNumber: string
  birth: string
  sex: Sex | null
  expiry: string
  nationality: string
  name: MrzName
  optional1: string
  optional2: string
  checks: readonly MrzCheck[]
}>

export const WIDTHS: Readonly<Record<MrzView['format'], Readonly<{ lines: number; width: number }>>> = {
  TD1: { lines: 3, width: 30 }, TD2: { lines: 2, width: 36 }, TD3: { lines: 2, width: 44 },
}
const FORMATS = ['TD1', 'TD2', 'TD3'] as const

const bare = (text: string): string => text.replace(/<+$/, '')
const readSex = (text: string): Sex | null => (text === 'M' ? 'male' : text === 'F' ? 'female' : null)
const check = (part: MrzCheck['part'], text: string, digit: string): MrzCheck => ({ part, fits: fitsDigit(text, digit) })

type NumberField = Readonly<{ documentNumber: string; fits: boolean; optional: string }>

/** The number; where its check digit is a filler, the rest and the digit stand in front of the optional data (9303-5 §4.2.2.1 note j, 9303-6). */
export function readNumber(field: string, digit: string, optional: string): NumberField {
  const overflow = digit === '<' && /[^<]/.test(field) ? /^([A-Z0-9]+)(\d)(?:<(.*))?$/.exec(optional) : null
  if (overflow === null) return { documentNumber: bare(field), fits: fitsDigit(field, digit), optional }
  const documentNumber = field + (overflow[1] ?? '')
  return { documentNumber, fits: fitsDigit(documentNumber, overflow[2] ?? ''), optional: overflow[3] ?? '' }
}

/** On Vietnamese cards the optional data is the number of twelve digits, two fillers and its check digit (`domain.md` §7.3). */
function vietnameseChecks(issuer: string, optional: string): MrzCheck[] {
  const match = issuer === 'VNM' ? /^(\d{12})<<(\d)$/.exec(optional) : null
  return match === null ? [] : [check('optionalData', match[1] ?? '', match[2] ?? '')]
}

function readTd1(lines: readonly string[]): Mrz {
  const [one = '', two = '', three = ''] = lines
  const number = readNumber(one.slice(5, 14), one.charAt(14), one.slice(15))
  const issuer = bare(one.slice(2, 5))
  return {
    format: 'TD1', lines, documentCode: bare(one.slice(0, 2)), issuer, documentNumber: number.documentNumber,
    birth: two.slice(0, 6), sex: readSex(two.charAt(7)), expiry: two.slice(8, 14), nationality: bare(two.slice(15, 18)), name: readName(three),
    optional1: bare(number.optional), optional2: bare(two.slice(18, 29)),
    checks: [
      { part: 'documentNumber', fits: number.fits }, check('birthDate', two.slice(0, 6), two.charAt(6)), check('expiryDate', two.slice(8, 14), two.charAt(14)),
      ...vietnameseChecks(issuer, number.optional), check('composite', one.slice(5) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18, 29), two.charAt(29)),
    ],
  }
}

function readTwoLines(format: 'TD2' | 'TD3', lines: readonly string[]): Mrz {
  const [one = '', two = ''] = lines
  const isPassport = format === 'TD3'
  const optional = two.slice(28, isPassport ? 42 : 35)
  const number = isPassport ? readNumber(two.slice(0, 9), two.charAt(9), '') : readNumber(two.slice(0, 9), two.charAt(9), optional)
  const composite = two.slice(0, 10) + two.slice(13, 20) + two.slice(21, isPassport ? 43 : 35)
  return {
    format, lines, documentCode: bare(one.slice(0, 2)), issuer: bare(one.slice(2, 5)), documentNumber: number.documentNumber,
    birth: two.slice(13, 19), sex: readSex(two.charAt(20)), expiry: two.slice(21, 27), nationality: bare(two.slice(10, 13)), name: readName(one.slice(5)),
    optional1: bare(isPassport ? optional : number.optional), optional2: '',
    checks: [
      { part: 'documentNumber', fits: number.fits }, check('birthDate', two.slice(13, 19), two.charAt(19)), check('expiryDate', two.slice(21, 27), two.charAt(27)),
      ...(isPassport ? [check('personalNumber', optional, two.charAt(42))] : []), check('composite', composite, two.charAt(isPassport ? 43 : 35)),
    ],
  }
}

/**
 * Takes an MRZ of exact length apart: TD1 (90 characters), TD2 (72) or TD3 (88), with or without line ends (9303-4, -5, -6).
 * Check digits that do not fit are told in `checks`, not thrown.
 * @throws AppError THE-012 (`part`: `lines`) when it is none of the three or has other characters
 */
export function parseMrz(text: string): Mrz {
  const whole = text.replace(/[\r\n]/g, '')
  const format = FORMATS.find((name) => WIDTHS[name].lines * WIDTHS[name].width === whole.length)
  if (format === undefined || !/^[A-Z0-9<]+$/.test(whole)) throw new AppError(chipErrors.mrzText, { part: 'lines' })
  const { lines: count, width } = WIDTHS[format]
  const lines = Array.from({ length: count }, (_, index) => whole.slice(index * width, (index + 1) * width))
  return format === 'TD1' ? readTd1(lines) : readTwoLines(format, lines)
}

export const toMrzView = ({ format, lines, checks }: Mrz): MrzView => ({ format, lines: [...lines], checks: [...checks] })

/** The Vietnamese number of twelve digits, where the card has it in its optional data. */
export const idNumberOf = (mrz: Mrz): string | null => (mrz.issuer === 'VNM' ? /^(\d{12})(?:<|$)/.exec(mrz.optional1)?.[1] ?? null : null)
