import { fold } from '@contract/fold'

/** One word of a text: without marks, and the marks it was typed with in one spelling wherever the tone stands ("hoà" = "hòa"). */
export type ThemeWord = Readonly<{ text: string; folded: string; marks: string }>
/** Words between two stops; nothing is looked for across a stop. */
export type Clause = readonly ThemeWord[]

const MAX_CHARACTERS = 5000

const marksOf = (word: string): string => {
  const lower = word.toLowerCase()
  return [...(lower.normalize('NFD').match(/\p{M}/gu) ?? [])].sort().join('') + (lower.includes('đ') ? 'đ' : '')
}

export const toThemeWord = (text: string): ThemeWord => ({ text, folded: fold(text), marks: marksOf(text) })

/** Never throws, whatever the text. @param known words that were made before: most words come again and again */
export function clausesOf(text: string, known = new Map<string, ThemeWord>()): Clause[] {
  const wordOf = (typed: string): ThemeWord => {
    const word = known.get(typed) ?? toThemeWord(typed)
    known.set(typed, word)
    return word
  }
  const clean = text.slice(0, MAX_CHARACTERS).normalize('NFC')
  return clean.split(/[^\p{L}\p{N}\p{M}\s'-]+|\n+/u).map((part) => (part.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(wordOf)).filter((clause) => clause.length > 0)
}

/** A typed word fits one of a phrase when the letters agree and, where it was typed with marks, the marks too. */
const fits = (typed: ThemeWord, wanted: ThemeWord): boolean => typed.folded === wanted.folded && (typed.marks === '' || typed.marks === wanted.marks)

/** Whether the phrase stands at this place. A single word says too little without its marks: "quat" may be a fan. */
export function standsAt(phrase: Clause, clause: Clause, at: number): boolean {
  return phrase.every((wanted, index) => {
    const typed = clause[at + index]
    return typed !== undefined && fits(typed, wanted) && (phrase.length > 1 || typed.marks === wanted.marks)
  })
}

/** Without marks too. */
const NEGATIONS: ReadonlySet<string> = new Set(['khong', 'chang', 'chua', 'ko', 'hong', 'hok'])
/** Only as they are written: "đỡ" is not "do". */
const MARKED_NEGATIONS: ReadonlySet<string> = new Set(['đỡ', 'đừng', 'hết', 'bớt', 'khỏi'])
/** May stand between a negation and what it negates. */
const BETWEEN: ReadonlySet<string> = new Set(['phai', 'bi', 'con', 'can', 'he', 'co', 'duoc', 'thay', 'qua', 'rat', 'lam', 'may'])

/** "Không phải chờ lâu" is not about waiting. */
export function isNegated(clause: Clause, at: number): boolean {
  for (let index = at - 1; index >= 0; index--) {
    const word = clause[index]
    if (word === undefined) return false
    if (NEGATIONS.has(word.folded) || MARKED_NEGATIONS.has(word.text.toLowerCase())) return true
    if (!BETWEEN.has(word.folded)) return false
  }
  return false
}
