import { fold, withMarks, words } from '@contract/fold'
import type { PageText, Word } from './types'

/** Text of one dossier in the index, in characters: some thirty pages of print. What is beyond is not found by text. */
export const SEARCH_LIMITS = { characters: 100_000, word: 60 } as const

/** Below this the engine guessed. */
const LEAST_CONFIDENCE = 0.35

/** What goes into the index: `exact` with marks, `folded` without, word by word. Never shown. */
export type SearchText = Readonly<{ exact: string; folded: string }>

/** A single letter is a speck more often than a word; a single digit may be a number in an address. */
const isWord = ({ text, confidence }: Word): boolean => confidence >= LEAST_CONFIDENCE && text.length <= SEARCH_LIMITS.word && !/^[^\p{N}]$/u.test(text) && /[\p{L}\p{N}]/u.test(text)

/** A word cut at the end of a line by a hyphen is one word. */
function joined(page: PageText): string {
  return page.lines.map((line) => line.words.filter(isWord).map(({ text }) => text).join(' ')).join('\n').replace(/(\p{L})[-‐]\n(\p{Ll})/gu, '$1$2')
}

/** Text of pages for the full-text search, in the same forms as what is typed there; cut at a word when it is too long. */
export function searchText(pages: readonly PageText[]): SearchText {
  const taken: string[] = []
  let length = 0
  for (const page of pages) {
    for (const word of words(withMarks(joined(page)))) {
      length += word.length + 1
      if (length > SEARCH_LIMITS.characters) return { exact: taken.join(' '), folded: fold(taken.join(' ')) }
      taken.push(word)
    }
  }
  return { exact: taken.join(' '), folded: fold(taken.join(' ')) }
}
