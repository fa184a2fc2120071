import type { Procedure } from '@contract/procedures'
import type { GuideData } from './data'
import type { Respell } from './respell'
import type { Word } from './text'
import { LIMITS, type SOURCE } from './weights'

export type PhraseSource = keyof typeof SOURCE

export interface Phrase {
  readonly document: number
  readonly source: PhraseSource
  readonly text: string
  readonly words: readonly Word[]
  /** Sum of what its words tell. */
  readonly weight: number
}

/** Something that can be the answer: a procedure of the catalogue (its code) or a matter of another agency (`office/matter`). */
export interface Document {
  readonly target: string
  readonly name: string
  readonly phrases: readonly number[]
}

export interface Posting {
  readonly phrase: number
  readonly at: number
  readonly word: Word
}

/** Everything that can be the answer, with its phrases and where each word stands in them. */
export interface Library {
  readonly documents: readonly Document[]
  readonly phrases: readonly Phrase[]
  readonly postings: ReadonlyMap<string, readonly Posting[]>
  /** How much a word tells: rare words more. */
  telling(plain: string, filler: boolean): number
}

interface Source {
  readonly target: string
  readonly name: string
  readonly texts: readonly (readonly [PhraseSource, string])[]
}

/** How names begin whatever they are about; the rest is a phrase of its own. */
const OPENING = /^(?:đăng ký việc|đăng ký|cấp giấy|cấp|thủ tục|giải quyết|thực hiện|công nhận|chứng thực)\s+/iu

function ofProcedure(procedure: Procedure, situations: readonly string[]): Source {
  const names = [procedure.name, ...(procedure.shortName === undefined ? [] : [procedure.shortName])]
  const shorter = names.map((name) => name.replace(OPENING, '')).filter((name) => !names.includes(name) && name.includes(' '))
  return {
    target: procedure.code,
    name: procedure.name,
    texts: [
      ...[...names, ...shorter].map((text) => ['name', text] as const),
      ...situations.map((text) => ['situation', text] as const),
      ...procedure.keywords.map((text) => ['keyword', text] as const),
      ...procedure.lifeEvents.map((text) => ['lifeEvent', text] as const),
      ...procedure.components.map((component) => ['component', component.name] as const),
      ['result', procedure.result.name], ['field', procedure.field],
    ],
  }
}

function sourcesOf(procedures: readonly Procedure[], data: GuideData): Source[] {
  const matters = data.offices.offices.flatMap((office) => office.matters.map((matter): Source => ({
    target: `${office.id}/${matter.id}`,
    name: matter.name,
    texts: [['name', matter.name], ...matter.phrases.map((text) => ['situation', text] as const), ['field', office.name]],
  })))
  return [...procedures.map((procedure) => ofProcedure(procedure, data['life-events'].situations[procedure.code] ?? [])), ...matters]
}

export function buildLibrary(procedures: readonly Procedure[], data: GuideData, respell: Respell): Library {
  const sources = sourcesOf(procedures, data)
  const worded = sources.map((source) => source.texts.map(([kind, text]) => ({ kind, text, words: respell.words(text) })))
  const counts = new Map<string, number>()
  for (const texts of worded) {
    for (const plain of new Set(texts.flatMap(({ words }) => words.map((word) => word.plain)))) counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  const telling = (plain: string, filler: boolean): number => {
    const count = counts.get(plain) ?? 0
    return Math.log(1 + (sources.length - count + 0.5) / (count + 0.5)) * (filler ? LIMITS.filler : 1)
  }
  const phrases: Phrase[] = []
  const postings = new Map<string, Posting[]>()
  const documents = sources.map((source, document): Document => {
    const own = (worded[document] ?? []).map(({ kind, text, words }) => {
      const phrase = phrases.length
      phrases.push({ document, source: kind, text, words, weight: words.reduce((sum, word) => sum + telling(word.plain, respell.isFiller(word)), 0) })
      words.forEach((word, at) => {
        const known = postings.get(word.plain)
        const posting = { phrase, at, word }
        if (known === undefined) postings.set(word.plain, [posting])
        else known.push(posting)
      })
      return phrase
    })
    return { target: source.target, name: source.name, phrases: own }
  })
  return { documents, phrases, postings, telling }
}
