import { fitsDigit } from './lds/check-digit'
import { parseMrz } from './lds'
import { birthDateOf, expiryDateOf } from './lds/mrz-dates'

/** What is known of machine-readable zones (ICAO 9303-3 … 9303-6), for those who read them from paper. */
export const mrzTools = {
  parse: parseMrz,
  fits: fitsDigit,
  birthDate: (text: string, today: string): string | null => birthDateOf(text, today),
  expiryDate: expiryDateOf,
}
