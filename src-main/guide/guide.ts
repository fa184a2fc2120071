import type { Procedure } from '@contract/procedures'
import type { GuideAnswer, GuideHit, GuideReason } from './answer'
import type { GuideData, Office } from './data'
import { buildLibrary, type Document } from './documents'
import { officeHit, procedureHit } from './facts'
import { type ForkAnswers, walkForks } from './forks'
import { createIntents, type Intent } from './intents'
import { nearest, type Nearness } from './nearness'
import { createVocabulary, readWords } from './repair'
import { createRespell } from './respell'
import { wordsOf } from './text'
import { LIMITS, WEIGHT } from './weights'

export interface GuideDeps {
  /** The catalogue's procedures in force (`inForce` of procedures). */
  readonly procedures: readonly Procedure[]
  readonly data: GuideData
}

export interface AskOptions {
  /** Fork id → answer id, as given so far. */
  readonly answers?: ForkAnswers
}

export interface Guide {
  /**
   * From a citizen's own words to the procedure, the office and what to bring. The same words give the same answer on every machine; case,
   * Unicode form and the place of the tone do not matter. Never throws; words that say nothing give no hits.
   */
  ask(text: string, options?: AskOptions): GuideAnswer
}

interface Ranked {
  readonly document: Document
  readonly score: number
  readonly near: Nearness | undefined
  readonly intents: readonly Intent[]
  readonly code: string | undefined
}

/** `1.001193` or `1001193` as typed. */
const codesIn = (text: string): string[] => (text.slice(0, LIMITS.characters).normalize('NFKC').match(/(?<!\d)\d\.?\d{6}(?!\d)/gu) ?? []).map((code) => code.replace('.', ''))
const digitsOf = (target: string): string => target.slice(0, 8).replace('.', '')

function reasonsOf({ near, intents, code }: Ranked): GuideReason[] {
  const labels = new Set(intents.flatMap((intent) => intent.concepts))
  return [
    ...(code === undefined ? [] : [{ kind: 'code', code } as const]),
    ...intents.map((intent) => ({ kind: 'intent', text: intent.why }) as const),
    ...[...labels].map((label) => ({ kind: 'synonym', label }) as const),
    ...(near?.phrase?.source === 'situation' ? [{ kind: 'situation', text: near.phrase.text } as const] : []),
    ...(near === undefined || near.words.length === 0 ? [] : [{ kind: 'words', words: [...new Set(near.words)] } as const]),
  ]
}

/** Builds the guide once for a catalogue; `ask` then takes a few milliseconds. */
export function createGuide({ procedures, data }: GuideDeps): Guide {
  const respell = createRespell(data.misspellings)
  const library = buildLibrary(procedures, data, respell)
  const intents = createIntents(data, respell)
  const vocabulary = createVocabulary([
    ...library.phrases.map((phrase) => phrase.words), ...intents.patterns.map((pattern) => pattern.words), ...data.misspellings.fillers.map(respell.words),
  ])
  const byCode = new Map(procedures.map((procedure) => [procedure.code, procedure]))
  const matters = new Map<string, { readonly office: Office; readonly matter: Office['matters'][number] }>(
    data.offices.offices.flatMap((office) => office.matters.map((matter) => [`${office.id}/${matter.id}`, { office, matter }] as const)))
  const exists = (target: string): boolean => byCode.has(target) || matters.has(target)

  const rank = (text: string): Ranked[] => {
    const words = respell.words(text)
    const textHasMarks = wordsOf(text).some((word) => word.marked !== word.plain)
    const asked = readWords(words, vocabulary, respell.isFiller)
    const near = nearest(library, asked, textHasMarks)
    const held = intents.read(asked, textHasMarks)
    const codes = codesIn(text)
    return library.documents
      .map((document, number): Ranked => {
        const own = held.filter((intent) => intent.points.has(document.target))
        const code = codes.find((typed) => !document.target.includes('/') && digitsOf(document.target) === typed)
        const points = own.reduce((sum, intent) => sum + (intent.points.get(document.target) ?? 0), 0)
        const score = (near.get(number)?.score ?? 0) + WEIGHT.rule * points + (code === undefined ? 0 : WEIGHT.code)
        return { document, score: Math.round(score * 1e6) / 1e6, near: near.get(number), intents: own, code }
      })
      .filter(({ score }) => score >= LIMITS.least)
      .sort((a, b) => b.score - a.score || (a.document.target < b.document.target ? -1 : 1))
  }

  const toHit = (ranked: Ranked, more: readonly GuideReason[]): GuideHit[] => {
    const { target } = ranked.document
    const facts = { score: ranked.score, reasons: [...more, ...reasonsOf(ranked)] }
    const procedure = byCode.get(target)
    if (procedure !== undefined) return [procedureHit(procedure, facts, data.offices.offices)]
    const place = matters.get(target)
    return place === undefined ? [] : [officeHit(place.office, place.matter, facts)]
  }

  return {
    ask(text, { answers = {} } = {}) {
      const ranked = rank(text)
      const [first, second] = ranked
      const scores = new Map(ranked.map(({ document, score }) => [document.target, score]))
      const { chosen, question } = walkForks(data.forks.forks, scores, first?.document.target, answers, exists)
      const shown = ranked.filter(({ document, score }) => score >= LIMITS.share * (first?.score ?? 0) && document.target !== chosen?.target)
      const lead = chosen === null ? [] : library.documents
        .filter((document) => document.target === chosen.target)
        .map((document): Ranked => ranked.find((item) => item.document === document) ?? { document, score: 0, near: undefined, intents: [], code: undefined })
      const chosenReason: GuideReason[] = chosen === null ? [] : [{ kind: 'answer', fork: chosen.fork, text: chosen.label }]
      return {
        hits: [...lead.flatMap((item) => toHit(item, chosenReason)), ...shown.flatMap((item) => toHit(item, []))].slice(0, LIMITS.hits),
        clear: chosen !== null || (first !== undefined && first.score >= LIMITS.sure && (second?.score ?? 0) <= LIMITS.clear * first.score),
        questions: question === null ? [] : [question],
      }
    },
  }
}
