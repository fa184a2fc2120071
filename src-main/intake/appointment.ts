import { addDays, addMonths, fromCivil, toCivil, type CivilMoment } from '@contract/civil-time'
import type { ProcedureTime } from '@contract/procedures'
import { edgeOfDay, nextOpenDay, type WorkCalendar, type WorkingHours } from './calendar'

/** Why the date is what it is: received after 15:00, received on a day off, or a due day not yet decided was passed over. */
export type AppointmentNote = 'after-fifteen' | 'received-on-day-off' | 'undecided-day'

export interface SkippedDay {
  /** Civil date. */
  readonly date: string
  readonly reason: 'weekend' | 'holiday' | 'undecided'
  /** Name of the holiday. */
  readonly name?: string
}

export interface Appointment {
  readonly dueAt: Date
  /** Days between reception and the due day that were passed over, in order. */
  readonly skipped: readonly SkippedDay[]
  readonly notes: readonly AppointmentNote[]
}

const FIFTEEN_MS = 15 * 3_600_000

/** The time of day kept from reception, moved to the nearest later minute at which the office is open, or back to its closing. */
function withinHours(msOfDay: number, hours: WorkingHours): number {
  const inside = hours.find((part) => msOfDay <= part.to * 60_000)
  if (inside === undefined) return (hours.at(-1)?.to ?? 1440) * 60_000
  return Math.max(msOfDay, inside.from * 60_000)
}

function addWorkingDays(date: string, amount: number, calendar: WorkCalendar): string {
  let day = date
  for (let left = amount; left > 0;) {
    day = addDays(day, 1)
    if (calendar.isWorking(day)) left -= 1
  }
  return calendar.isOpen(day) ? day : nextOpenDay(day, calendar)
}

function openOnOrAfter(date: string, calendar: WorkCalendar): string {
  return calendar.isOpen(date) ? date : nextOpenDay(date, calendar)
}

function sameDay(received: CivilMoment, afterFifteen: boolean, calendar: WorkCalendar): Date {
  const closeMs = (calendar.hours.at(-1)?.to ?? 1440) * 60_000
  const late = (afterFifteen && received.msOfDay > FIFTEEN_MS) || received.msOfDay >= closeMs
  const day = !late && calendar.isOpen(received.date) ? received.date : nextOpenDay(received.date, calendar)
  return edgeOfDay(day, 'close', calendar.hours)
}

/** Runs through the working hours of one day after another until the milliseconds are used up. */
function addWorkingHours(received: CivilMoment, hours: number, calendar: WorkCalendar): Date {
  let left = hours * 3_600_000
  let from = received.msOfDay
  for (let day = received.date; ; day = addDays(day, 1), from = 0) {
    if (!calendar.isOpen(day)) continue
    for (const part of calendar.hours) {
      const start = Math.max(from, part.from * 60_000)
      const room = part.to * 60_000 - start
      if (room <= 0) continue
      if (left <= room) return fromCivil(day, start + left)
      left -= room
    }
  }
}

function dueAt(received: CivilMoment, time: ProcedureTime, calendar: WorkCalendar): Date {
  if (time.unit === 'same-day') return sameDay(received, time.afterFifteen, calendar)
  if (time.unit === 'working-hour') return addWorkingHours(received, time.amount, calendar)
  const clock = withinHours(received.msOfDay, calendar.hours)
  if (time.unit === 'working-day') return fromCivil(addWorkingDays(received.date, time.amount, calendar), clock)
  const end = time.unit === 'day' ? addDays(received.date, time.amount) : addMonths(received.date, time.amount)
  return fromCivil(openOnOrAfter(end, calendar), clock)
}

/** For days and months only the days off at the end count as skipped: the others are part of the period. */
function skippedDays(received: CivilMoment, due: string, time: ProcedureTime, calendar: WorkCalendar): SkippedDay[] {
  const end = time.unit === 'day' ? addDays(received.date, time.amount) : time.unit === 'month' ? addMonths(received.date, time.amount) : received.date
  const skipped: SkippedDay[] = []
  for (let day = end; day < due; day = addDays(day, 1)) {
    const kind = calendar.day(day)
    if (kind.kind === 'working') continue
    if (kind.kind === 'undecided' && !isTail(day, due, calendar)) continue
    skipped.push({ date: day, reason: kind.kind, ...(kind.kind === 'weekend' ? {} : { name: kind.name }) })
  }
  return skipped
}

/** An undecided day was passed over only when nothing but closed days lie between it and the due day. */
function isTail(day: string, due: string, calendar: WorkCalendar): boolean {
  return nextOpenDay(day, calendar) === due
}

function notesOf(received: CivilMoment, time: ProcedureTime, skipped: readonly SkippedDay[], calendar: WorkCalendar): AppointmentNote[] {
  const notes: AppointmentNote[] = []
  if (!calendar.isWorking(received.date)) notes.push('received-on-day-off')
  else if (time.unit === 'same-day' && time.afterFifteen && received.msOfDay > FIFTEEN_MS) notes.push('after-fifteen')
  if (skipped.some((day) => day.reason === 'undecided')) notes.push('undecided-day')
  return notes
}

/**
 * When the result is due (`domain.md` §6). The day of reception is not counted; working days keep the clock time of reception; days and
 * months that end on a day off end on the next working day (Bộ luật Dân sự 2015, điều 147, 148); a same-day matter is due when the
 * office closes, or, received after 15:00, when it closes on the next working day. Saturday reception does not make Saturday a working day.
 * @throws AppError LICH-001 (`year`) when the period reaches a year that the calendar does not hold
 */
export function appointment(received: Date, time: ProcedureTime, calendar: WorkCalendar): Appointment {
  const moment = toCivil(received)
  calendar.day(moment.date)
  const due = dueAt(moment, time, calendar)
  const skipped = skippedDays(moment, toCivil(due).date, time, calendar)
  return { dueAt: due, skipped, notes: notesOf(moment, time, skipped, calendar) }
}
