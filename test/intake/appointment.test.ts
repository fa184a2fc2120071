import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatShortDate, formatTime } from '@contract/format'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { ProcedureTime } from '@contract/procedures'
import { appointment } from '../../src-main/intake/appointment'
import { CalendarFile, createCalendar, parseWorkingHours, workingMinutes } from '../../src-main/intake/calendar'

const file = CalendarFile.parse(JSON.parse(readFileSync('resources/holidays.json', 'utf8')))
const calendar = createCalendar(file)

const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+07:00`)
const shown = (date: Date): string => `${formatShortDate(toCivil(date).date, { year: true })} ${formatTime(date)}`
const workingDays = (amount: number): ProcedureTime => ({ amount, unit: 'working-day', afterFifteen: false })
const sameDay: ProcedureTime = { amount: 0, unit: 'same-day', afterFifteen: true }
const days = (amount: number): ProcedureTime => ({ amount, unit: 'day', afterFifteen: false })
const months = (amount: number): ProcedureTime => ({ amount, unit: 'month', afterFifteen: false })
const hours = (amount: number): ProcedureTime => ({ amount, unit: 'working-hour', afterFifteen: false })

describe('the worked cases of the domain note', () => {
  it.each([
    ['2026-11-23 14:20', workingDays(3), 'T6 27/11/2026 14:20'],
    ['2026-11-23 15:30', sameDay, 'T4 25/11/2026 17:00'],
    ['2026-11-20 16:10', sameDay, 'T2 23/11/2026 17:00'],
    ['2026-02-13 10:00', workingDays(3), 'T4 25/02/2026 10:00'],
    ['2027-04-29 09:00', workingDays(1), 'T3 04/05/2027 09:00'],
  ])('received %s is due %3$s', (received, time, due) => {
    expect(shown(appointment(at(received), time, calendar).dueAt)).toBe(due)
  })
})

describe('other periods', () => {
  it.each([
    ['at 15:00 sharp is still the same day', '2026-11-20 15:00', sameDay, 'T6 20/11/2026 17:00'],
    ['same day received on a Saturday is due on Monday', '2026-11-21 09:00', sameDay, 'T2 23/11/2026 17:00'],
    ['same day without the 15:00 rule but after closing is due next day', '2026-11-19 17:30', { ...sameDay, afterFifteen: false }, 'T6 20/11/2026 17:00'],
    ['Saturday reception does not count as a working day', '2026-11-21 09:00', workingDays(1), 'T2 23/11/2026 09:00'],
    ['a make-up Saturday counts as a working day', '2026-08-21 09:00', workingDays(1), 'T7 22/08/2026 09:00'],
    ['calendar days that end on a Sunday end on Monday', '2026-10-30 10:00', days(16), 'T2 16/11/2026 10:00'],
    ['calendar days that end on a holiday end on the day after', '2026-11-09 10:00', days(15), 'T4 25/11/2026 10:00'],
    ['a month that ends on a Sunday ends on Monday', '2026-05-14 08:00', months(1), 'T2 15/06/2026 08:00'],
    ['a month from 31 January ends on the last day of February', '2025-01-31 08:00', months(1), 'T6 28/02/2025 08:00'],
    ['eight working hours keep the clock time on the next working day', '2026-11-19 14:20', hours(8), 'T6 20/11/2026 14:20'],
    ['working hours stop for the lunch break', '2026-11-19 10:30', hours(2), 'T5 19/11/2026 14:00'],
    ['working hours that fill the day end at closing', '2026-11-19 07:30', hours(8), 'T5 19/11/2026 17:00'],
    ['working hours received on a Saturday begin on Monday', '2026-11-21 09:00', hours(4), 'T2 23/11/2026 11:30'],
    ['a time kept from before opening is moved to opening', '2026-11-18 06:50', workingDays(1), 'T5 19/11/2026 07:30'],
    ['a time kept from the lunch break is moved to the afternoon', '2026-11-18 12:10', workingDays(1), 'T5 19/11/2026 13:00'],
    ['a time kept from after closing is moved back to closing', '2026-11-18 18:05', workingDays(1), 'T5 19/11/2026 17:00'],
    ['a day that may become a holiday is counted but never promised', '2027-08-31 10:00', workingDays(1), 'T2 06/09/2027 10:00'],
  ])('%s', (_name, received, time, due) => {
    expect(shown(appointment(at(received), time, calendar).dueAt)).toBe(due)
  })

  it('follows other working hours', () => {
    const early = createCalendar(file, parseWorkingHours('07:00-11:30, 13:30-17:00') ?? [])
    expect(shown(appointment(at('2026-11-19 11:00'), hours(1), early).dueAt)).toBe('T5 19/11/2026 14:00')
  })

  it('says which days it passed over and why', () => {
    expect(appointment(at('2026-11-20 09:00'), workingDays(2), calendar).skipped).toEqual([
      { date: '2026-11-21', reason: 'weekend' },
      { date: '2026-11-22', reason: 'weekend' },
      { date: '2026-11-24', reason: 'holiday', name: 'Ngày Văn hóa Việt Nam' },
    ])
  })

  it('counts only the days off at the end of a period of calendar days', () => {
    expect(appointment(at('2026-11-09 10:00'), days(15), calendar).skipped).toEqual([
      { date: '2026-11-24', reason: 'holiday', name: 'Ngày Văn hóa Việt Nam' },
    ])
  })

  it('notes reception after 15:00', () => {
    expect(appointment(at('2026-11-23 15:30'), sameDay, calendar).notes).toEqual(['after-fifteen'])
  })

  it('notes that an undecided holiday was passed over', () => {
    expect(appointment(at('2027-08-31 10:00'), workingDays(1), calendar).notes).toEqual(['undecided-day'])
  })

  it.each([['2027-12-30 10:00', 2028], ['2024-12-30 10:00', 2024]])('names the missing year when the calendar ends, received %s', (received, year) => {
    expect(() => appointment(at(received), workingDays(3), calendar)).toThrowError(new AppError('LICH-001', { year }))
  })
})

describe('appointments in general', () => {
  const instant = fc.integer({ min: at('2025-01-02 00:00').getTime(), max: at('2027-06-30 00:00').getTime() }).map((ms) => new Date(ms))
  const period = fc.oneof(
    fc.constant(sameDay),
    fc.integer({ min: 1, max: 60 }).map(workingDays),
    fc.integer({ min: 1, max: 90 }).map(days),
    fc.integer({ min: 1, max: 3 }).map(months),
    fc.integer({ min: 1, max: 80 }).map(hours),
  )

  it('never land on a day off', () => {
    fc.assert(fc.property(instant, period, (received, time) => calendar.isOpen(toCivil(appointment(received, time, calendar).dueAt).date)))
  })

  it('never land outside working hours', () => {
    fc.assert(fc.property(instant, period, (received, time) => {
      const minute = toCivil(appointment(received, time, calendar).dueAt).msOfDay / 60_000
      return calendar.hours.some((part) => minute >= part.from && minute <= part.to)
    }))
  })

  it('never come earlier for a dossier received later', () => {
    fc.assert(fc.property(instant, instant, period, (one, other, time) => {
      const [first, second] = one <= other ? [one, other] : [other, one]
      return appointment(first, time, calendar).dueAt <= appointment(second, time, calendar).dueAt
    }))
  })

  it('are never earlier than reception', () => {
    fc.assert(fc.property(instant, period, (received, time) => appointment(received, time, calendar).dueAt >= received))
  })

  it('of working hours leave exactly those hours of work', () => {
    fc.assert(fc.property(fc.integer({ min: at('2025-01-02 00:00').getTime() / 60_000, max: at('2027-06-30 00:00').getTime() / 60_000 }), fc.integer({ min: 1, max: 80 }), (minute, amount) => {
      const received = new Date(minute * 60_000)
      return workingMinutes(received, appointment(received, hours(amount), calendar).dueAt, calendar) === amount * 60
    }))
  })
})
