import { fold } from '@contract/fold'
import type { GuideData } from './data'
import { toWord, wordsOf, type Word } from './text'

/** Shortened and regional words written out; the same for what is asked and for what is known. */
export interface Respell {
  readonly words: (text: string) => Word[]
  readonly isFiller: (word: Word) => boolean
}

interface Entry {
  readonly from: readonly string[]
  readonly to: readonly Word[]
}

export function createRespell({ abbreviations, variants, fillers }: GuideData['misspellings']): Respell {
  // Variants hold only with their marks ("vô" is not "vợ"); abbreviations hold without, too ("đkkh", "dkkh").
  const byFirst = new Map<string, Entry[]>()
  const add = (from: readonly string[], to: string): void => {
    const [first] = from
    if (first === undefined) return
    const known = [...(byFirst.get(first) ?? []), { from, to: to.split(' ').map(toWord) }]
    byFirst.set(first, known.sort((a, b) => b.from.length - a.from.length))
  }
  for (const [from, to] of Object.entries(variants)) add(wordsOf(from).map((word) => word.marked), to)
  for (const [from, to] of Object.entries(abbreviations)) {
    for (const form of new Set([toWord(from).marked, toWord(fold(from)).marked])) add([form], to)
  }
  const fillerForms = new Set(fillers.map((filler) => toWord(filler).marked))
  const fillerPlain = new Set(fillers.map((filler) => toWord(filler).plain))
  const entryAt = (words: readonly Word[], at: number): Entry | undefined =>
    byFirst.get(words[at]?.marked ?? '')?.find((entry) => entry.from.every((form, offset) => words[at + offset]?.marked === form))
  return {
    words(text) {
      const typed = wordsOf(text)
      const out: Word[] = []
      for (let at = 0; at < typed.length;) {
        const word = typed[at]
        if (word === undefined) break
        const entry = entryAt(typed, at)
        out.push(...(entry?.to ?? [word]))
        at += entry?.from.length ?? 1
      }
      return out
    },
    isFiller: (word) => fillerForms.has(word.marked) || (word.marked === word.plain && fillerPlain.has(word.plain)),
  }
}
