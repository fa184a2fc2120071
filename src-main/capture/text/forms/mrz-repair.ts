import type { Mrz } from '../../../identity'
import { confusions, FORMATS, intoShape, intoWidth, type MrzFormat, SHAPES, type Variant, VIETNAMESE_CARD, VIETNAMESE_PASSPORT } from './mrz-shape'

/** What identity knows of an MRZ; handed in, because modules reach each other only through their index. */
export type MrzTools = Readonly<{
  /** @throws when the text is no MRZ */
  parse(text: string): Mrz
  /** True when `digit` is the check digit of `text`. */
  fits(text: string, digit: string): boolean
  /** `YYMMDD` → `YYYY-MM-DD`, or less of it where parts are unknown. */
  birthDate(text: string, today: string): string | null
  expiryDate(text: string, today: string): string | null
}>

/** An MRZ whose check digits all fit, and how many characters were changed for that. */
export type RepairedMrz = Readonly<{ mrz: Mrz; changed: number }>

/** More combinations than any honest misreading needs. */
const MOST_TRIES = 20_000

/** Capitals, fillers in one shape, nothing between. */
export const cleanMrzLine = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'D').toUpperCase().replace(/[«≪]/gu, '<<').replace(/[‹〈❮]/gu, '<').replace(/[^A-Z0-9<]/gu, '')

/** Behind the end of a name there are only fillers; single letters among them are fillers that were misread. */
function withoutNoise(line: string, from: number): string {
  const between = line.indexOf('<<', from)
  const end = between < 0 ? -1 : line.indexOf('<<', between + 2)
  return end < 0 || /[A-Z]{2}/.test(line.slice(end)) ? line : line.slice(0, end).padEnd(line.length, '<')
}

/** The line with the name: fillers at its end as many as there must be. Nothing of a name can be proved; where it is unclear, it is left out. */
function nameLine(line: string, shape: string, from: number): string | null {
  const { length } = shape
  const clean = intoShape(withoutNoise(line.padEnd(length, '<'), from), shape)?.line
  const isWhole = clean !== undefined && /^<*$/.test(withoutNoise(line, from).slice(length))
  if (isWhole) return clean
  const begin = intoShape(line.slice(0, from).padEnd(from, '<'), shape.slice(0, from))?.line
  return begin === undefined ? null : begin.padEnd(length, '<')
}

/** Variants of a line in a shape. */
const variantsOf = (line: string, shape: string, surplus: RegExp | null): Variant[] => intoWidth(line, shape.length, surplus).flatMap((wide) => {
  const shaped = intoShape(wide.line, shape)
  return shaped ? [{ line: shaped.line, changed: wide.changed + shaped.changed }] : []
})

function accepted(lines: readonly string[], tools: MrzTools): Mrz | null {
  try {
    const mrz = tools.parse(lines.join(''))
    const dates = tools.birthDate(mrz.birth, '2099-12-31') !== null && tools.expiryDate(mrz.expiry, '2049-12-31') !== null
    return mrz.checks.every(({ fits }) => fits) && dates && /[A-Z0-9]/.test(mrz.documentNumber) ? mrz : null
  } catch {
    return null
  }
}

/** The check digits that stand in one line over nothing but that line. */
function fitsAlone(line: string, format: MrzFormat, index: number, { fits }: MrzTools): boolean {
  const number = format === 'TD1' ? 5 : 0
  const dates = format === 'TD1' ? 0 : 13
  const ownNumber = fits(line.slice(number, number + 9), line.charAt(number + 9)) || line.charAt(number + 9) === '<'
  if (format === 'TD1' && index === 0) return ownNumber
  const ownDates = fits(line.slice(dates, dates + 6), line.charAt(dates + 6)) && fits(line.slice(dates + 8, dates + 14), line.charAt(dates + 14))
  const ownPersonal = format !== 'TD3' || fits(line.slice(28, 42), line.charAt(42))
  return ownDates && (format === 'TD1' || (ownNumber && ownPersonal))
}

/** What more is known of a line of a Vietnamese paper. On a card the document number is the end of the personal number, which has a check digit of its own. */
function fitsVietnamese(line: string, format: MrzFormat, index: number, { fits }: MrzTools): boolean {
  if (format === 'TD3') return VIETNAMESE_PASSPORT.line.test(line)
  if (format !== 'TD1') return true
  if (index === 1) return line.slice(15, 18) === 'VNM'
  return VIETNAMESE_CARD.line.test(line) && fits(line.slice(15, 27), line.charAt(29)) && line.slice(15, 27).endsWith(line.slice(5, 14))
}

