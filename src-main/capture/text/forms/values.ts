import { isCivilDate } from '@contract/civil-time'
import { fold } from '@contract/fold'
import type { Word } from '../types'
import type { Part } from './form-types'

/** A value in the form in which it is kept, and whether look-alikes had to be changed for it. */
export type Value = Readonly<{ value: string; repaired: boolean }>

const LONGEST = 300
/** Letters that are read in place of digits. */
const LOOKS_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', Q: '0', D: '0', I: '1', l: '1', '|': '1', '!': '1', i: '1', Z: '2', z: '2', S: '5', s: '5', G: '6', b: '6', B: '8', q: '9' }
const DIGITISH = '[0-9OoQDIl|!iZzSsGbBq]'

const asDigits = (text: string): string => text.replace(/[^0-9]/gu, (letter) => LOOKS_LIKE[letter] ?? '')
const tidy = (text: string): string => text.replace(/[._…]{3,}/gu, ' ').replace(/\s+/gu, ' ').replace(/^[\s:;,.\-–_|]+|[\s:;,\-–_|]+$/gu, '').slice(0, LONGEST)

function name(text: string): Value | null {
  const value = tidy(text).replace(/[.]+$/u, '')
  const plain = value.split(' ').every((word) => /^[\p{L}\p{M}'’-]+$/u.test(word))
  return plain && value.includes(' ') ? { value, repaired: false } : null
}

/** `15/08/2019`, `15-8-2019`, `15 / 08 / 2019`, `ngày 15 tháng 8 năm 2019`; only dates that were. */
function date(text: string): Value | null {
  const words = new RegExp(`ng[àa]y\\s*(${DIGITISH}{1,2})\\s*th[áa]ng\\s*(${DIGITISH}{1,2})\\s*n[ăa]m\\s*(${DIGITISH}{4})(?![0-9])`, 'iu').exec(text)
  const numbers = words ?? new RegExp(`(?<![0-9])(${DIGITISH}{1,2})\\s*[/.\\-]\\s*(${DIGITISH}{1,2})\\s*[/.\\-]\\s*(${DIGITISH}{4})(?![0-9])`, 'u').exec(text)
  if (numbers === null) return null
  const read = numbers.slice(1, 4).join('')
  const [day = '', month = '', year = ''] = numbers.slice(1, 4).map(asDigits)
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(value) && year >= '1850' && year <= '2150' ? { value, repaired: /[^0-9]/u.test(read) } : null
}

function year(text: string): Value | null {
  const whole = date(text)
  if (whole) return { ...whole, value: whole.value.slice(0, 4) }
  const found = new RegExp(`(?<![\\p{L}0-9])(${DIGITISH}{4})(?![\\p{L}0-9])`, 'u').exec(text)?.[1]
  const value = asDigits(found ?? '')
  return found !== undefined && value >= '1850' && value <= '2150' ? { value, repaired: value !== found } : null
}

function sex(text: string): Value | null {
  const [first = ''] = fold(tidy(text)).split(' ')
  return first === 'nam' ? { value: 'male', repaired: false } : first === 'nu' ? { value: 'female', repaired: false } : null
}

/** Twelve digits, or the nine of an old card, also one in each box of a form. */
function idNumber(text: string): Value | null {
  for (const length of [12, 9]) {
    const run = new RegExp(`(?<![\\p{L}0-9])(?:${DIGITISH}[ .|\\[\\]]{0,3}){${length - 1}}${DIGITISH}(?![\\p{L}0-9])`, 'u').exec(text)?.[0]
    if (run === undefined) continue
    // The lines of boxes are no ones.
    const compact = run.replace(/[ .[\]]/gu, '')
    const withoutBars = compact.replace(/\|/gu, '')
    const read = withoutBars.length === length ? withoutBars : compact
    const own = read.replace(/[^0-9]/gu, '').length
    if (read.length === length && own >= length - 3) return { value: asDigits(read), repaired: own < length }
  }
  return null
}

function phone(text: string): Value | null {
  const value = /\+?[0-9][0-9 .()-]{7,18}/u.exec(text)?.[0].replace(/[ .()-]/gu, '') ?? ''
  return /^(?:0\d{8,10}|\+?84\d{8,10})$/u.test(value) ? { value, repaired: false } : null
}

function email(text: string): Value | null {
  const value = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/u.exec(text.replace(/\s/gu, ''))?.[0]
  return value === undefined ? null : { value, repaired: false }
}

function words(text: string): Value | null {
  const value = tidy(text)
  return /\p{L}\p{M}*\p{L}/u.test(value) ? { value, repaired: false } : null
}

const READERS: Partial<Readonly<Record<Part, (text: string) => Value | null>>> = {
  fullName: name, birthDate: date, birthYear: year, sex, idNumber, phone, email, registeredOn: date, diedOn: date, expiresOn: date,
}

/** Places may run on over the next rows; nothing else does. */
export const runsOn = (part: Part): boolean => ['birthPlace', 'hometown', 'residence', 'registeredAt', 'identityPaper', 'purpose', 'diedAt', 'maritalStatus', 'request'].includes(part)
/** Where one wrong digit makes all of it wrong, the least sure word counts. */
export const isNumeric = (part: Part): boolean => ['birthDate', 'birthYear', 'idNumber', 'phone', 'registeredOn', 'diedOn', 'expiresOn'].includes(part)

/** What stands after a caption, in the form in which it is kept; null when it cannot be that. */
export function readValue(part: Part, read: readonly Word[]): Value | null {
  const text = read.map((word) => word.text).join(' ').normalize('NFC')
  return text === '' ? null : (READERS[part] ?? words)(text)
}
