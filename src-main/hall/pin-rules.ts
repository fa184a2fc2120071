import type { PinRefusal } from '@contract/display'

/** Whether the digits are all the same, a run up or down (with 9 → 0), or pairs or halves that repeat. */
export function tooSimple(pin: string): boolean {
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10)
  const even = steps.every((step) => step === steps[0])
  return (even && [0, 1, 9].includes(steps[0] ?? 0)) || repeats(pin)
}

/** "121212", "123123", "112233": what is made of one short piece, or of doubled digits in a row. */
function repeats(pin: string): boolean {
  const pieces = [1, 2, 3].filter((length) => pin.length > length && pin.length % length === 0)
  if (pieces.some((length) => pin === pin.slice(0, length).repeat(pin.length / length))) return true
  return pin.length % 2 === 0 && /^(?:(\d)\1)+$/.test(pin) && tooSimple(pin.replace(/(\d)\1/g, '$1'))
}

/** The ways in which a birth date is typed: with two or four digits of the year, in each usual order, and parts of it. */
export function birthDateForms(birthDate: string | null): ReadonlySet<string> {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(birthDate ?? '') ?? []
  if (year === '') return new Set()
  const short = year.slice(2)
  const orders = (yy: string): string[] => [day + month + yy, month + day + yy, yy + month + day, yy + day + month, day + yy + month]
  return new Set([...orders(short), ...orders(year), day + month, month + day, year, month + year, year + month])
}

/** Why digits that are to be a new PIN are not taken; null when they are. */
export function refusalOf(pin: string, birthDate: string | null): PinRefusal | null {
  if (tooSimple(pin)) return 'too-simple'
  return birthDateForms(birthDate).has(pin) ? 'birth-date' : null
}
