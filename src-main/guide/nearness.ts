import type { Library, Phrase } from './documents'
import type { Asked } from './repair'
import { marksFit } from './text'
import { LIMITS, NEARNESS, SOURCE, WEIGHT } from './weights'

/** How near a document is to what was asked, by its words alone. */
export interface Nearness {
  readonly score: number
  readonly phrase: Phrase | null
  /** Typed words found in it that tell something. */
  readonly words: readonly string[]
}

interface Met {
  sum: number
  /** Place in the phrase → how well it is met and by which asked word. */
  readonly at: Map<number, { readonly fit: number; readonly by: number }>
}

const TELLS = 0.6

/** Every phrase that shares a word with the question, with what is shared. */
function meet(library: Library, asked: readonly Asked[], textHasMarks: boolean): { met: Map<number, Met>; best: Map<number, Float64Array> } {
  const met = new Map<number, Met>()
  const best = new Map<number, Float64Array>()
  asked.forEach((word, by) => {
    for (const reading of word.readings) {
      for (const posting of library.postings.get(reading.plain) ?? []) {
        const fit = reading.quality * marksFit(reading.marked, reading.plain, posting.word.marked, textHasMarks)
        const found = met.get(posting.phrase) ?? { sum: 0, at: new Map<number, { fit: number; by: number }>() }
        if (fit > (found.at.get(posting.at)?.fit ?? 0)) found.at.set(posting.at, { fit, by })
        met.set(posting.phrase, found)
        const phrase = library.phrases[posting.phrase]
        if (phrase === undefined) continue
        const row = best.get(phrase.document) ?? new Float64Array(asked.length)
        row[by] = Math.max(row[by] ?? 0, fit * SOURCE[phrase.source])
        best.set(phrase.document, row)
      }
    }
  })
  return { met, best }
}

/** Share of a phrase and of the question that agree; words met side by side in the same order count once more. */
function phraseScore(phrase: Phrase, met: Met, asked: readonly Asked[], tellingOf: readonly number[], total: number): number {
  let shared = 0
  let inOrder = 0
  const used = new Set<number>()
  for (const [at, { fit, by }] of met.at) {
    if (used.has(by)) continue
    used.add(by)
    const worth = fit * (tellingOf[by] ?? 0)
    shared += worth
    const next = met.at.get(at + 1)
    if (next !== undefined && next.by > by && asked.slice(by + 1, next.by).every((word) => word.filler)) inOrder += Math.min(worth, next.fit * (tellingOf[next.by] ?? 0))
  }
  if (phrase.weight === 0 || total === 0) return 0
  const near = (Math.min(1, shared / phrase.weight) ** NEARNESS.ofPhrase) * (Math.min(1, shared / total) ** NEARNESS.ofQuestion)
  const order = Math.min(1, inOrder / phrase.weight)
  return SOURCE[phrase.source] * near * (1 - NEARNESS.inOrder + NEARNESS.inOrder * order)
}

/** Nearness of every document that shares a word with the question, by its number in the library. */
export function nearest(library: Library, asked: readonly Asked[], textHasMarks: boolean): Map<number, Nearness> {
  const { met, best } = meet(library, asked, textHasMarks)
  const tellingOf = asked.map((word) => Math.max(...word.readings.map((reading) => (library.postings.has(reading.plain) ? reading.quality * library.telling(reading.plain, word.filler) : 0))))
  const total = tellingOf.reduce((sum, telling) => sum + telling, 0)
  // Words that tell next to nothing are no question, however well they are met.
  const enough = Math.min(1, total / LIMITS.telling)
  const phraseOf = new Map<number, { score: number; phrase: Phrase }>()
  for (const [number, found] of met) {
    const phrase = library.phrases[number]
    if (phrase === undefined) continue
    const score = phraseScore(phrase, found, asked, tellingOf, total)
    if (score > (phraseOf.get(phrase.document)?.score ?? 0)) phraseOf.set(phrase.document, { score, phrase })
  }
  const near = new Map<number, Nearness>()
  for (const [document, row] of best) {
    const covered = row.reduce((sum, fit, by) => sum + fit * (tellingOf[by] ?? 0), 0)
    const closest = phraseOf.get(document)
    near.set(document, {
      score: enough * (WEIGHT.coverage * (total === 0 ? 0 : covered / total) + WEIGHT.phrase * (closest?.score ?? 0)),
      phrase: closest?.phrase ?? null,
      words: asked.filter((word, by) => !word.filler && (row[by] ?? 0) >= TELLS * SOURCE.keyword).map((word) => word.text),
    })
  }
  return near
}