function shapeOf(format: MrzFormat, index: number, vietnamese: boolean): string {
  if (vietnamese && format === 'TD1' && index === 0) return VIETNAMESE_CARD.shape
  if (vietnamese && format === 'TD3' && index === 1) return VIETNAMESE_PASSPORT.shape
  return SHAPES[format][index] ?? ''
}

/** What may be one character too many. The number of a card stands there twice, that of a passport does not: one of its digits is never dropped. */
const ANY = /./
const LETTER = /[A-Z]/

/** `kind`: which confusion was undone in the line. */
type Choice = Readonly<{ variant: Variant; kind: string | null }>

/** All that a line may have been. Of papers of other countries only what must be digits or letters is changed: their numbers follow no rule known here. */
function choicesOf(line: string, format: MrzFormat, index: number, vietnamese: boolean, tools: MrzTools): Choice[] {
  const shape = shapeOf(format, index, vietnamese)
  if (index === (format === 'TD1' ? 2 : 0)) {
    const name = nameLine(line, shape, format === 'TD1' ? 0 : 5)
    return name === null ? [] : [{ variant: { line: name, changed: 0 }, kind: null }]
  }
  const fitting = ({ line: made }: Variant): boolean => fitsAlone(made, format, index, tools) && (!vietnamese || fitsVietnamese(made, format, index, tools))
  const plain = variantsOf(line, shape, !vietnamese ? null : format === 'TD1' ? ANY : LETTER)
  const asRead = plain.filter(fitting)
  // Where the line agrees with itself as it was read, nothing in it is taken for something else: what is wrong stands elsewhere.
  if (asRead.length > 0) return asRead.map((variant) => ({ variant, kind: null }))
  if (!vietnamese || format !== 'TD1') return []
  return plain.flatMap((variant) => confusions(variant, shape)).filter(fitting).map((variant) => ({ variant, kind: variant.kind }))
}

/** The number stands twice in line 1 and shows by that what its reader confuses; only the same is believed of line 2. */
function isOneReader([first, second]: readonly Choice[]): boolean {
  return second === undefined || second.kind === null || second.kind === first?.kind
}

function* combinations(lists: readonly (readonly Choice[])[]): Generator<readonly Choice[]> {
  const [first, ...rest] = lists
  if (first === undefined) {
    yield []
    return
  }
  for (const choice of first) for (const more of combinations(rest)) yield [choice, ...more]
}

/** What an MRZ says; the kind of document apart, which no check digit covers. */
const meaning = ({ issuer, documentNumber, optional1, birth, sex, expiry, nationality }: Mrz): string =>
  [issuer, documentNumber, optional1, birth, sex, expiry, nationality].join('|')

/** The solution in one format; null when nothing fits, or two that say different things do. */
function solve(lines: readonly string[], format: MrzFormat, tools: MrzTools): RepairedMrz | null {
  const found = new Map<string, RepairedMrz>()
  const vietnamese = lines.some((line) => line.includes('VNM'))
  let tries = 0
  for (const choice of combinations(lines.map((line, index) => choicesOf(line, format, index, vietnamese, tools)))) {
    if ((tries += 1) > MOST_TRIES) return null
    if (!isOneReader(choice)) continue
    const mrz = accepted(choice.map(({ variant }) => variant.line), tools)
    const changed = choice.reduce((sum, { variant }) => sum + variant.changed, 0)
    if (mrz && changed < (found.get(meaning(mrz))?.changed ?? Number.POSITIVE_INFINITY)) found.set(meaning(mrz), { mrz, changed })
  }
  const [only, another] = [...found.values()]
  return only && another === undefined ? only : null
}

/**
 * The MRZ in lines as an engine read them, with look-alikes changed where only a digit or only a letter can stand (O/0, I/1, S/5, B/8 …), fillers counted anew
 * and, in Vietnamese papers, one doubled character dropped and 5 and 3 told apart. Only when all check digits agree, and in one way only; null otherwise.
 * The name has no check digit; where it is unclear it is left out.
 */
export function repairMrz(read: readonly string[], tools: MrzTools): RepairedMrz | null {
  const lines = read.map(cleanMrzLine).filter((line) => line.length >= 20)
  for (const format of FORMATS) {
    const { length } = SHAPES[format]
    for (let from = lines.length - length; from >= 0; from -= 1) {
      const solution = solve(lines.slice(from, from + length), format, tools)
      if (solution) return solution
    }
  }
  return null
}
