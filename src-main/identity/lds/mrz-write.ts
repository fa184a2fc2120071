import type { Sex } from '@contract/person'
import { checkDigit, withDigit } from './check-digit'
import { type Mrz, WIDTHS } from './mrz'
import { NO_EXPIRY, toMrzDate } from './mrz-dates'
import { documentNumberOf } from './mrz-key'
import { writeName } from './mrz-name'

/** What stands in an MRZ. Dates are `YYMMDD`; a TD1 or TD2 number may be longer than nine characters. */
export type MrzFields =
  & Pick<Mrz, 'format' | 'documentCode' | 'issuer' | 'documentNumber' | 'birth' | 'sex' | 'expiry' | 'nationality'>
  & Readonly<{ primary: string; secondary: string; optional1?: string; optional2?: string }>

const fill = (text: string, width: number): string => text.slice(0, width).padEnd(width, '<')
const sexLetter = (sex: Sex | null): string => (sex === 'male' ? 'M' : sex === 'female' ? 'F' : '<')

/** Number with check digit, and optional data with what overflows from the number (9303-5 §4.2.2.1 note j). */
function numberAndOptional(number: string, optional: string, width: number): string {
  if (number.length <= 9) return withDigit(fill(number, 9)) + fill(optional, width)
  return `${number.slice(0, 9)}<${fill(`${number.slice(9)}${checkDigit(number)}<${optional}`, width)}`
}

function writeTd1(fields: MrzFields): string[] {
  const one = fill(fields.documentCode, 2) + fill(fields.issuer, 3) + numberAndOptional(fields.documentNumber, fields.optional1 ?? '', 15)
  const birth = withDigit(fields.birth)
  const expiry = withDigit(fields.expiry)
  const optional2 = fill(fields.optional2 ?? '', 11)
  const composite = checkDigit(one.slice(5) + birth + expiry + optional2)
  return [one, birth + sexLetter(fields.sex) + expiry + fill(fields.nationality, 3) + optional2 + composite, writeName(fields.primary, fields.secondary, 30)]
}

function writeTwoLines(fields: MrzFields, isPassport: boolean): string[] {
  const width = isPassport ? WIDTHS.TD3.width : WIDTHS.TD2.width
  const one = fill(fields.documentCode, 2) + fill(fields.issuer, 3) + writeName(fields.primary, fields.secondary, width - 5)
  const personal = fill(fields.optional1 ?? '', 14)
  const both = isPassport ? withDigit(fill(fields.documentNumber, 9)) + withDigit(personal) : numberAndOptional(fields.documentNumber, fields.optional1 ?? '', 7)
  const number = both.slice(0, 10)
  const optional = both.slice(10)
  const birth = withDigit(fields.birth)
  const expiry = withDigit(fields.expiry)
  return [one, number + fill(fields.nationality, 3) + birth + sexLetter(fields.sex) + expiry + optional + checkDigit(number + birth + expiry + optional)]
}

/** The lines of an MRZ with all its check digits. */
export const writeMrz = (fields: MrzFields): string[] => (fields.format === 'TD1' ? writeTd1(fields) : writeTwoLines(fields, fields.format === 'TD3'))

export type VietnameseCard = Readonly<{ idNumber: string; fullName: string; birthDate: string; sex: Sex; /** Null: does not expire. */ expiresAt: string | null }>

/** The MRZ of a Vietnamese identity card (`domain.md` §7.3). */
export function writeVietnameseMrz({ idNumber, fullName, birthDate, sex, expiresAt }: VietnameseCard): string[] {
  const [primary = '', ...rest] = fullName.trim().split(/\s+/u)
  return writeMrz({
    format: 'TD1', documentCode: 'ID', issuer: 'VNM', documentNumber: documentNumberOf(idNumber), optional1: `${idNumber}<<${checkDigit(idNumber)}`,
    birth: toMrzDate(birthDate), sex, expiry: expiresAt === null ? NO_EXPIRY : toMrzDate(expiresAt), nationality: 'VNM', primary, secondary: rest.join(' '),
  })
}
