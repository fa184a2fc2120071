import { addDays, addMonths, weekdayOf } from '@contract/civil-time'
import type { ReportKind, ReportPeriod } from '@contract/reports'

/** Spans that one steps through, and one's own. */
export const UNITS = ['day', 'week', 'month', 'quarter', 'year', 'own'] as const
export type Unit = (typeof UNITS)[number]

/** What is being looked at. `from` and `to` may be in the wrong order only while somebody types a period of their own. */
export type Choice = Readonly<{ kind: ReportKind; unit: Unit; from: string; to: string }>

const monthOf = (date: string): string => `${date.slice(0, 8)}01`
const yearOf = (date: string): string => `${date.slice(0, 5)}01-01`

function quarterOf(date: string): string {
  const month = Number(date.slice(5, 7))
  return `${date.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
}

/** Table II.06a counts a quarter, and the year, from the 15th of the month before to the 14th of the last month (Nghị định 118/2025, reports). */
const REPORTING_DAYS = 14
const shifts = (kind: ReportKind, unit: Unit): boolean => kind === 'ii06a' && (unit === 'quarter' || unit === 'year')
const shifted = (date: string): string => addDays(addMonths(date, -1), REPORTING_DAYS)

/** The span of a unit that a date lies in. */
export function periodAt(kind: ReportKind, unit: Exclude<Unit, 'own'>, date: string): ReportPeriod {
  if (unit === 'day') return { from: date, to: date }
  if (unit === 'week') {
    const from = addDays(date, 1 - weekdayOf(date))
    return { from, to: addDays(from, 6) }
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit]
  const first = { month: monthOf, quarter: quarterOf, year: yearOf }[unit]
  if (!shifts(kind, unit)) {
    const from = first(date)
    return { from, to: addDays(addMonths(from, months), -1) }
  }
  const inMonths = first(date)
  const from = date >= shifted(addMonths(inMonths, months)) ? addMonths(inMonths, months) : inMonths
  return { from: shifted(from), to: addDays(shifted(addMonths(from, months)), -1) }
}

/** The same unit or kind of report around the same time: the last day that was looked at, but never one that has not come. */
export function changed({ kind, unit, from, to }: Choice, change: Partial<Pick<Choice, 'kind' | 'unit'>>, today: string): Choice {
  const next = { kind: change.kind ?? kind, unit: change.unit ?? unit }
  if (next.unit === 'own') return { ...next, from, to }
  const anchor = from <= today && today <= to ? today : to < from ? from : to
  return { ...next, ...periodAt(next.kind, next.unit, anchor > today ? today : anchor) }
}

const daysIn = ({ from, to }: ReportPeriod): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1

/** The sheet of a day is laid out otherwise than that of a longer time: whoever asks for the other span gets the sheet for it. */
export function sheetFor(kind: ReportKind, unit: Unit): ReportKind {
  if (kind === 'daily') return unit === 'day' ? 'daily' : 'monthly'
  return kind === 'monthly' && unit === 'day' ? 'daily' : kind
}

/** The next (+1) or the former (−1) span of the same length; nothing that begins after today. */
export function stepped(choice: Choice, step: 1 | -1, today: string): Choice {
  const { kind, unit, from, to } = choice
  if (to < from) return choice
  const days = daysIn(choice) * step
  const next = unit === 'own' ? { from: addDays(from, days), to: addDays(to, days) } : periodAt(kind, unit, step === 1 ? addDays(to, 1) : addDays(from, -1))
  return next.from > today ? choice : { ...choice, ...next }
}

/** The unit that a kind of report is asked for in most. */
export const USUAL_UNIT: Readonly<Record<ReportKind, Exclude<Unit, 'own'>>> = {
  daily: 'day', monthly: 'month', ii06a: 'quarter', overdue: 'month', 'due-soon': 'week', refused: 'month', 'place-independent': 'month', fees: 'day', register: 'month', quality: 'month', staff: 'month', procedures: 'month',
}

/** Days put together for a chart: as many bars as the eye can tell apart. */
export type ChartDay = Readonly<{ date: string; received: number; solved: number; onTime: number }>
const MOST_DAYS = 31
const MOST_WEEKS = 130

/** Bars of a period: by day up to a month, by week up to four months, then by month; each named by its first day. */
export function barsOf(days: readonly ChartDay[]): Readonly<{ by: 'day' | 'week' | 'month'; bars: readonly ChartDay[] }> {
  const by = days.length <= MOST_DAYS ? 'day' : days.length <= MOST_WEEKS ? 'week' : 'month'
  if (by === 'day') return { by, bars: days }
  const bars = new Map<string, ChartDay>()
  for (const { date, received, solved, onTime } of days) {
    const key = by === 'month' ? date.slice(0, 7) : addDays(date, 1 - weekdayOf(date))
    const bar = bars.get(key) ?? { date, received: 0, solved: 0, onTime: 0 }
    bars.set(key, { date: bar.date, received: bar.received + received, solved: bar.solved + solved, onTime: bar.onTime + onTime })
  }
  return { by, bars: [...bars.values()] }
}
