import { fold, withMarks, words } from '@contract/fold'
import type { Procedure } from '@contract/procedures'

interface Part {
  readonly weight: number
  readonly text: string
  readonly words: readonly { readonly marked: string; readonly folded: string }[]
}

interface Entry {
  readonly procedure: Procedure
  readonly codes: string
  readonly parts: readonly Part[]
}

/** The catalogue made ready for searching; build it once for a catalogue. */
export interface ProcedureIndex {
  readonly entries: readonly Entry[]
}

export interface SearchResult {
  readonly procedure: Procedure
  readonly score: number
}

interface Token {
  readonly marked: string
  readonly folded: string
}

const WEIGHT = { name: 10, phrase: 9, event: 7, field: 3 } as const
/** How well a word fits: the same marks, the same letters, its beginning, one slip of a finger. */
const FIT = { exact: 1, folded: 0.8, prefix: 0.6, typo: 0.3 } as const
/** Words that say nothing about the errand; left out when others remain. */
/** A keyword counts a little less than the one before it: they stand in the order of use. */
const KEYWORD_STEP = 0.05
/** How names begin whatever they are about: `Đăng ký khai sinh` is the procedure named `khai sinh`. */
const OPENING = /^(?:dang ki|cap giay|cap|thu tuc) /u
const FILLERS = new Set(['xin', 'cho', 'toi', 'cua', 'thu', 'tuc', 'can', 'di', 've', 'bi', 'lam', 'cap'])

/** Without marks, and with one spelling for `ký` and `kí`, `lý` and `lí`, `quý` and `quí`: both are taught. */
const plain = (text: string): string => fold(text).replace(/([bcdghklmnprstvx]|qu)y\b/gu, '$1i')

function toWords(text: string): Token[] {
  return words(withMarks(text)).map((marked) => ({ marked, folded: plain(marked) }))
}

const part = (weight: number, text: string): Part => ({ weight, text: plain(text), words: toWords(text) })

export function buildIndex(procedures: readonly Procedure[]): ProcedureIndex {
  return {
    entries: procedures.map((procedure) => ({
      procedure,
      codes: procedure.code,
      parts: [
        part(WEIGHT.name, procedure.name),
        ...(procedure.shortName === undefined ? [] : [part(WEIGHT.name, procedure.shortName)]),
        ...procedure.keywords.map((keyword, index) => part(WEIGHT.phrase - index * KEYWORD_STEP, keyword)),
        ...procedure.lifeEvents.map((event) => part(WEIGHT.event, event)),
        part(WEIGHT.field, procedure.field),
      ],
    })),
  }
}

/** True when one letter is changed, added, left out or swapped with its neighbour. */
function isOneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const [restOne, restOther] = [one.slice(start), other.slice(start)]
  if (restOne.length === restOther.length) {
    const swapped = restOne[0] === restOther[1] && restOne[1] === restOther[0] && restOne.slice(2) === restOther.slice(2)
    return swapped || restOne.slice(1) === restOther.slice(1)
  }
  return restOne.length > restOther.length ? restOne.slice(1) === restOther : restOne === restOther.slice(1)
}

function fit(token: Token, word: Token): number {
  if (token.marked === word.marked) return FIT.exact
  if (token.folded === word.folded) return FIT.folded
  if (token.folded.length >= 2 && word.folded.startsWith(token.folded)) return FIT.prefix
  if (token.folded.length >= 4 && isOneSlip(token.folded, word.folded)) return FIT.typo
  return 0
}

/** Best fit of one typed word anywhere in an entry, weighted by where it stands. */
function scoreToken(token: Token, entry: Entry): number {
  let best = 0
  for (const { weight, words: candidates } of entry.parts) {
    for (const word of candidates) best = Math.max(best, weight * fit(token, word))
  }
  return best
}

/** The whole query standing in one part as it was typed counts most, the more so at its beginning or alone. */
function scorePhrase({ folded: query, marked: queryMarked }: Token, entry: Entry): number {
  let best = 0
  for (const { weight, text, words: inside } of entry.parts) {
    if (!` ${text} `.includes(` ${query}`)) continue
    const marked = inside.map((word) => word.marked).join(' ').includes(queryMarked) ? 1 : 0.9
    const subject = text.replace(OPENING, '')
    const place = text === query || subject === query ? 3 : text.startsWith(query) || subject.startsWith(query) ? 2 : 1.5
    best = Math.max(best, weight * place * marked)
  }
  return best
}

