/** Civil time in Asia/Ho_Chi_Minh: UTC+7 all year. Dates are `YYYY-MM-DD`, weekdays 1 = Monday … 7 = Sunday. */
const OFFSET_MS = 7 * 3_600_000
const DAY_MS = 86_400_000

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export interface CivilMoment {
  readonly date: string
  readonly hour: number
  readonly minute: number
  readonly weekday: Weekday
  /** Milliseconds since midnight of that civil day. */
  readonly msOfDay: number
}

const WEEKDAYS = [7, 1, 2, 3, 4, 5, 6] as const

/** Weekday of a civil date. */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 7
}

/** What a clock on the wall of the ward office shows at an instant. */
export function toCivil(instant: Date): CivilMoment {
  const shifted = new Date(instant.getTime() + OFFSET_MS)
  const date = shifted.toISOString().slice(0, 10)
  return {
    date,
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: weekdayOf(date),
    msOfDay: ((shifted.getTime() % DAY_MS) + DAY_MS) % DAY_MS,
  }
}

/** The instant of a civil date and a time of day in milliseconds since midnight. */
export function fromCivil(date: string, msOfDay: number): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - OFFSET_MS + msOfDay)
}

/** The civil date so many days later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The same day so many months later; the last day of that month when it has no such day (Bộ luật Dân sự 2015, điều 148). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(day, last))
  return first.toISOString().slice(0, 10)
}

/** True for a date that exists, written `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}
