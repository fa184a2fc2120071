import { addDays, addMonths, fromCivil, isCivilDate, toCivil } from '@contract/civil-time'
import { formatShortDate, formatTime, type Language } from '@contract/format'

/** "hôm nay 16:20", "T4 25/11 09:10", and with the year when it is another one. `today` is the word for this day. */
export function nearMoment(instant: string, now: Date, today: string, language: Language): string {
  const moment = new Date(instant)
  return `${nearDay(toCivil(moment).date, now, today, language)} ${formatTime(moment)}`
}

/** The same of a civil date alone. */
export function nearDay(date: string, now: Date, today: string, language: Language): string {
  const here = toCivil(now).date
  if (date === here) return today
  return formatShortDate(date, { language, year: date.slice(0, 4) !== here.slice(0, 4) })
}

/**
 * A day as typed in haste: "27112026", "27/11/2026", "27.11.26", "2711", "27/11" (the latest such day up to now), "-3" (days ago).
 * Null when it is no day.
 */
export function readDay(text: string, now: Date): string | null {
  const here = toCivil(now).date
  const ago = /^-(\d{1,3})$/u.exec(text.trim())?.[1]
  if (ago !== undefined) return addDays(here, -Number(ago))
  const match = /^(\d{1,2})[/.\- ]?(\d{1,2})(?:[/.\- ]?(\d{4}|\d{2}))?$/u.exec(text.trim())
  if (!match) return null
  const [, day = '', month = '', year] = match
  const written = (full: string): string => `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = year === undefined ? latest(written, here) : written(year.length === 2 ? `20${year}` : year)
  return isCivilDate(date) ? date : null
}

/** The same of a day to come: without a year the next such day. */
export function readDayAhead(text: string, now: Date): string | null {
  const day = readDay(text, now)
  const withoutYear = /^\d{1,2}[/.\- ]?\d{1,2}$/u.test(text.trim())
  return day !== null && withoutYear && day < toCivil(now).date ? addMonths(day, 12) : day
}

function latest(written: (year: string) => string, here: string): string {
  const thisYear = written(here.slice(0, 4))
  return thisYear <= here ? thisYear : written(String(Number(here.slice(0, 4)) - 1))
}

/** The instants between which a stretch of whole days lies: from its first midnight to the one after its last day. */
export function stretch(from: string | null, to: string | null): { from?: string; to?: string } {
  return {
    ...(from !== null && { from: fromCivil(from, 0).toISOString() }),
    ...(to !== null && { to: fromCivil(addDays(to, 1), 0).toISOString() }),
  }
}
