import type { ChipOddity, ChipPerson } from '@contract/chip'
import { readIdNumber } from '../id-number'
import type { Dg11 } from './dg11'
import type { Dg12 } from './dg12'
import type { Dg13Person } from './dg13'
import { idNumberOf, type Mrz } from './mrz'
import { birthDateOf, expiryDateOf, NO_EXPIRY } from './mrz-dates'
import { documentNumberOf } from './mrz-key'
import { fullNameOf, toMrzLetters } from './mrz-name'

export type PersonFiles = Readonly<{ mrz: Mrz; dg11: Dg11 | null; dg12: Dg12 | null; dg13: Dg13Person | null }>

const differs = (code: string): ChipOddity => ({ code, file: 'DG13', params: {} })

/** Expiry as the MRZ has it: null on Vietnamese cards that do not expire, the six characters themselves when they are no date. */
function mrzExpiry(mrz: Mrz, today: string): string | null {
  if (mrz.issuer === 'VNM' && (mrz.expiry === NO_EXPIRY || mrz.expiry === '<<<<<<')) return null
  return expiryDateOf(mrz.expiry, today) ?? mrz.expiry
}

/** True when both are the same name; one that the MRZ had no room for has only to begin alike. */
function sameName(written: string, mrz: Mrz): boolean {
  const letters = toMrzLetters(written).replaceAll('<', ' ')
  const short = fullNameOf(mrz.name)
  return mrz.name.truncated ? letters.startsWith(short.slice(0, 20)) : letters === short
}

/** Where DG13 contradicts the MRZ of the same chip. What differs is named, never shown: oddities may reach a log. */
function contradictions(mrz: Mrz, dg13: Dg13Person, today: string): ChipOddity[] {
  const optional = idNumberOf(mrz)
  const birth = birthDateOf(mrz.birth, today, dg13.birthDate === null ? null : Number(dg13.birthDate.slice(0, 4)))
  const found: ChipOddity[] = []
  if (dg13.idNumber !== null && (documentNumberOf(dg13.idNumber) !== mrz.documentNumber || (optional !== null && optional !== dg13.idNumber))) found.push(differs('number-differs'))
  if (dg13.birthDate !== null && birth !== null && !dg13.birthDate.startsWith(birth) && !birth.startsWith(dg13.birthDate)) found.push(differs('birth-differs'))
  if (dg13.fullName !== null && !sameName(dg13.fullName, mrz)) found.push(differs('name-differs'))
  if (dg13.sex !== null && mrz.sex !== null && dg13.sex !== mrz.sex) found.push(differs('sex-differs'))
  if (dg13.expires !== null && dg13.expires.at !== mrzExpiry(mrz, today)) found.push(differs('expiry-differs'))
  return found
}

const digitsOf = (text: string | null | undefined): string | null => (text !== null && text !== undefined && /^\d{9}$|^\d{12}$/.test(text) ? text : null)

/**
 * The holder as the chip's files tell: DG13 first, then DG11 and DG12, then the MRZ. Names keep the letters and the case of the card.
 * `today` (`YYYY-MM-DD`) puts centuries before the years of the MRZ.
 */
export function personOf({ mrz, dg11, dg12, dg13 }: PersonFiles, today: string): Readonly<{ person: ChipPerson; oddities: readonly ChipOddity[] }> {
  const idNumber = dg13?.idNumber ?? idNumberOf(mrz) ?? digitsOf(dg11?.personalNumber)
  const birthYear = idNumber === null ? null : readIdNumber(idNumber)?.birthYear ?? null
  const written = dg13?.fullName ?? dg11?.fullName ?? null
  const person: ChipPerson = {
    idNumber,
    documentNumber: mrz.documentNumber,
    fullName: written ?? fullNameOf(mrz.name),
    nameFromMrz: written === null,
    birthDate: dg13?.birthDate ?? dg11?.birthDate ?? birthDateOf(mrz.birth, today, birthYear),
    sex: dg13?.sex ?? mrz.sex,
    nationality: (dg13?.nationality ?? mrz.nationality) || null,
    ethnicity: dg13?.ethnicity ?? null,
    religion: dg13?.religion ?? null,
    origin: dg13?.origin ?? null,
    residence: dg13?.residence ?? dg11?.address ?? null,
    marks: dg13?.marks ?? null,
    issuedAt: dg13?.issuedAt ?? dg12?.issuedAt ?? null,
    expiresAt: dg13?.expires ? dg13.expires.at : mrzExpiry(mrz, today),
    father: dg13?.father ?? null,
    mother: dg13?.mother ?? null,
    spouse: dg13?.spouse ?? null,
    oldIdNumber: dg13?.oldIdNumber ?? null,
  }
  return { person, oddities: dg13 === null ? [] : contradictions(mrz, dg13, today) }
}
