import type { Address } from '@contract/display'
import type { Sex } from '@contract/person'

/** From this age on somebody is addressed as an elder (Luật Người cao tuổi 39/2009/QH12, điều 2). */
const ELDER = 60

/** Whole years between two civil dates. */
function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

/** How somebody is spoken to; "quý vị" where sex or birth date is not known. Dates are civil, YYYY-MM-DD. */
export function addressOf(sex: Sex | null, birthDate: string | null, today: string): Address {
  if (sex === null || birthDate === null) return 'quý vị'
  const elder = yearsBetween(birthDate, today) >= ELDER
  if (sex === 'male') return elder ? 'ông' : 'anh'
  return elder ? 'bà' : 'chị'
}
