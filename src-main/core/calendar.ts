import type { Settings } from '@contract/settings'
import { type CalendarFile, createCalendar, parseWorkingHours, type WorkCalendar } from '../intake'

/** The national calendar with the days that this ward keeps otherwise, and its hours. */
export function wardCalendar(file: CalendarFile, settings: Pick<Settings, 'calendarOverrides' | 'workingHours'>): WorkCalendar {
  const off = settings.calendarOverrides.filter(({ kind }) => kind === 'off')
  const working = new Set<string>(settings.calendarOverrides.filter(({ kind }) => kind === 'working').map(({ date }) => date))
  const inYear = (year: number) => ({ date }: { date: string }): boolean => date.startsWith(`${String(year)}-`)
  const years = file.years.map((year) => ({
    ...year,
    daysOff: [
      ...year.daysOff.filter(({ date }) => !working.has(date)),
      ...off.filter(inYear(year.year)).map(({ date, name }) => ({ date, name, mark: 'V' as const })),
    ],
    workingSaturdays: [
      ...year.workingSaturdays,
      ...[...working].filter((date) => inYear(year.year)({ date })).map((date) => ({ date, inPlaceOf: date, mark: 'V' as const })),
    ],
  }))
  return createCalendar({ ...file, years }, parseWorkingHours(settings.workingHours) ?? undefined)
}
