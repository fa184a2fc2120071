import { withDigit } from './check-digit'
import type { Mrz } from './mrz'
import { NO_EXPIRY, toMrzDate } from './mrz-dates'

const inMrz = (date: string): string => (date.includes('-') ? toMrzDate(date) : date)

/** Document number of a Vietnamese card in its MRZ: the last nine of the twelve digits (`eid.md` D.1). */
export const documentNumberOf = (idNumber: string): string => idNumber.slice(-9)

/**
 * MRZ information, from which the keys of BAC and PACE are made: number, birth date, expiry date, each with its check digit (9303-11 §9.7.2).
 * A short number is filled to nine characters, a long one is taken whole. Dates are `YYYY-MM-DD` or `YYMMDD`; `none` is the date of cards that do not expire.
 */
export function mrzInformation(documentNumber: string, birth: string, expiry: string): string {
  const number = documentNumber.toUpperCase().padEnd(9, '<')
  return withDigit(number) + withDigit(inMrz(birth)) + withDigit(expiry === 'none' ? NO_EXPIRY : inMrz(expiry))
}

/** The MRZ information of a parsed MRZ. */
export const informationOf = (mrz: Mrz): string => mrzInformation(mrz.documentNumber, mrz.birth, mrz.expiry)
