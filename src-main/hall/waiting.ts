import { addDays, fromCivil, toCivil, weekdayOf } from '@contract/civil-time'
import type { Words } from '@contract/display'
import { AppError } from '@contract/errors'
import { formatClock, formatDate, formatTime } from '@contract/format'
import { nextOpenDay, type WorkCalendar } from '../intake'

const MINUTE = 60_000
const FIFTEEN = 15
const DAYS = {
  vi: ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ Nhật'],
  en: ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const

const dayIn = (language: keyof typeof DAYS, date: string): string => `${DAYS[language][weekdayOf(date)]} ${formatDate(date).slice(0, 5)}`

/** A calendar that ends with the year takes a notice away, never the page. */
function orNull<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

function holidayAhead(today: string, calendar: WorkCalendar): Words[] {
  const tomorrow = addDays(today, 1)
  const day = calendar.day(tomorrow)
  if (day.kind !== 'holiday') return []
  const opens = nextOpenDay(today, calendar)
  const first = fromCivil(opens, (calendar.hours[0]?.from ?? 0) * MINUTE)
  return [{
    vi: `Ngày mai, ${dayIn('vi', tomorrow)}, nghỉ: ${day.name}. Mở lại ${dayIn('vi', opens)} lúc ${formatClock(first)}.`,
    en: `Closed tomorrow, ${dayIn('en', tomorrow)} (${day.name}). Open again on ${dayIn('en', opens)} at ${formatTime(first)}.`,
  }]
}

function afterFifteen(now: Date, calendar: WorkCalendar): Words[] {
  const { date, hour } = toCivil(now)
  if (hour < FIFTEEN || !calendar.isWorking(date)) return []
  const next = nextOpenDay(date, calendar)
  return [{
    vi: `Đã qua 15 giờ: việc trả trong ngày được hẹn sang ${dayIn('vi', next)}.`,
    en: `It is past 15:00: what is done the same day is promised for ${dayIn('en', next)}.`,
  }]
}

/** What there is to know while nothing is pushed: the next day off, the rule of 15 hours, and the lines of the ward, which have one language. */
export function waitingNotices(now: Date, calendar: WorkCalendar, lines: readonly string[]): Words[] {
  const { date } = toCivil(now)
  return [
    ...(orNull(() => holidayAhead(date, calendar)) ?? []),
    ...(orNull(() => afterFifteen(now, calendar)) ?? []),
    ...lines.map((line) => ({ vi: line, en: line })),
  ]
}

/** "07:30-11:30, 13:00-17:00" as it is read: "7:30–11:30, 13:00–17:00". */
export const openingHours = (setting: string): string => setting.replace(/\s*[-–]\s*/gu, '–').replace(/\b0(\d:)/gu, '$1')
