import type { GuideData } from './data'
import { expand, findPatterns, indexPatterns, patternOf, type Pattern, type Said } from './patterns'
import type { Asked } from './repair'
import type { Respell } from './respell'
import { LIMITS } from './weights'

/** A rule that holds for the question: its reason, the concepts it rests on, and the points it gives. */
export interface Intent {
  readonly why: string
  readonly concepts: readonly string[]
  readonly points: ReadonlyMap<string, number>
}

export interface IntentReader {
  /** The phrases that the rules look for, for the vocabulary. */
  readonly patterns: readonly Pattern[]
  read(asked: readonly Asked[], textHasMarks: boolean): Intent[]
}

/** The rules of resources/guide/intents.json over the concepts of synonyms.json. */
export function createIntents(data: GuideData, respell: Respell): IntentReader {
  const { classes, concepts } = data.synonyms
  const { rules } = data.intents
  const labels = new Map(concepts.map((concept) => [`#${concept.id}`, concept.label]))
  const literals = new Set(rules.flatMap((rule) => [...rule.all.flat(), ...rule.none]).filter((phrase) => !phrase.startsWith('#')))
  const patterns: Pattern[] = [
    ...concepts.flatMap((concept) => concept.forms.flatMap((form) => expand(form, classes)).map((form) => patternOf(`#${concept.id}`, form, respell.words))),
    ...[...literals].map((phrase) => patternOf(phrase, phrase, respell.words)),
  ]
  const index = indexPatterns(patterns)
  const strongest = (group: readonly string[], said: ReadonlyMap<string, Said>): number => Math.max(0, ...group.map((phrase) => said.get(phrase)?.fit ?? 0))
  return {
    patterns,
    read(asked, textHasMarks) {
      const said = findPatterns(index, asked, textHasMarks)
      return rules.flatMap((rule): Intent[] => {
        if (strongest(rule.none, said) >= LIMITS.veto) return []
        const fit = Math.min(...rule.all.map((group) => strongest(group, said)))
        if (fit <= 0) return []
        const met = rule.all.flat().flatMap((phrase) => (said.has(phrase) ? [labels.get(phrase) ?? ''] : [])).filter((label) => label !== '')
        return [{ why: rule.why, concepts: [...new Set(met)], points: new Map(Object.entries(rule.boost).map(([target, points]) => [target, points * fit])) }]
      })
    },
  }
}
