import type { MrzView } from '@contract/chip'

/** A check digit of an MRZ and whether it fits. */
export type MrzCheck = MrzView['checks'][number]

const WEIGHTS = [7, 3, 1] as const

/** Value of an MRZ character: digits as they are, A = 10 … Z = 35, the filler 0 (9303-3 §4.9). */
function valueOf(character: string): number {
  if (character === '<') return 0
  const code = character.charCodeAt(0)
  return code <= 0x39 ? code - 0x30 : code - 0x41 + 10
}

/** The check digit of a text of `A–Z 0–9 <`: weights 7-3-1, modulo 10 (9303-3 §4.9). */
export function checkDigit(text: string): string {
  let sum = 0
  for (let index = 0; index < text.length; index += 1) sum += valueOf(text.charAt(index)) * (WEIGHTS[index % 3] ?? 0)
  return String(sum % 10)
}

export const withDigit = (text: string): string => text + checkDigit(text)

/** True when `digit` is the check digit of `text`; an empty field may have a filler for its digit (9303-3 §4.9, 9303-4 §4.2.2.2). */
export const fitsDigit = (text: string, digit: string): boolean => digit === checkDigit(text) || (digit === '<' && /^<*$/.test(text))
