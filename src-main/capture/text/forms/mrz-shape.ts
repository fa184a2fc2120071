export type MrzFormat = 'TD1' | 'TD2' | 'TD3'

/**
 * What may stand where (9303-4, -5, -6): `a` letter or filler, `d` digit or filler, `s` sex, `n` letter, digit or filler.
 * Of Vietnamese papers more is known: their numbers are digits, and that of a card stands in it twice (`domain.md` §7.3).
 */
const DATES = 'dddddddsddddddd'
export const SHAPES: Readonly<Record<MrzFormat, readonly string[]>> = {
  TD1: [`aaaaa${'n'.repeat(9)}d${'n'.repeat(15)}`, `${DATES}aaa${'n'.repeat(11)}d`, 'a'.repeat(30)],
  TD2: ['a'.repeat(36), `${'n'.repeat(9)}daaa${DATES}${'n'.repeat(7)}d`],
  TD3: ['a'.repeat(44), `${'n'.repeat(9)}daaa${DATES}${'n'.repeat(14)}dd`],
}
export const VIETNAMESE_CARD = { shape: `aaaaa${'d'.repeat(25)}`, line: /^[IAC][A-Z<]VNM\d{22}<<\d$/ } as const
/** Line 2 of a Vietnamese passport: a letter and seven or eight digits (0 and the filler count the same, so that nothing is changed there), and the personal number or the old one of nine digits. */
export const VIETNAMESE_PASSPORT = { shape: `a${'d'.repeat(7)}ndaaa${DATES}${'d'.repeat(16)}`, line: /^[A-Z]\d{7}[\d<]\dVNM.{15}(?:\d{12}<<|\d{9}<{5}|<{14})[\d<]\d$/ } as const
export const FORMATS = ['TD1', 'TD2', 'TD3'] as const

const AS_DIGIT: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }
const AS_LETTER: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' }

/** A line and how many characters were changed in it. */
export type Variant = Readonly<{ line: string; changed: number }>

/** Look-alikes changed where only a digit, or only a letter, can stand; null when something else stands there. */
export function intoShape(line: string, shape: string): Variant | null {
  let out = ''
  let changed = 0
  for (let at = 0; at < shape.length; at += 1) {
    const read = line.charAt(at)
    const kind = shape.charAt(at)
    const put = kind === 'd' ? (AS_DIGIT[read] ?? read) : kind === 'a' ? (AS_LETTER[read] ?? read) : read
    const fits = kind === 'd' ? /[0-9<]/.test(put) : kind === 'a' ? /[A-Z<]/.test(put) : kind === 's' ? /[MFX<]/.test(put) : /[A-Z0-9<]/.test(put)
    if (!fits) return null
    out += put
    if (put !== read) changed += 1
  }
  return { line: out, changed }
}

/** Longest run of fillers: where one more or one less is the least noticed. */
function longestFillers(line: string): Readonly<{ at: number; length: number }> {
  return [...line.matchAll(/<+/g)].reduce((best, run) => (run[0].length > best.length ? { at: run.index, length: run[0].length } : best), { at: 0, length: 0 })
}

/** Fillers that may be missing or too many in a run of at least this length: the hardest to count for any reader. */
const UNCOUNTED = 3
const MOST_FILLERS = 4

const ALIKE = ['0OQD', '1IL', '2Z', '35S', '6G', '8B', '<K'] as const
const looksLike = (one: string, other: string): boolean => one === other || ALIKE.some((letters) => one !== '' && other !== '' && letters.includes(one) && letters.includes(other))

/** Lines without one character that an engine saw twice: it looks like its neighbour. */
function withoutDouble(line: string, what: RegExp): string[] {
  const doubles = [...line].flatMap((letter, at) => (looksLike(letter, line.charAt(at + 1)) ? [at, at + 1] : []))
  return [...new Set(doubles)].filter((at) => what.test(line.charAt(at))).map((at) => line.slice(0, at) + line.slice(at + 1))
}

/**
 * A line made as long as it must be: fillers added to or taken from a long run of them, or one surplus character dropped.
 * @param surplus what a surplus character may be; null: there is none
 */
export function intoWidth(line: string, width: number, surplus: RegExp | null): Variant[] {
  if (line.length === width) return [{ line, changed: 0 }]
  const off = line.length - width
  const fillers = longestFillers(line)
  const mended = Math.abs(off) <= MOST_FILLERS && fillers.length >= UNCOUNTED && fillers.length > off
    ? [line.slice(0, fillers.at) + '<'.repeat(fillers.length - off) + line.slice(fillers.at + fillers.length)] : []
  const shorter = surplus && off === 1 ? withoutDouble(line, surplus) : []
  return [...new Set([...mended, ...shorter])].map((made) => ({ line: made, changed: 1 }))
}

/**
 * Digits that the Vietnamese model takes for one another in OCR-B (`devices.md` D.2). More pairs would find numbers that fit by chance:
 * the same mistake in a number and in its check digit cancels out.
 */
const CONFUSED_DIGITS: readonly (readonly [read: string, meant: string])[] = [['5', '3'], ['3', '5']]
const MOST_PLACES = 6

/** A line after one kind of confusion was undone in it. */
export type Undone = Variant & Readonly<{ kind: string }>

function undone({ line, changed }: Variant, shape: string, [read, meant]: (typeof CONFUSED_DIGITS)[number]): Undone[] {
  const places = [...line].flatMap((letter, at) => (letter === read && shape.charAt(at) === 'd' ? [at] : []))
  if (places.length > MOST_PLACES) return []
  return Array.from({ length: (1 << places.length) - 1 }, (_, index) => {
    const chosen = new Set(places.filter((_place, bit) => ((index + 1) & (1 << bit)) !== 0))
    return { line: [...line].map((letter, at) => (chosen.has(at) ? meant : letter)).join(''), changed: changed + chosen.size, kind: read + meant }
  })
}

/** The line with each choice of one kind of confusion undone: a reader that takes 3 for 5 does it again, though not always. */
export const confusions = (variant: Variant, shape: string): Undone[] => CONFUSED_DIGITS.flatMap((pair) => undone(variant, shape, pair))
