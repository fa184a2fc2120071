import { fold, withMarks, words } from '@contract/fold'
import type { PageText, Word } from './types'

/** Text of one dossier in the index, in characters: some thirty pages of print. What is beyond is not found by text. */
export const SEARCH_LIMITS = { characters: 100_000, word: 60, numbers: 2_000 } as const

/** Below this the engine guessed. */
const LEAST_CONFIDENCE = 0.35

/** What goes into the index: `exact` with marks, `folded` without, word by word; numbers in groups stand in `folded` once more without their gaps. Never shown. */
export type SearchText = Readonly<{ exact: string; folded: string }>

/** A single letter is a speck more often than a word; a single digit may be a number in an address. */
const isWord = ({ text, confidence }: Word): boolean => confidence >= LEAST_CONFIDENCE && text.length <= SEARCH_LIMITS.word && !/^[^\p{N}]$/u.test(text) && /[\p{L}\p{N}]/u.test(text)

/** A word cut at the end of a line by a hyphen is one word. */
function joined(page: Pick<PageText, 'lines'>): string {
  return page.lines.map((line) => line.words.filter(isWord).map(({ text }) => text).join(' ')).join('\n').replace(/(\p{L})[-‐]\n(\p{Ll})/gu, '$1$2')
}

/** Digits in groups, as phones and identity numbers are printed. */
const GROUPED = /(?<![\p{L}\p{N}])\d+(?:[ .-]\d+)+(?![\p{L}\p{N}])/gu
/** Digits of a number: fewer are a date or a page. What is longer is found by its beginning. */
const DIGITS = { least: 6, most: 20 } as const

/** Numbers in groups without their gaps, from each of their groups on: what stands before a number may be one of its own. */
function groupedNumbers(text: string): string[] {
  return [...text.matchAll(GROUPED)].flatMap(([run]) => {
    const groups = run.split(/[ .-]/u)
    return groups.slice(0, -1).map((_, from) => groups.slice(from, from + DIGITS.most).join('').slice(0, DIGITS.most)).filter(({ length }) => length >= DIGITS.least)
  })
}

/** Text of pages for the full-text search, in the same forms as what is typed there; cut at a word when it is too long. */
export function searchText(pages: Iterable<Pick<PageText, 'lines'>>): SearchText {
  const taken: string[] = []
  const numbers = new Set<string>()
  let length = 0
  for (const page of pages) {
    const text = joined(page)
    for (const word of words(withMarks(text))) {
      length += word.length + 1
      if (length > SEARCH_LIMITS.characters) return of(taken, numbers)
      taken.push(word)
    }
    for (const number of groupedNumbers(text)) if (numbers.size < SEARCH_LIMITS.numbers) numbers.add(number)
  }
  return of(taken, numbers)
}

const of = (taken: readonly string[], numbers: ReadonlySet<string>): SearchText => {
  const exact = taken.join(' ')
  return { exact, folded: [fold(exact), ...numbers].join(' ').trim() }
}
