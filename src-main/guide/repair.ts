import { slips, soundOf, withoutKeystrokes, type Word } from './text'
import { LIMITS, REPAIR } from './weights'

/** One way of reading a typed word. `marked` is null when the reading was mended. */
export interface Reading {
  readonly plain: string
  readonly marked: string | null
  readonly quality: number
}

/** A typed word with all its readings, the best first. */
export interface Asked {
  readonly text: string
  readonly readings: readonly Reading[]
  readonly filler: boolean
}

/** The words that the guide knows and which stand beside which. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>
  readonly pairs: ReadonlySet<string>
  readonly bySound: ReadonlyMap<string, readonly string[]>
  /** Pieces of two letters → words that hold them. */
  readonly byPiece: ReadonlyMap<string, readonly string[]>
}

const piecesOf = (plain: string): string[] => {
  const padded = ` ${plain} `
  return Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2))
}

export function createVocabulary(phrases: Iterable<readonly Word[]>): Vocabulary {
  const words = new Set<string>()
  const pairs = new Set<string>()
  for (const phrase of phrases) {
    phrase.forEach((word, index) => {
      words.add(word.plain)
      const next = phrase[index + 1]
      if (next !== undefined) pairs.add(`${word.plain} ${next.plain}`)
    })
  }
  const group = (keysOf: (word: string) => readonly string[]): Map<string, string[]> => {
    const groups = new Map<string, string[]>()
    for (const word of [...words].sort()) {
      for (const key of new Set(keysOf(word))) {
        const known = groups.get(key)
        if (known === undefined) groups.set(key, [word])
        else known.push(word)
      }
    }
    return groups
  }
  return { words, pairs, bySound: group((word) => [soundOf(word)]), byPiece: group(piecesOf) }
}

/** Known words that share at least half of the two-letter pieces and are one slip away (two in a long word). */
function nearWords(plain: string, vocabulary: Vocabulary): string[] {
  const pieces = piecesOf(plain)
  const shared = new Map<string, number>()
  for (const piece of pieces) for (const word of vocabulary.byPiece.get(piece) ?? []) shared.set(word, (shared.get(word) ?? 0) + 1)
  return [...shared]
    .filter(([word, count]) => word !== plain && count * 4 >= pieces.length && Math.abs(word.length - plain.length) <= 2 && slips(plain, word) <= (plain.length >= 7 ? 2 : 1))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([word]) => word)
}

const WHOLE = 1
/** Readings kept of one word. */
const KEPT = 4

/** Two known words written as one: "khaisinh" → khai, sinh. */
function splitJoined(plain: string, vocabulary: Vocabulary): readonly [string, string] | null {
  for (let at = 2; at <= plain.length - 2; at += 1) {
    const pair = [plain.slice(0, at), plain.slice(at)] as const
    if (vocabulary.words.has(pair[0]) && vocabulary.words.has(pair[1]) && vocabulary.pairs.has(`${pair[0]} ${pair[1]}`)) return pair
  }
  return null
}

function mend(word: Word, before: Word | undefined, after: Word | undefined, vocabulary: Vocabulary): Reading[] {
  const besides = (plain: string): boolean =>
    (before !== undefined && vocabulary.pairs.has(`${before.plain} ${plain}`)) || (after !== undefined && vocabulary.pairs.has(`${plain} ${after.plain}`))
  const known = vocabulary.words.has(word.plain)
  if (/^\d+$/u.test(word.plain) || (known && besides(word.plain))) return []
  const found = new Map<string, number>()
  const offer = (plain: string, quality: number): void => {
    if (plain !== word.plain && vocabulary.words.has(plain)) found.set(plain, Math.max(found.get(plain) ?? 0, quality))
  }
  const typed = withoutKeystrokes(word.plain)
  // A known word between strangers may still be written by ear ("tạm chú"), but only into a pair of words that is known.
  for (const plain of typed) if (!known || besides(plain)) offer(plain, REPAIR.typing)
  if (word.plain.length >= 2) {
    for (const plain of vocabulary.bySound.get(soundOf(word.plain)) ?? []) if (!known || besides(plain)) offer(plain, known ? REPAIR.doubtful : besides(plain) ? REPAIR.nearNeighbours : REPAIR.sound)
  }
  if (!known && word.plain.length >= 3) {
    for (const plain of [word.plain, ...typed].flatMap((form) => nearWords(form, vocabulary))) {
      if (besides(plain)) offer(plain, REPAIR.nearNeighbours)
      else if (word.plain.length >= 4) offer(plain, REPAIR.near)
    }
  }
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, KEPT).map(([plain, quality]) => ({ plain, marked: null, quality }))
}

/** The words asked, each with what it may have been meant to be. */
export function readWords(words: readonly Word[], vocabulary: Vocabulary, isFiller: (word: Word) => boolean): Asked[] {
  const whole = words.flatMap((word): { word: Word; mended: boolean }[] => {
    if (vocabulary.words.has(word.plain) || word.plain.length < 5 || word.plain.length > 14) return [{ word, mended: false }]
    const halves = splitJoined(word.plain, vocabulary)
    return halves === null ? [{ word, mended: false }] : halves.map((plain) => ({ word: { text: word.text, plain, marked: plain }, mended: true }))
  })
  return whole.slice(0, LIMITS.words).map(({ word, mended }, index) => {
    if (mended) return { text: word.text, filler: false, readings: [{ plain: word.plain, marked: null, quality: REPAIR.joined }] }
    const self: Reading = { plain: word.plain, marked: word.marked, quality: WHOLE }
    const filler = isFiller(word)
    const others = filler ? [] : mend(word, whole[index - 1]?.word, whole[index + 1]?.word, vocabulary)
    return { text: word.text, filler, readings: [self, ...others] }
  })
}
