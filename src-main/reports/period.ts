import { addDays, addMonths, fromCivil, toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { formatDate } from '@contract/format'
import { reportErrors } from '@contract/errors/reports'
import type { ReportPeriod } from '@contract/reports'

/** Longer than this nobody reads, and no form asks for it. */
const LONGEST_MONTHS = 36

/**
 * A period that may be reported: civil dates, both included, and the same as instants `begin` ≤ x < `end` (UTC, ISO).
 * `live`: the period is not over, so that things stand as they stand now.
 */
export type Span = Readonly<{ from: string; to: string; begin: string; end: string; live: boolean }>

const instantOf = (date: string): string => fromCivil(date, 0).toISOString()

/**
 * The period as a span. One without any dossier is as good as another.
 * @throws AppError BC-001 ends before it begins, BC-002 longer than three years, BC-003 not begun
 */
export function spanOf({ from, to }: ReportPeriod, now: Date): Span {
  if (to < from) throw new AppError(reportErrors.endsBeforeItBegins, { from: formatDate(from), to: formatDate(to) })
  if (to >= addMonths(from, LONGEST_MONTHS)) throw new AppError(reportErrors.periodTooLong, { from: formatDate(from), to: formatDate(to) })
  if (from > toCivil(now).date) throw new AppError(reportErrors.notBegun, { from: formatDate(from) })
  const end = instantOf(addDays(to, 1))
  return { from, to, begin: instantOf(from), end, live: now.toISOString() < end }
}

/** Every civil date of a span, in order. */
export function datesOf({ from, to }: Pick<Span, 'from' | 'to'>): string[] {
  const dates: string[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date)
  return dates
}
