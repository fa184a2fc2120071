import { z } from 'zod'
import { addDays, fromCivil, toCivil, weekdayOf } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { intakeErrors } from '@contract/errors/intake'
import { ConfidenceMark, VersionText } from '@contract/procedures'

const date = z.iso.date()
const name = z.string().trim().min(1).max(120)

/** Days off as data: what the government announces each year, edited without a new program. */
export const CalendarFile = z.strictObject({
  format: z.literal('mot-cua/calendar-1'),
  version: VersionText,
  issuedAt: date,
  origin: z.string().min(1).max(500),
  /** 1 = Monday … 7 = Sunday. */
  workingWeekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  years: z.array(z.strictObject({
    year: z.number().int().min(2000).max(2200),
    note: z.string().max(300).optional(),
    daysOff: z.array(z.strictObject({ date, name, mark: ConfidenceMark })),
    /** Worked in exchange for a day off. */
    workingSaturdays: z.array(z.strictObject({ date, inPlaceOf: date, mark: ConfidenceMark })),
    /** One of these days will be off, not yet announced which: counted as working days, never promised as a due day. */
    undecided: z.array(z.strictObject({ dates: z.array(date).min(1), name, mark: ConfidenceMark })),
  })).min(1),
})
export type CalendarFile = z.infer<typeof CalendarFile>

/** Working hours of a day, minutes since midnight, ascending, not overlapping. */
export type WorkingHours = readonly { readonly from: number; readonly to: number }[]
/** 07:30–11:30 and 13:00–17:00. */
export const DEFAULT_HOURS: WorkingHours = [{ from: 450, to: 690 }, { from: 780, to: 1020 }]

export type DayKind =
  | { readonly kind: 'working' }
  | { readonly kind: 'weekend' }
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'undecided'; readonly name: string }

export interface WorkCalendar {
  readonly version: string
  readonly hours: WorkingHours
  /** @throws AppError LICH-001 (`year`) when the calendar does not know that year. */
  day(date: string): DayKind
  /** Counted as a working day (an undecided day is). @throws AppError LICH-001 */
  isWorking(date: string): boolean
  /** May be promised to a citizen (an undecided day may not). @throws AppError LICH-001 */
  isOpen(date: string): boolean
}

/** "07:30-11:30, 13:00-17:00" → hours; null when it cannot be read or the parts do not follow each other. */
export function parseWorkingHours(text: string): WorkingHours | null {
  const parts = text.split(',').map((part) => /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(part))
  const hours = parts.map((match) => ({
    from: Number(match?.[1]) * 60 + Number(match?.[2]),
    to: Number(match?.[3]) * 60 + Number(match?.[4]),
  }))
  const inOrder = hours.every((part, index) => part.from < part.to && part.to <= 1440 && part.from >= (hours[index - 1]?.to ?? 0))
  return inOrder ? hours : null
}

/** The calendar in force, ready to be asked. */
export function createCalendar(file: CalendarFile, hours: WorkingHours = DEFAULT_HOURS): WorkCalendar {
  const years = new Set(file.years.map((year) => year.year))
  const off = new Map(file.years.flatMap((year) => year.daysOff.map((item) => [item.date, item.name] as const)))
  const extra = new Set(file.years.flatMap((year) => year.workingSaturdays.map((item) => item.date)))
  const open = new Map(file.years.flatMap((year) => year.undecided.flatMap((item) => item.dates.map((day) => [day, item.name] as const))))
  const week = new Set(file.workingWeekdays)

  const day = (of: string): DayKind => {
    const year = Number(of.slice(0, 4))
    if (!years.has(year)) throw new AppError(intakeErrors.calendarMissing, { year })
    const holiday = off.get(of)
    if (holiday !== undefined) return { kind: 'holiday', name: holiday }
    if (!extra.has(of) && !week.has(weekdayOf(of))) return { kind: 'weekend' }
    const undecided = open.get(of)
    return undecided === undefined ? { kind: 'working' } : { kind: 'undecided', name: undecided }
  }
  const isWorking = (of: string): boolean => ['working', 'undecided'].includes(day(of).kind)
  return { version: file.version, hours, day, isWorking, isOpen: (of) => day(of).kind === 'working' }
}

/** Minutes of work on a day between two times of it (minutes since midnight). */
function minutesWithin(hours: WorkingHours, from: number, to: number): number {
  return hours.reduce((sum, part) => sum + Math.max(0, Math.min(part.to, to) - Math.max(part.from, from)), 0)
}

/**
 * Working minutes from one instant to another, negative when `to` is earlier: the measure of "Còn 44 phút" and "Quá hạn 3 giờ 16".
 * @throws AppError LICH-001
 */
export function workingMinutes(from: Date, to: Date, calendar: WorkCalendar): number {
  if (to < from) return -workingMinutes(to, from, calendar)
  const start = toCivil(from)
  const end = toCivil(to)
  let sum = 0
  for (let day = start.date; day <= end.date; day = addDays(day, 1)) {
    if (!calendar.isWorking(day)) continue
    sum += minutesWithin(
      calendar.hours,
      day === start.date ? Math.floor(start.msOfDay / 60_000) : 0,
      day === end.date ? Math.floor(end.msOfDay / 60_000) : 1440,
    )
  }
  return sum
}

/** The first day after `date` that may be promised. @throws AppError LICH-001 */
export function nextOpenDay(date: string, calendar: WorkCalendar): string {
  let day = addDays(date, 1)
  while (!calendar.isOpen(day)) day = addDays(day, 1)
  return day
}

/** The instant when a civil day's work begins (`open`) or ends (`close`). */
export function edgeOfDay(date: string, edge: 'open' | 'close', hours: WorkingHours): Date {
  const minute = edge === 'open' ? (hours[0]?.from ?? 0) : (hours.at(-1)?.to ?? 1440)
  return fromCivil(date, minute * 60_000)
}