const asPhrase = (tokens: readonly Token[]): Token => ({ marked: tokens.map(({ marked }) => marked).join(' '), folded: tokens.map(({ folded }) => folded).join(' ') })

const codeFits = (query: string, code: string): number =>
  !/^[\d.]{3,}[\w.]*$/.test(query) ? 0 : code === query ? 1000 : code.startsWith(query) ? 500 : code.replaceAll('.', '').startsWith(query.replaceAll('.', '')) ? 400 : 0

/** All typed words but `missing` must be found; 0 when they are not. */
function scoreEntry(tokens: readonly Token[], phrases: readonly Token[], entry: Entry, missing: number): number {
  const scores = tokens.map((token) => scoreToken(token, entry))
  if (scores.filter((score) => score === 0).length > missing) return 0
  return scores.reduce((sum, score) => sum + score, 0) / tokens.length + Math.max(...phrases.map((phrase) => scorePhrase(phrase, entry)))
}

/**
 * Procedures for what was typed: code, name with or without marks, field, life event or everyday words; one slip a word is forgiven.
 * Exact marks rank first, then name before keywords before field; of equals the shorter
 * name, then the lower code, so the order is always the same. When nothing holds
 * every word of three or more, one may be missing. An empty query gives everything in catalogue order.
 */
export function searchProcedures(index: ProcedureIndex, typed: string, options: { limit?: number; lifeEvent?: string | null } = {}): SearchResult[] {
  const { limit = 50, lifeEvent = null } = options
  const entries = index.entries.filter(({ procedure }) => lifeEvent === null || procedure.lifeEvents.includes(lifeEvent))
  const query = fold(typed.slice(0, 200))
  if (query === '') return entries.slice(0, limit).map(({ procedure }) => ({ procedure, score: 0 }))
  const all = toWords(typed.slice(0, 200))
  const telling = all.filter((token) => !FILLERS.has(token.folded))
  const tokens = telling.length === 0 ? all : telling
  const phrases = [all, tokens].map(asPhrase)
  const run = (missing: number): SearchResult[] => entries
    .map((entry) => ({
      procedure: entry.procedure,
      score: codeFits(query, entry.codes) || (tokens.length === 0 ? 0 : scoreEntry(tokens, phrases, entry, missing)),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.procedure.name.length - b.procedure.name.length || (a.procedure.code < b.procedure.code ? -1 : 1))
  const strict = run(0)
  return (strict.length === 0 && tokens.length >= 3 ? run(1) : strict).slice(0, limit)
}

/** The life events of the catalogue, most used first, then by name. */
export function lifeEventsOf(procedures: readonly Procedure[]): string[] {
  const counts = new Map<string, number>()
  for (const event of procedures.flatMap((procedure) => procedure.lifeEvents)) counts.set(event, (counts.get(event) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'vi')).map(([event]) => event)
}

/** The versions in force on a civil day: begun, not ended, the newest of each code. */
export function inForce(procedures: readonly Procedure[], day: string): Procedure[] {
  const newest = new Map<string, Procedure>()
  for (const procedure of procedures) {
    if (procedure.effectiveFrom > day || (procedure.effectiveTo ?? '9999-12-31') < day) continue
    const held = newest.get(procedure.code)
    if (held === undefined || compareVersions(held.version, procedure.version) < 0) newest.set(procedure.code, procedure)
  }
  return [...newest.values()]
}

/** Orders versions `2026-11-21` < `2026-11-21.2` < `2026-11-22`. */
export function compareVersions(one: string, other: string): number {
  const split = (text: string): readonly [string, number] => [text.slice(0, 10), Number(text.slice(11) || 1)]
  const [dayOne, countOne] = split(one)
  const [dayOther, countOther] = split(other)
  return dayOne === dayOther ? countOne - countOther : dayOne < dayOther ? -1 : 1
}
