import { isCivilDate } from '@contract/civil-time'
import { formatDate, formatIdNumber, formatPhone } from '@contract/format'
import { titleCaseName } from '@contract/names'

/** The facts of a person that are typed as text. */
export type TextFact = 'fullName' | 'idNumber' | 'birthDate' | 'address' | 'phone' | 'email'

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

/** Title case for a name typed all in capitals or all in small letters; a name of mixed case is left as it was meant. */
export function tidyName(text: string): string {
  const name = squeeze(text)
  return name === name.toLocaleUpperCase('vi') || name === name.toLocaleLowerCase('vi') ? titleCaseName(name) : name
}

/** `079192004617`, `079.192.004.617` → `079 192 004 617`; anything but 9 or 12 digits is left alone. */
export function tidyIdNumber(text: string): string {
  const digits = text.replace(/[\s.-]/gu, '')
  return /^(\d{9}|\d{12})$/u.test(digits) ? formatIdNumber(digits) : squeeze(text)
}

/** `14031992`, `14-3-1992`, `1992-03-14` → `14/03/1992`. A two-digit year is not guessed; no day of the calendar is left alone. */
export function tidyDate(text: string): string {
  const date = civilDateOf(text)
  return date === null ? squeeze(text) : formatDate(date)
}

/** The civil date `YYYY-MM-DD` that was typed in one of the usual ways, or null. */
export function civilDateOf(text: string): string | null {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(typed)
  const other = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/u.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/u.exec(typed)
  const [year = '', month = '', day = ''] = iso ? iso.slice(1) : (other?.slice(1).reverse() ?? [])
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? date : null
}

/** `+84 903517284`, `0903.517.284` → `0903 517 284`. */
export function tidyPhone(text: string): string {
  const digits = text.replace(/[\s.\-()]/gu, '')
  return /^\+?\d+$/u.test(digits) ? formatPhone(digits.replace(/^\+84(?=\d{9}$)/u, '0')) : squeeze(text)
}

/** Blanks off, the part behind @ in small letters. */
export function tidyEmail(text: string): string {
  return text.replace(/\s+/gu, '').replace(/@.*$/u, (domain) => domain.toLowerCase())
}

const TIDY: Readonly<Record<TextFact, (text: string) => string>> = {
  fullName: tidyName, idNumber: tidyIdNumber, birthDate: tidyDate, address: squeeze, phone: tidyPhone, email: tidyEmail,
}

/** What a fact looks like once its field is left. Tidying twice changes nothing. */
export const tidyFact = (fact: TextFact, text: string): string => TIDY[fact](text)

/** Full years between a typed birth date and a civil date; null when the date cannot be read or lies ahead. */
export function ageOn(birth: string, today: string): number | null {
  const born = civilDateOf(birth)
  if (born === null || born > today) return null
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  return today.slice(5) < born.slice(5) ? years - 1 : years
}

/** `8.000 đ`, `8 000`, `8000` → 8000 (đồng); null when nothing or no amount is written. */
export function readMoney(text: string): number | null {
  const digits = text.replace(/đồng|đ|vnđ|vnd/giu, '').replace(/[\s.,]/gu, '')
  if (!/^\d{1,9}$/u.test(digits)) return null
  const amount = Number(digits)
  return amount <= 100_000_000 ? amount : null
}

/** A whole number typed into a small field, kept between its limits; null when it is none. */
export function readCount(text: string, least: number, most: number): number | null {
  const digits = text.replace(/[\s.]/gu, '')
  return /^\d{1,6}$/u.test(digits) ? Math.min(most, Math.max(least, Number(digits))) : null
}
