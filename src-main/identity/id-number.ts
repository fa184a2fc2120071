import type { CardWarning } from '@contract/card'
import type { Sex } from '@contract/person'
import { provinceOfBirthCode } from './provinces'

export interface IdNumberFacts {
  readonly provinceCode: string
  /** Null for a code that is not one of the 63 (birth registered abroad, or a slip of the hand). */
  readonly province: string | null
  readonly sex: Sex
  readonly birthYear: number
}

/** Typed or scanned number → its 12 digits (9 for an old CMND); null when it is neither. Blanks, dots and hyphens are dropped. */
export function normaliseIdNumber(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s.\-–]/gu, '')
  return /^(\d{12}|\d{9})$/.test(digits) ? digits : null
}

/** Takes `AAA B CC DDDDDD` apart (`domain.md` §7.1). Null unless 12 digits. The number has no check digit. */
export function readIdNumber(idNumber: string): IdNumberFacts | null {
  if (!/^\d{12}$/.test(idNumber)) return null
  const provinceCode = idNumber.slice(0, 3)
  const centurySex = Number(idNumber.charAt(3))
  return {
    provinceCode,
    province: provinceOfBirthCode(provinceCode),
    sex: centurySex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(centurySex / 2) * 100 + Number(idNumber.slice(4, 6)),
  }
}

export interface PersonFacts {
  readonly idNumber?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | undefined
  readonly sex?: Sex | null | undefined
}

/** Number against birth date, sex and the list of provinces. Doubts only: numbers with slips do exist and are valid. */
export function crossCheck(person: PersonFacts): CardWarning[] {
  const { idNumber, birthDate, sex } = person
  if (idNumber === undefined || idNumber === '' || /^\d{9}$/.test(idNumber)) return []
  const facts = readIdNumber(idNumber)
  if (facts === null) return [{ field: 'idNumber', code: 'number-form', params: {} }]
  const warnings: CardWarning[] = []
  const year = birthDate?.slice(0, 4) ?? ''
  if (/^\d{4}$/.test(year) && Number(year) !== facts.birthYear) {
    warnings.push({ field: 'birthDate', code: 'number-birth-year', params: { fromNumber: String(facts.birthYear), given: year } })
  }
  if ((sex === 'male' || sex === 'female') && sex !== facts.sex) {
    warnings.push({ field: 'sex', code: 'number-sex', params: { fromNumber: facts.sex, given: sex } })
  }
  if (facts.province === null) warnings.push({ field: 'idNumber', code: 'number-province', params: { code: facts.provinceCode } })
  return warnings
}
