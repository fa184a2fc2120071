import { fold } from '@contract/fold'
import { LIMITS, MARKS } from './weights'

/** One syllable: as typed (lower case), without marks, and with marks in one spelling wherever the tone was put. */
export interface Word {
  readonly text: string
  readonly plain: string
  readonly marked: string
}

const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu
/** `ký` and `kí`, `quý` and `quí` are both taught. */
const oneI = (syllable: string): string => syllable.replace(/^([bcdđghklmnprstvx]{1,2}|qu)y$/u, '$1i')

/** "hoà" and "hòa" → "hoa1"; letters keep their own marks, the tone becomes a number at the end. */
function withTone(text: string): string {
  const apart = text.normalize('NFD')
  const tone = TONES.findIndex((mark) => apart.includes(mark))
  const letters = oneI(apart.replace(TONE, '').normalize('NFC'))
  return tone < 0 ? letters : `${letters}${String(tone + 1)}`
}

export function toWord(text: string): Word {
  return { text, plain: oneI(fold(text)), marked: withTone(text) }
}

/** The words of any text, in any normalisation and case; at most `LIMITS.words`. Never throws. */
export function wordsOf(text: string): Word[] {
  const clean = text.slice(0, LIMITS.characters).normalize('NFKC').toLowerCase().replace(/[\u200b-\u200d\u2060\ufeff]/gu, '')
  return (clean.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, LIMITS.words).map(toWord)
}

const lettersOf = (marked: string): string => marked.replace(/\d$/u, '')
const toneOf = (marked: string): string => /\D(\d)$/u.exec(marked)?.[1] ?? ''

/** How well typed marks agree with those of a word of the same letters, 0 to 1. `null`: the typed word was mended, its marks say nothing. */
export function marksFit(typed: string | null, plain: string, word: string, textHasMarks: boolean): number {
  if (typed === null || typed === word) return MARKS.same
  if (typed === plain) return textHasMarks ? MARKS.forgotten : MARKS.none
  return lettersOf(typed) === lettersOf(word) || toneOf(typed) === toneOf(word) ? MARKS.slip : MARKS.other
}

/** What a syllable sounds like to those who write by ear: d/gi/r, s/x, ch/tr, n/l, ng/n, c/t, i/y are one. */
export function soundOf(plain: string): string {
  return plain
    .replace(/y/gu, 'i').replace(/ph/gu, 'f').replace(/^(gi(?=[aeou])|[rz]|j)/u, 'd').replace(/^tr/u, 'ch').replace(/^s/u, 'x').replace(/^l/u, 'n')
    .replace(/^(k|q)(?!h)/u, 'c').replace(/^ngh/u, 'ng').replace(/^gh/u, 'g').replace(/(ng|nh)$/u, 'n').replace(/(ch|c)$/u, 't')
}

/** Telex and VNI that the keyboard did not turn into marks: "sinhf" → "sinh", "ddawng" → "dang", "khai1" → "khai". */
export function withoutKeystrokes(plain: string): string[] {
  const letters = plain.replace(/(?<=\p{L})\d+/gu, '')
  const doubled = letters.replace(/dd/gu, 'd').replace(/(aa|ee|oo)/gu, (pair) => pair.charAt(0)).replace(/w/gu, '')
  return [...new Set([letters, doubled, doubled.replace(/[sfrxj]$/u, ''), doubled.replace(/[sfrxj](?=[a-z]{1,3}$)/u, ''), letters.replace(/(.)\1+/gu, '$1')])].filter((form) => form !== plain && form !== '')
}

/** Changes of one letter (put in, left out, changed, swapped) between two words, counted up to 3. */
export function slips(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      let cost = Math.min((row[j] ?? 3) + 1, (next[j - 1] ?? 3) + 1, (row[j - 1] ?? 3) + same)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 3) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return Math.min(3, row[other.length] ?? 3)
}
