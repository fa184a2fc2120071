import { addDays, toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { WorkCalendar } from '../intake'
import type { Reader } from '../storage'
import type { ReportDue } from '@contract/reports'
import type { Instant } from '@contract/ids'

/** Working days that are looked back upon; older ones are asked for no more. */
export const LOOK_BACK = 5
/** Days within which so many working days lie, long holidays included. */
const FURTHEST = 25
const MINUTE = 60_000

function works(calendar: WorkCalendar, date: string): boolean {
  try {
    return calendar.isWorking(date)
  } catch (error) {
    // A year that the calendar does not know: a sheet too many is better than one too few, but not one on every Sunday.
    if (error instanceof AppError && error.code === 'LICH-001') return ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
    throw error
  }
}

/** The last working days whose closing time has passed, oldest first. */
export function closedDays(calendar: WorkCalendar, now: Date): string[] {
  const { date: today, msOfDay } = toCivil(now)
  const closed = msOfDay >= (calendar.hours.at(-1)?.to ?? 1440) * MINUTE
  const days: string[] = []
  for (let back = closed ? 0 : 1; back <= FURTHEST && days.length < LOOK_BACK; back += 1) {
    const date = addDays(today, -back)
    if (works(calendar, date)) days.unshift(date)
  }
  return days
}

/** Of those days the ones that have no sheet yet. Before the program kept any dossier there is nothing to tell of. */
export function unprepared(reader: Reader, days: readonly string[]): string[] {
  const first = reader.get('SELECT received_at FROM dossier ORDER BY received_at LIMIT 1', [], (row) => toCivil(new Date(row.text('received_at'))).date)
  if (first === undefined) return []
  const prepared = new Set(reader.all("SELECT period_from FROM report_made WHERE way = 'prepared' AND period_from >= ?", [days[0] ?? ''], (row) => row.text('period_from')))
  return days.filter((day) => day >= first && !prepared.has(day))
}

/** Days whose sheet was prepared and neither printed nor put off since. */
export const asking = (reader: Reader, days: readonly string[]): ReportDue[] =>
  reader.all(
    `SELECT p.period_from, p.at FROM report_made p WHERE p.way = 'prepared' AND p.period_from >= ? AND p.period_from <= ?
       AND NOT EXISTS (SELECT 1 FROM report_made m WHERE m.kind = 'daily' AND m.period_from = p.period_from AND m.period_to = p.period_to AND m.way IN ('printed', 'put-off') AND m.at >= p.at)
     ORDER BY p.period_from`, [days[0] ?? '9', days.at(-1) ?? ''],
    (row) => ({ day: row.text('period_from'), preparedAt: row.text<Instant>('at') }))
