import type { ChipKey } from '@contract/chip'
import { type DraftPerson } from '@contract/person'
import { civilDateOf } from '../intake/tidy'

/** What the QR of a card, or the officer, says of a card: enough to work out what may open its chip. Dates are `YYYY-MM-DD`. */
export type CardFacts = Readonly<{ idNumber: string; birthDate: string; issuedAt: string | null }>

/** The three ways in which an officer can give a key by hand. */
export type KeyWay = 'expiry' | 'mrz' | 'can'
export type TypedKey = Readonly<{ way: KeyWay; expiry: string; endless: boolean; mrz: string; can: string }>
export const NO_TYPED_KEY: TypedKey = { way: 'expiry', expiry: '', endless: false, mrz: '', can: '' }

/** What is wrong with a key as it was typed: the field, and the sentence `chip:key.fault.<code>`. */
export type KeyFault = Readonly<{ field: KeyWay; code: 'no-card' | 'expiry' | 'mrz' | 'can' }>

const digits = (text: string): string => text.replace(/\D/gu, '')

/** Facts of a person as typed, when number and birth date are whole; null otherwise. A number of nine digits is none of a chip. */
export function factsOfPerson({ idNumber, birthDate }: Pick<DraftPerson, 'idNumber' | 'birthDate'>): CardFacts | null {
  const number = digits(idNumber)
  const born = civilDateOf(birthDate)
  return number.length === 12 && born !== null ? { idNumber: number, birthDate: born, issuedAt: null } : null
}

/** The key in the facts of a card; the core works out the expiry date. */
export const keyOfFacts = ({ idNumber, birthDate, issuedAt }: CardFacts): ChipKey => ({ idNumber, birthDate, issuedAt })

/** The key that the officer typed, or what is missing. The MRZ is looked at by the core, which tells the line that is wrong. */
export function keyOfTyped(typed: TypedKey, facts: CardFacts | null): { key: ChipKey } | { fault: KeyFault } {
  if (typed.way === 'can') {
    const can = digits(typed.can)
    return can.length === 6 ? { key: { can } } : { fault: { field: 'can', code: 'can' } }
  }
  if (typed.way === 'mrz') {
    const mrz = typed.mrz.trim()
    return mrz.replace(/\s/gu, '').length >= 24 && mrz.length <= 100 ? { key: { mrz } } : { fault: { field: 'mrz', code: 'mrz' } }
  }
  if (!facts) return { fault: { field: 'expiry', code: 'no-card' } }
  if (typed.endless) return { key: { ...keyOfFacts(facts), expiryDate: 'none' } }
  const date = civilDateOf(typed.expiry)
  return date === null ? { fault: { field: 'expiry', code: 'expiry' } } : { key: { ...keyOfFacts(facts), expiryDate: date } }
}

/** True when a key may be refused because its expiry date was only worked out. */
export const isGuess = (key: ChipKey): boolean => 'idNumber' in key && key.expiryDate === undefined
