import { toCivil, weekdayOf } from './civil-time'

export type Language = 'vi' | 'en'

const LONG_DAYS = {
  vi: ['', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'],
  en: ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const
const SHORT_DAYS = {
  vi: ['', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  en: ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const
const DOT = '•••'

const grouped = (value: number): string => String(Math.trunc(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, '.')
const two = (value: number): string => String(value).padStart(2, '0')

/** đồng: 15000 → "15.000 đ". */
export function formatMoney(dong: number): string {
  return `${dong < 0 ? '−' : ''}${grouped(dong)} đ`
}

/** For citizens: 15000 → "15.000 đồng". */
export function formatMoneyLong(dong: number): string {
  return `${dong < 0 ? '−' : ''}${grouped(dong)} đồng`
}

/** Civil date `2026-11-27` → "27/11/2026"; anything else comes back as it is. */
export function formatDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date)
  return match === null ? date : `${match[3] ?? ''}/${match[2] ?? ''}/${match[1] ?? ''}`
}

/** Civil date → "T6 27/11", with the year when asked. */
export function formatShortDate(date: string, options: { year?: boolean; language?: Language } = {}): string {
  const day = SHORT_DAYS[options.language ?? 'vi'][weekdayOf(date)]
  return `${day} ${options.year === true ? formatDate(date) : formatDate(date).slice(0, 5)}`
}

/** Instant → "27/11/2026 09:46", wall clock of the ward. */
export function formatDateTime(instant: Date): string {
  return `${formatDate(toCivil(instant).date)} ${formatTime(instant)}`
}

/** Instant → "09:46". */
export function formatTime(instant: Date): string {
  const { hour, minute } = toCivil(instant)
  return `${two(hour)}:${two(minute)}`
}

/** Instant → "9 giờ 46", "9 giờ" on the hour. */
export function formatClock(instant: Date): string {
  const { hour, minute } = toCivil(instant)
  return minute === 0 ? `${String(hour)} giờ` : `${String(hour)} giờ ${two(minute)}`
}

/** For citizens in full: "Thứ Sáu 27/11/2026, 9 giờ 46". */
export function formatFullMoment(instant: Date, language: Language = 'vi'): string {
  const { date, weekday } = toCivil(instant)
  const clock = language === 'vi' ? formatClock(instant) : formatTime(instant)
  return `${LONG_DAYS[language][weekday]} ${formatDate(date)}, ${clock}`
}

/** As the forms write it: "14 giờ 20 phút, ngày 23 tháng 11 năm 2026"; days below 10 and months 1, 2 with a leading 0. */
export function formatFormMoment(instant: Date): string {
  const { hour, minute } = toCivil(instant)
  return `${two(hour)} giờ ${two(minute)} phút, ${formatFormDate(toCivil(instant).date)}`
}

/** "ngày 05 tháng 02 năm 2026" (Nghị định 30/2020/NĐ-CP). */
export function formatFormDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `ngày ${day} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`
}

/** Minutes → "12 phút", "3 giờ 16", "3 giờ". Working time is given in hours however long. */
export function formatDuration(minutes: number, language: Language = 'vi'): string {
  const whole = Math.max(0, Math.trunc(minutes))
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  if (language === 'en') return hours === 0 ? `${String(rest)} min` : rest === 0 ? `${String(hours)} h` : `${String(hours)} h ${two(rest)}`
  if (hours === 0) return `${String(rest)} phút`
  return rest === 0 ? `${String(hours)} giờ` : `${String(hours)} giờ ${two(rest)}`
}

/** Working minutes left (negative: past) → "Còn 44 phút", "Quá hạn 3 giờ 16". */
export function formatDue(minutesLeft: number, language: Language = 'vi'): string {
  const span = formatDuration(Math.abs(minutesLeft), language)
  if (language === 'en') return minutesLeft < 0 ? `Overdue ${span}` : `${span} left`
  return minutesLeft < 0 ? `Quá hạn ${span}` : `Còn ${span}`
}

/** Bytes (decimal units) → "812 B", "412 kB", "3,1 MB", "1,2 GB". */
export function formatSize(bytes: number, language: Language = 'vi'): string {
  if (bytes < 1000) return `${String(Math.trunc(bytes))} B`
  if (bytes < 999_500) return `${String(Math.round(bytes / 1000))} kB`
  const [value, unit] = bytes < 999_950_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  const text = value.toFixed(1)
  return `${language === 'vi' ? text.replace('.', ',') : text} ${unit}`
}

/** 12 digits → "079 192 004 617", 9 digits → "025 123 456"; anything else unchanged. */
export function formatIdNumber(number: string): string {
  return /^(\d{12}|\d{9})$/.test(number) ? number.replace(/(\d{3})(?=\d)/g, '$1 ') : number
}

/** Ten digits → "0903 517 284"; anything else unchanged. */
export function formatPhone(phone: string): string {
  return phone.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')
}

/** "079192004617" → "079 ••• ••• 617"; with `keep: 'six'` "079 192 ••• 617". What is no ID number is hidden whole. */
export function maskIdNumber(number: string, keep: 'three' | 'six' = 'three'): string {
  const parts = number.match(/^(\d{3})(\d{3})(\d{3})(\d{3})?$/)
  if (parts === null) return number === '' ? '' : DOT
  const [, first = '', second = '', third = '', fourth] = parts
  if (fourth === undefined) return `${DOT} ${DOT} ${third}`
  return `${first} ${keep === 'six' ? second : DOT} ${DOT} ${fourth}`
}

/** "0903517284" → "0903 ••• 284". Too short to mask in part: hidden whole. */
export function maskPhone(phone: string): string {
  if (phone === '') return ''
  return phone.length < 9 ? DOT : `${phone.slice(0, 4)} ${DOT} ${phone.slice(-3)}`
}
