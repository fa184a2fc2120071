import type { Asked } from './repair'
import { marksFit, type Word } from './text'
import { LIMITS } from './weights'

/** A way of saying something, looked for in what is asked. */
export interface Pattern {
  readonly id: string
  readonly words: readonly Word[]
  /** Places of `words` before which any few words may stand: "sổ … không còn". */
  readonly open: ReadonlySet<number>
}

/** How well something was said, and in which words. */
export interface Said {
  readonly fit: number
  readonly from: number
  readonly to: number
}

export type PatternIndex = ReadonlyMap<string, readonly Pattern[]>

export function indexPatterns(patterns: Iterable<Pattern>): PatternIndex {
  const index = new Map<string, Pattern[]>()
  for (const pattern of patterns) {
    const first = pattern.words[0]?.plain
    if (first === undefined) continue
    const known = index.get(first)
    if (known === undefined) index.set(first, [pattern])
    else known.push(pattern)
  }
  return index
}

/** A pattern of a form; `…` in it stands for a few words of any kind. */
export function patternOf(id: string, form: string, wordsOf: (text: string) => Word[]): Pattern {
  const open = new Set<number>()
  const words: Word[] = []
  for (const part of form.split('…')) {
    if (words.length > 0) open.add(words.length)
    words.push(...wordsOf(part))
  }
  return { id, words, open }
}

/** Forms of a text in which `{class}` stands for each word of a class. */
export function expand(form: string, classes: Readonly<Record<string, readonly string[]>>): string[] {
  const found = /\{([a-z-]+)\}/u.exec(form)
  if (found === null) return [form]
  return (classes[found[1] ?? ''] ?? []).flatMap((word) => expand(form.replace(found[0], word), classes))
}

/** How well a typed word is this word, 0 when it is not. */
export function wordFit(asked: Asked, word: Word, textHasMarks: boolean): number {
  let best = 0
  for (const reading of asked.readings) {
    if (reading.plain === word.plain) best = Math.max(best, reading.quality * marksFit(reading.marked, reading.plain, word.marked, textHasMarks))
  }
  return best
}

function matchAt(pattern: Pattern, asked: readonly Asked[], at: number, textHasMarks: boolean): Said | null {
  let sum = 0
  let weakest = 1
  let skipped = false
  let place = at
  for (const [index, word] of pattern.words.entries()) {
    let fit = 0
    const isOpen = pattern.open.has(index)
    for (let gap = 0; gap <= (index === 0 ? 0 : isOpen ? LIMITS.openGap : LIMITS.gap); gap += 1) {
      const candidate = asked[place + gap]
      if (candidate === undefined) break
      fit = wordFit(candidate, word, textHasMarks)
      if (fit > 0) {
        place += gap
        skipped ||= gap > 0
        break
      }
      if (!isOpen && !candidate.filler) break
    }
    if (fit === 0) return null
    sum += fit
    weakest = Math.min(weakest, fit)
    place += 1
  }
  const fit = sum / pattern.words.length
  if (pattern.words.length > 1) return weakest < (skipped ? LIMITS.skippedFit : LIMITS.phraseFit) ? null : { fit, from: at, to: place }
  // One syllable with other marks, or mended, is too often another word.
  const sure = asked[at]?.readings.some((reading) => reading.quality === 1 && reading.marked === pattern.words[0]?.marked) ?? false
  return { fit: sure ? fit : fit * (textHasMarks ? LIMITS.doubtfulWord : LIMITS.bareWord), from: at, to: place }
}

/** What of all patterns is said, the best saying of each. */
export function findPatterns(index: PatternIndex, asked: readonly Asked[], textHasMarks: boolean): Map<string, Said> {
  const said = new Map<string, Said>()
  asked.forEach((word, at) => {
    for (const plain of new Set(word.readings.map((reading) => reading.plain))) {
      for (const pattern of index.get(plain) ?? []) {
        const match = matchAt(pattern, asked, at, textHasMarks)
        if (match !== null && match.fit > (said.get(pattern.id)?.fit ?? 0)) said.set(pattern.id, match)
      }
    }
  })
  return said
}
