// Việt Nam keeps UTC+7 all year; civil time needs no time zone data.
const OFFSET_MS = 7 * 3_600_000

const two = (n: number): string => String(n).padStart(2, '0')

function civil(instant: string): { year: number; month: number; day: number; hour: number; minute: number } {
  const local = new Date(new Date(instant).getTime() + OFFSET_MS)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  }
}

/** `ngày 05 tháng 02 năm 2026`: leading zero for days below 10 and for months 1 and 2 only (Nghị định 30/2020, Phụ lục I). */
export function dayInWords(instant: string): string {
  const { year, month, day } = civil(instant)
  return `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm ${year}`
}

/** `14 giờ 20 phút, ngày 23 tháng 11 năm 2026`, in Asia/Ho_Chi_Minh. */
export function timeInWords(instant: string): string {
  const { hour, minute } = civil(instant)
  return `${two(hour)} giờ ${two(minute)} phút, ${dayInWords(instant)}`
}

/** The civil date YYYY-MM-DD of an instant in Asia/Ho_Chi_Minh. */
export function civilDay(instant: string): string {
  const { year, month, day } = civil(instant)
  return `${year}-${two(month)}-${two(day)}`
}
