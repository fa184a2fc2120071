import { isCivilDate } from '@contract/civil-time'

const DATE = /^(\d{2})(\d{2}|<<)(\d{2}|<<)$/
/** A chip of 2005 is the oldest that can be met; what is further back than this belongs to the next century. */
const EXPIRED_AT_MOST_YEARS = 20

/** How a card without an expiry date codes it (seen on Vietnamese cards, `domain.md` §7.3). */
export const NO_EXPIRY = '991231'

/** `YYYY-MM-DD` → `YYMMDD`. */
export const toMrzDate = (date: string): string => date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10)

/** Puts a century before `YYMMDD`; unknown parts are left away (`1985`, `1985-07`). Null when it is no date. */
function inCentury(text: string, century: number): string | null {
  const match = DATE.exec(text)
  if (match === null) return null
  const [, year = '', month = '', day = ''] = match
  const fullYear = String(century * 100 + Number(year))
  if (month === '<<') return day === '<<' ? fullYear : null
  if (day === '<<') return Number(month) >= 1 && Number(month) <= 12 ? `${fullYear}-${month}` : null
  const date = `${fullYear}-${month}-${day}`
  return isCivilDate(date) ? date : null
}

/**
 * The birth date behind `YYMMDD`: never after `today`; of two possible centuries the one of `birthYear`, where something else tells the year, else the later.
 * Unknown parts are left away: `1985`, `1985-07`. Null when it is no date (9303-3 §4.8).
 */
export function birthDateOf(text: string, today: string, birthYear: number | null = null): string | null {
  const century = Math.floor(Number(today.slice(0, 4)) / 100)
  const possible = [century, century - 1]
    .map((hundred) => inCentury(text, hundred))
    .filter((date): date is string => date !== null && date <= today.slice(0, date.length))
  return possible.find((date) => birthYear !== null && Number(date.slice(0, 4)) === birthYear) ?? possible[0] ?? null
}

/** The expiry date behind `YYMMDD`: from 20 years before `today` to 79 years after it. Unknown parts are left away; null when it is no date. */
export function expiryDateOf(text: string, today: string): string | null {
  const earliest = Number(today.slice(0, 4)) - EXPIRED_AT_MOST_YEARS
  const year = Number(text.slice(0, 2))
  const century = Math.floor(earliest / 100) + (year < earliest % 100 ? 1 : 0)
  return inCentury(text, century)
}
