import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { weekdayOf } from '@contract/civil-time'
import { CalendarFile, createCalendar, parseWorkingHours, workingMinutes } from '../../src-main/intake/calendar'

const file = CalendarFile.parse(JSON.parse(readFileSync('resources/holidays.json', 'utf8')))
const calendar = createCalendar(file)
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+07:00`)

describe('the calendar as shipped', () => {
  it('makes 24 November 2026 a day off', () => {
    expect(calendar.day('2026-11-24')).toEqual({ kind: 'holiday', name: 'Ngày Văn hóa Việt Nam' })
  })

  it.each([['2025-04-26'], ['2026-01-10'], ['2026-08-22']])('works on the make-up Saturday %s', (day) => {
    expect(calendar.isWorking(day)).toBe(true)
  })

  it('has make-up days on Saturdays only, each for a listed day off', () => {
    const wrong = file.years.flatMap((year) => year.workingSaturdays.filter((item) =>
      weekdayOf(item.date) !== 6 || !year.daysOff.some((off) => off.date === item.inPlaceOf)))
    expect(wrong).toEqual([])
  })

  it('lists every day under its own year and once', () => {
    const days = file.years.flatMap((year) => year.daysOff.map((off) => ({ year: String(year.year), date: off.date })))
    expect([days.filter((day) => !day.date.startsWith(day.year)), new Set(days.map((day) => day.date)).size]).toEqual([[], days.length])
  })

  it('keeps an undecided day countable but not open', () => {
    expect([calendar.isWorking('2027-09-03'), calendar.isOpen('2027-09-03')]).toEqual([true, false])
  })
})

describe('working minutes', () => {
  it.each([
    ['within a morning', '2026-11-23 08:00', '2026-11-23 09:12', 72],
    ['over lunch', '2026-11-23 11:00', '2026-11-23 13:30', 60],
    ['over a holiday', '2026-11-23 16:00', '2026-11-25 08:30', 120],
    ['over a weekend', '2026-11-20 16:59', '2026-11-23 07:31', 2],
    ['backwards', '2026-11-23 13:16', '2026-11-23 09:00', -166],
    ['on a day off', '2026-11-24 08:00', '2026-11-24 16:00', 0],
  ])('%s', (_name, from, to, minutes) => {
    expect(workingMinutes(at(from), at(to), calendar)).toBe(minutes)
  })
})

describe('working hours as typed', () => {
  it('are read in minutes', () => {
    expect(parseWorkingHours('07:30–11:30, 13:00-17:00')).toEqual([{ from: 450, to: 690 }, { from: 780, to: 1020 }])
  })

  it.each([[''], ['8h-17h'], ['13:00-17:00, 07:30-11:30'], ['09:00-08:00'], ['20:00-25:00']])('are refused when wrong: "%s"', (text) => {
    expect(parseWorkingHours(text)).toBeNull()
  })
})
