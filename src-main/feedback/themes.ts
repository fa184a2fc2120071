import { addDays, toCivil, weekdayOf } from '@contract/civil-time'
import type { Period, Themes } from '@contract/feedback'
import { CivilDate } from '@contract/ids'
import { z } from 'zod'
import { nameWords, pairsOf } from './new-phrases'
import { type Clause, clausesOf, isNegated, standsAt, toThemeWord } from './theme-words'

/** Themes as data: phrases are written with marks, in small letters. */
export const ThemeFile = z.strictObject({
  format: z.literal('mot-cua/themes-1'),
  origin: z.string(),
  themes: z.array(z.strictObject({ code: z.string().regex(/^[a-z][a-z-]{1,30}$/), tone: z.enum(['good', 'bad']), phrases: z.array(z.string().min(2).max(60)).min(1) })).min(1),
})
export type ThemeFile = z.infer<typeof ThemeFile>

export type Said = Readonly<{ at: Date; text: string }>

type Phrase = Readonly<{ code: string; words: Clause }>
/** Phrases by their first word without marks. */
type Phrases = ReadonlyMap<string, readonly Phrase[]>
type Read = Readonly<{ week: string | null; earlier: boolean; clauses: readonly Clause[]; codes: ReadonlySet<string>; taken: readonly ReadonlySet<number>[] }>

/** In so many texts a pair of words must stand to be shown: what one person said alone is not told. */
const LEAST_TEXTS = 3
const MOST_PHRASES = 12

function phrasesOf({ themes }: ThemeFile): Phrases {
  const byFirst = new Map<string, Phrase[]>()
  for (const { code, phrases } of themes) {
    for (const phrase of phrases) {
      const words = phrase.normalize('NFC').split(/\s+/u).map(toThemeWord)
      const first = words[0]?.folded ?? ''
      byFirst.set(first, [...(byFirst.get(first) ?? []), { code, words }])
    }
  }
  return byFirst
}

const startsWithNo = (phrase: Clause): boolean => ['khong', 'chua'].includes(phrase[0]?.folded ?? '')

/** Every phrase that stands in the clause, longer ones first: "không nhiệt tình" goes before the "nhiệt tình" in it. */
function hitsIn(clause: Clause, phrases: Phrases): (Phrase & Readonly<{ at: number }>)[] {
  const hits = clause.flatMap(({ folded }, at) => (phrases.get(folded) ?? []).filter(({ words }) => standsAt(words, clause, at)).map((phrase) => ({ ...phrase, at })))
  return hits.sort((a, b) => b.words.length - a.words.length || a.at - b.at)
}

/** Which themes a text touches, and which of its words they took. */
function readText(clauses: readonly Clause[], phrases: Phrases): Pick<Read, 'codes' | 'taken'> {
  const codes = new Set<string>()
  const taken = clauses.map((clause) => {
    const used = new Set<number>()
    for (const { code, words, at } of hitsIn(clause, phrases)) {
      const places = words.map((_, offset) => at + offset)
      if (places.every((place) => used.has(place))) continue
      for (const place of places) used.add(place)
      if (startsWithNo(words) || !isNegated(clause, at)) codes.add(code)
    }
    return used
  })
  return { codes, taken }
}

export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date))

function weeksOf({ from, to }: Period): string[] {
  const weeks: string[] = []
  for (let week = mondayOf(from); week <= to; week = addDays(week, 7)) weeks.push(week)
  return weeks
}

/** The equally long time before. */
export function periodBefore({ from, to }: Period): Period {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return { from: CivilDate.parse(addDays(from, -days)), to: CivilDate.parse(addDays(from, -1)) }
}

function newPhrases(read: readonly Read[], weeks: readonly string[]): Themes['phrases'] {
  const names = nameWords(read.map(({ clauses }) => clauses))
  const found = new Map<string, { written: Map<string, number>; byWeek: number[]; total: number }>()
  for (const { week, clauses, taken } of read) {
    for (const [key, written] of pairsOf(clauses, taken, names)) {
      const entry = found.get(key) ?? { written: new Map<string, number>(), byWeek: weeks.map(() => 0), total: 0 }
      entry.total += 1
      entry.written.set(written, (entry.written.get(written) ?? 0) + 1)
      const index = weeks.indexOf(week ?? '')
      entry.byWeek[index] = (entry.byWeek[index] ?? 0) + 1
      found.set(key, entry)
    }
  }
  const often = [...found.values()].filter(({ total }) => total >= LEAST_TEXTS).map(({ written, byWeek, total }) => ({
    words: [...written].sort(([a, n], [b, m]) => m - n || (a < b ? 1 : -1))[0]?.[0] ?? '', total, byWeek,
  }))
  return often.sort((a, b) => b.total - a.total || (a.words < b.words ? -1 : 1)).slice(0, MOST_PHRASES)
}

/**
 * What is talked about, week by week, the same every time: known themes by their phrases, and frequent pairs of words that no theme
 * knows. A text counts once for a theme. Texts of the period before count in `before` only; others are left out.
 * Nothing comes out but codes of the file and pairs that stand in three texts or more, without digits and without what looks like a name.
 */
export function themesOf(said: readonly Said[], file: ThemeFile, period: Period): Themes {
  const phrases = phrasesOf(file)
  const known: Parameters<typeof clausesOf>[1] = new Map()
  const weeks = weeksOf(period)
  const before = periodBefore(period)
  const read = said.flatMap(({ at, text }): Read[] => {
    const { date } = toCivil(at)
    const here = date >= period.from && date <= period.to
    const earlier = date >= before.from && date <= before.to
    const clauses = clausesOf(text, known)
    if ((!here && !earlier) || clauses.length === 0) return []
    return [{ week: here ? mondayOf(date) : null, earlier, clauses, ...readText(clauses, phrases) }]
  })
  const now = read.filter(({ earlier }) => !earlier)
  const rows = file.themes.map(({ code, tone }) => {
    const touching = now.filter(({ codes }) => codes.has(code))
    return {
      code, tone, total: touching.length, byWeek: weeks.map((week) => touching.filter((text) => text.week === week).length),
      before: read.filter(({ earlier, codes }) => earlier && codes.has(code)).length,
    }
  })
  return {
    texts: now.length, weeks: weeks.map((week) => CivilDate.parse(week)), themes: rows.sort((a, b) => b.total - a.total || b.before - a.before || (a.code < b.code ? -1 : 1)),
    phrases: newPhrases(now, weeks), unmatched: now.filter(({ codes }) => codes.size === 0).length,
  }
}
