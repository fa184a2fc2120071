import type { ChipOddity, Dg13Field } from '@contract/chip'
import { fold } from '@contract/fold'
import type { Sex } from '@contract/person'
import { readDg13Fields } from './dg13-fields'
import { readWrittenDate } from './text'

/** What DG13 says of the holder. Null where it says nothing; dates that are none stay as their text. `expires` null: no word about it. */
export type Dg13Person = Readonly<{
  idNumber: string | null
  fullName: string | null
  birthDate: string | null
  sex: Sex | null
  nationality: string | null
  ethnicity: string | null
  religion: string | null
  origin: string | null
  residence: string | null
  marks: string | null
  issuedAt: string | null
  expires: { at: string | null } | null
  father: string | null
  mother: string | null
  spouse: string | null
  oldIdNumber: string | null
}>

export type Dg13 = Readonly<{ fields: readonly Dg13Field[]; person: Dg13Person; oddities: readonly ChipOddity[] }>

/** Field numbers as two independent parsers have them (`domain.md` §7.4); 15 or 16 is the old number, sources differ. */
const NUMBER = {
  idNumber: 1, fullName: 2, birthDate: 3, sex: 4, nationality: 5, ethnicity: 6, religion: 7, origin: 8, residence: 9, marks: 10, issuedAt: 11, expires: 12, parents: 13, spouse: 14,
} as const
const OLD_NUMBERS = [15, 16] as const
const LAST_KNOWN = 16
const SEXES: ReadonlyMap<string, Sex> = new Map([['nam', 'male'], ['nu', 'female'], ['male', 'male'], ['female', 'female'], ['m', 'male'], ['f', 'female']])

const odd = (code: string, field: number): ChipOddity => ({ code, file: 'DG13', params: { field: String(field) } })

/** Unknown and repeated numbers. Field 0 and numbers that are none count as unknown. */
function numberOddities(fields: readonly Dg13Field[]): ChipOddity[] {
  const numbers = fields.map(({ number }) => number)
  const unknown = [...new Set(numbers.filter((number) => number < 1 || number > LAST_KNOWN))].map((number) => odd('dg13-unknown-field', number))
  const repeated = [...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))].map((number) => odd('dg13-repeated-field', number))
  return [...unknown, ...repeated]
}

function personOf(fields: readonly Dg13Field[], note: (oddity: ChipOddity) => void): Dg13Person {
  const values = (number: number): readonly string[] => fields.filter((field) => field.number === number).flatMap((field) => field.values)
  const text = (number: number): string | null => values(number).find((value) => value !== '') ?? null
  const date = (number: number): string | null => {
    const written = text(number)
    const read = written === null ? null : readWrittenDate(written)
    if (written !== null && read === null) note(odd('dg13-date', number))
    return read ?? written
  }
  const sexText = text(NUMBER.sex)
  const sex = sexText === null ? null : SEXES.get(fold(sexText)) ?? null
  if (sexText !== null && sex === null) note(odd('dg13-sex', NUMBER.sex))
  const parents = values(NUMBER.parents)
  return {
    idNumber: text(NUMBER.idNumber), fullName: text(NUMBER.fullName), birthDate: date(NUMBER.birthDate), sex, nationality: text(NUMBER.nationality),
    ethnicity: text(NUMBER.ethnicity), religion: text(NUMBER.religion), origin: text(NUMBER.origin), residence: text(NUMBER.residence), marks: text(NUMBER.marks),
    issuedAt: date(NUMBER.issuedAt), expires: expiresOf(text(NUMBER.expires), () => date(NUMBER.expires)), father: parents[0] || null, mother: parents[1] || null, spouse: text(NUMBER.spouse),
    oldIdNumber: OLD_NUMBERS.flatMap(values).find((value) => /^\d{9}$|^\d{12}$/.test(value)) ?? null,
  }
}

/** `Không thời hạn` and its like: the card does not expire. */
function expiresOf(text: string | null, date: () => string | null): Dg13Person['expires'] {
  if (text === null) return null
  const folded = fold(text)
  return /thoi han|expir|indefinite/.test(folded) && !/\d/.test(folded) ? { at: null } : { at: date() }
}

/** Fields, person and oddities of DG13. Whatever is odd is told and stops nothing; never throws. */
export function parseDg13(bytes: Uint8Array): Dg13 {
  const { fields, oddities } = readDg13Fields(bytes)
  const found: ChipOddity[] = [...oddities, ...numberOddities(fields)]
  const person = personOf(fields, (oddity) => found.push(oddity))
  return { fields, person, oddities: found }
}
