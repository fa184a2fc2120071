import type { ChipPerson } from '@contract/chip'
import { isCivilDate } from '@contract/civil-time'
import { fold } from '@contract/fold'
import { formatDate, formatIdNumber } from '@contract/format'
import { type DraftPerson, EMPTY_PERSON, type FactSource, type Sex } from '@contract/person'
import { civilDateOf, tidyName } from '../intake/tidy'

/** The facts of a person that the chip knows, too. */
export const CHIP_FACTS = ['fullName', 'idNumber', 'birthDate', 'sex', 'address'] as const
export type ChipFact = (typeof CHIP_FACTS)[number]

/** A fact on which chip and draft disagreed when the chip was read. `source` is where the draft's came from. */
export type Difference = Readonly<{ fact: ChipFact; before: string; chip: string; source: FactSource | undefined }>

export type ChipFill = Readonly<{
  person: DraftPerson
  /** Where the two disagreed, whichever stands in the draft now. */
  differences: readonly Difference[]
}>

const digits = (text: string): string => text.replace(/\D/gu, '')
const plain = (text: string): string => text.normalize('NFC').toLocaleLowerCase('vi').replace(/[\s,.;]+/gu, ' ').trim()
const isSex = (text: string): text is Sex => text === 'male' || text === 'female'

/** What the chip says of a fact, in the form in which a draft holds it; null when it says nothing usable. */
export function chipValue(chip: ChipPerson, fact: ChipFact): string | null {
  switch (fact) {
    case 'fullName': return chip.fullName.trim() === '' ? null : tidyName(chip.fullName)
    case 'idNumber': return chip.idNumber === null ? null : formatIdNumber(chip.idNumber)
    case 'birthDate': return chip.birthDate !== null && isCivilDate(chip.birthDate) ? formatDate(chip.birthDate) : null
    case 'sex': return chip.sex
    case 'address': return chip.residence === null || chip.residence.trim() === '' ? null : chip.residence.normalize('NFC').replace(/\s+/gu, ' ').trim()
  }
}

const draftValue = (person: DraftPerson, fact: ChipFact): string => (fact === 'sex' ? (person.sex ?? '') : person[fact].trim())

/** True when two values of a fact mean the same. A name out of the MRZ has no marks: then marks do not count. */
export function sameFact(fact: ChipFact, one: string, other: string, withoutMarks = false): boolean {
  if (fact === 'idNumber') return digits(one) === digits(other)
  if (fact === 'birthDate') return (civilDateOf(one) ?? one.trim()) === (civilDateOf(other) ?? other.trim())
  if (fact === 'fullName' && withoutMarks) return fold(one) === fold(other)
  return plain(one) === plain(other)
}

/** True when a number is the one on the chip, its short form in the MRZ, or the holder's number before. */
function isNumberOf(number: string, chip: ChipPerson): boolean {
  if (chip.idNumber !== null) return number === digits(chip.idNumber) || number === digits(chip.oldIdNumber ?? '')
  const short = digits(chip.documentNumber)
  return short.length === 9 ? number.endsWith(short) : true
}

/** The card on the reader is somebody else's than who stands in the draft: both have numbers, and they differ. */
export function isSomebodyElse(person: DraftPerson, chip: ChipPerson): boolean {
  const number = digits(person.idNumber)
  return number.length >= 9 && !isNumberOf(number, chip)
}

/** Puts one value into a person, with where it came from. */
export function putFact(person: DraftPerson, fact: ChipFact, value: string, source: FactSource | undefined): DraftPerson {
  const sources = { ...Object.fromEntries(Object.entries(person.sources).filter(([name]) => name !== fact)), ...(source !== undefined && { [fact]: source }) }
  return fact === 'sex' ? { ...person, sex: isSex(value) ? value : null, sources } : { ...person, [fact]: value, sources }
}

/** The chip writes over unsigned text of the QR, never over what was typed or comes from elsewhere, and never over an address. */
function mayReplace(fact: ChipFact, source: FactSource | undefined, chip: ChipPerson): boolean {
  const isBareName = fact === 'fullName' && chip.nameFromMrz
  return fact !== 'address' && !isBareName && (source === 'qr' || source === 'chip')
}

/**
 * Puts the chip's facts into a person of the same number. Empty fields and the QR's are filled; where anything else stands and differs,
 * it stays and the difference is told. With `fills` false nothing is put in: every difference is only told.
 */
export function fillFromChip(current: DraftPerson, chip: ChipPerson, fills = true): ChipFill {
  let person = current
  const differences: Difference[] = []
  for (const fact of CHIP_FACTS) {
    const value = chipValue(chip, fact)
    if (value === null) continue
    const before = draftValue(current, fact)
    const source = current.sources[fact]
    const bareName = fact === 'fullName' && chip.nameFromMrz
    if (before === '') person = fills ? putFact(person, fact, value, 'chip') : person
    else if (sameFact(fact, before, value, chip.nameFromMrz)) person = bareName || !fills ? person : putFact(person, fact, fact === 'address' ? before : value, 'chip')
    else {
      differences.push({ fact, before, chip: value, source })
      if (fills && mayReplace(fact, source, chip)) person = putFact(person, fact, value, 'chip')
    }
  }
  return { person, differences }
}

/** The person of the card in place of whoever stood here: nothing of the former one is kept. */
export const personOfChip = (chip: ChipPerson): DraftPerson => fillFromChip(EMPTY_PERSON, chip).person

/** Which of the two values of a difference stands in the draft; a third one counts as the officer's own. */
export const standing = (person: DraftPerson, { fact, chip }: Difference): 'chip' | 'before' => (sameFact(fact, draftValue(person, fact), chip) ? 'chip' : 'before')

/** Takes the chip's value of a difference, or goes back to the one before. */
export const settle = (person: DraftPerson, difference: Difference, choice: 'chip' | 'before'): DraftPerson =>
  choice === 'chip' ? putFact(person, difference.fact, difference.chip, 'chip') : putFact(person, difference.fact, difference.before, difference.source)
