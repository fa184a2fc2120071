import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { fitsDigit, type MrzCheck } from './check-digit'
import { type Mrz, parseMrz, readNumber, WIDTHS } from './mrz'
import { mrzInformation } from './mrz-key'

/** What a typed or scanned MRZ opens: the MRZ information, and the MRZ itself when all of it was given. */
export type TypedMrz = Readonly<{ information: string; mrz: Mrz | null }>

const LONGEST = 300
/** Letters that are typed or recognised in place of digits. Taken only where a digit must stand, and then the check digit has to fit. */
const LOOKS_LIKE: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }
const DIGIT = '[0-9OQDILZSGB]'
const DATE = `((?:${DIGIT}{2}|<<){3})`
const DATES = `(?!<{6})${DATE}(${DIGIT}|<)([MFX<])${DATE}(${DIGIT}|<)`
/** Line 2 of TD1 begins with the dates; line 2 of TD2 and TD3 has number and nationality before them. */
const TD1_DATES = new RegExp(DATES, 'y')
const NUMBER_AND_DATES = new RegExp(`([A-Z0-9<]{9})(${DIGIT}|<)([A-Z<]{3})${DATES}`, 'y')
const INFORMATION = new RegExp(`^([A-Z0-9<]{9,22})(${DIGIT})(${DIGIT}{6})(${DIGIT})(${DIGIT}{6})(${DIGIT})$`)

type Part = Extract<MrzCheck['part'], 'documentNumber' | 'birthDate' | 'expiryDate'> | 'lines'
type Found = Readonly<{ number: string; birth: string; expiry: string; wrong: readonly Part[] }>

const wrongPart = (part: Part): AppError => new AppError(chipErrors.mrzText, { part })
const digits = (text: string): string => text.replace(/[A-Z]/g, (letter) => LOOKS_LIKE[letter] ?? letter)

/** Lower case, blanks, marks and other shapes of the filler are evened out. Line ends stay. */
function clean(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'D').toUpperCase()
  return plain.replace(/[«≪]/gu, '<<').replace(/[‹〈❮]/gu, '<').replace(/[^\S\n]/gu, '')
}

/** Number, digit and what follows; digits instead of look-alike letters where only that makes the check digit fit. */
function numberFrom(field: string, digit: string, optional: string): Readonly<{ number: string; fits: boolean }> {
  const asTyped = readNumber(field, digits(digit), optional)
  if (asTyped.fits) return { number: asTyped.documentNumber, fits: true }
  const asDigits = readNumber(digits(field), digits(digit), digits(optional))
  return asDigits.fits ? { number: asDigits.documentNumber, fits: true } : { number: asTyped.documentNumber, fits: false }
}

/** Month and day could be ones, or are left open. */
function isPlausible(date: string): boolean {
  const [month, day] = [date.slice(2, 4), date.slice(4, 6)]
  return (month === '<<' || (month >= '01' && month <= '12')) && (day === '<<' || (day >= '01' && day <= '31'))
}

function judge(number: Readonly<{ number: string; fits: boolean }>, birth: string, birthDigit: string, expiry: string, expiryDigit: string): Found {
  const wrong: Part[] = []
  if (!number.fits || !/[A-Z0-9]/.test(number.number)) wrong.push('documentNumber')
  if (!fitsDigit(digits(birth), digits(birthDigit)) || !isPlausible(digits(birth))) wrong.push('birthDate')
  if (!fitsDigit(digits(expiry), digits(expiryDigit)) || !isPlausible(digits(expiry))) wrong.push('expiryDate')
  return { number: number.number, birth: digits(birth), expiry: digits(expiry), wrong }
}

function cardAt(text: string, at: number): Found | null {
  TD1_DATES.lastIndex = at
  const dates = at < 15 ? null : TD1_DATES.exec(text)
  return dates && judge(numberFrom(text.slice(5, 14), text.charAt(14), text.slice(15, at)), dates[1] ?? '', dates[2] ?? '', dates[4] ?? '', dates[5] ?? '')
}

function otherAt(text: string, at: number): Found | null {
  NUMBER_AND_DATES.lastIndex = at
  const line = NUMBER_AND_DATES.exec(text)
  return line && judge(numberFrom(line[1] ?? '', line[2] ?? '', text.slice(at + line[0].length)), line[4] ?? '', line[5] ?? '', line[7] ?? '', line[8] ?? '')
}

/** What could be the key, first where it stands in a complete MRZ, then at every place where the fillers before it may be missing. */
function* candidates(text: string): Generator<Found | null> {
  const bare = INFORMATION.exec(text)
  if (bare) yield judge(numberFrom(bare[1] ?? '', bare[2] ?? '', ''), bare[3] ?? '', bare[4] ?? '', bare[5] ?? '', bare[6] ?? '')
  yield cardAt(text, WIDTHS.TD1.width)
  for (const at of [0, WIDTHS.TD2.width, WIDTHS.TD3.width]) yield otherAt(text, at)
  for (let at = 0; at < text.length; at += 1) {
    yield cardAt(text, at)
    yield otherAt(text, at)
  }
}

/** The whole MRZ, if all of it is there: exact, or its lines only lack fillers at their ends. */
function whole(text: string): Mrz | null {
  const lines = text.split('\n').filter((line) => line !== '')
  for (const width of [30, 36, 44]) {
    const padded = lines.length === (width === 30 ? 3 : 2) && lines.every((line) => line.length <= width) ? lines.map((line) => line.padEnd(width, '<')).join('') : lines.join('')
    if (padded.length !== (width === 30 ? 90 : width * 2) || !/^[A-Z0-9<]+$/.test(padded)) continue
    const mrz = parseMrz(padded)
    if (mrz.checks.every(({ fits }) => fits)) return mrz
  }
  return null
}

/**
 * The key in a typed MRZ: one text or several lines, any case, blanks inside, fillers missing; lines 1 and 2 of a card, line 2 of a passport,
 * or the MRZ information alone suffice.
 * @throws AppError THE-012 (`part`: `documentNumber`, `birthDate`, `expiryDate` when its check digit does not fit, `lines` when no MRZ is seen)
 */
export function readTypedMrz(text: string): TypedMrz {
  const cleaned = clean(text.slice(0, LONGEST))
  const joined = cleaned.replaceAll('\n', '')
  let best: Found | null = null
  for (const found of candidates(joined)) {
    if (found === null) continue
    if (best === null || found.wrong.length < best.wrong.length) best = found
    if (best.wrong.length === 0) break
  }
  if (best === null) throw wrongPart('lines')
  const [wrong] = best.wrong
  if (wrong !== undefined) throw wrongPart(wrong)
  return { information: mrzInformation(best.number, best.birth, best.expiry), mrz: whole(cleaned) }
}
