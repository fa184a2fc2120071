import { z } from 'zod'

const text = z.string().trim().min(1).max(300)
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
/** A procedure's code, or `office/matter` of another agency. */
const target = z.string().regex(/^(?:\d\.\d{6}[\w.]*|[a-z0-9-]+\/[a-z0-9-]+)$/)

/** Ways of saying the same thing. `{class}` in a form stands for each word of the class. */
export const Synonyms = z.strictObject({
  format: z.literal('mot-cua/guide-synonyms-1'),
  classes: z.record(id, z.array(text)),
  concepts: z.array(z.strictObject({ id, label: text, forms: z.array(text).min(1) })),
})

export const Misspellings = z.strictObject({
  format: z.literal('mot-cua/guide-misspellings-1'),
  /** Shortened words, with or without marks. */
  abbreviations: z.record(text, text),
  /** Regional words and common wrong spellings, taken as they are written. */
  variants: z.record(text, text),
  /** Words that say nothing about the errand. */
  fillers: z.array(text),
})

/** Code → how people say it at the counter. Codes that the ward's catalogue lacks are passed over. */
export const LifeEvents = z.strictObject({
  format: z.literal('mot-cua/guide-life-events-1'),
  situations: z.record(target, z.array(text)),
})

/**
 * Every group of `all` must be met by one of its phrases and none of `none`; `#id` is a concept. Then each target of `boost` gets so many
 * points, 1 (a hint) to 6 (decides). `why` is the reason shown.
 */
export const IntentRule = z.strictObject({
  id, why: text, all: z.array(z.array(text).min(1)).min(1), none: z.array(text), boost: z.record(target, z.number().min(0).max(6)),
})
export const Intents = z.strictObject({ format: z.literal('mot-cua/guide-intents-1'), rules: z.array(IntentRule) })

/** `says`: answers to questions of the catalogue (question → answer) that are given with this one. */
export const Fork = z.strictObject({
  id, question: text, answers: z.array(z.strictObject({ id, label: text, target, next: id.optional(), says: z.record(id, id).optional() })).min(2).max(9),
})
export type Fork = z.infer<typeof Fork>
export const Forks = z.strictObject({ format: z.literal('mot-cua/guide-forks-1'), forks: z.array(Fork) })

export const Office = z.strictObject({
  id, name: text, goTo: text, mark: z.enum(['V', 'S', 'C', 'G']),
  /** The office that the catalogue means by jurisdiction `police`. */
  police: z.literal(true).optional(),
  matters: z.array(z.strictObject({ id, name: text, phrases: z.array(text).min(1) })).min(1),
})
export type Office = z.infer<typeof Office>
export const Offices = z.strictObject({ format: z.literal('mot-cua/guide-offices-1'), note: z.string(), offices: z.array(Office) })

/** The six files of resources/guide, under their names without `.json`. */
export const GuideData = z.strictObject({
  synonyms: Synonyms, misspellings: Misspellings, 'life-events': LifeEvents, intents: Intents, forks: Forks, offices: Offices,
}).superRefine((data, context) => {
  const concepts = new Set(data.synonyms.concepts.map((concept) => concept.id))
  const forks = new Set(data.forks.forks.map((fork) => fork.id))
  const matters = new Set(data.offices.offices.flatMap((office) => office.matters.map((matter) => `${office.id}/${matter.id}`)))
  const complain = (message: string): void => context.addIssue({ code: 'custom', message })
  for (const rule of data.intents.rules) {
    for (const phrase of [...rule.all.flat(), ...rule.none]) {
      if (phrase.startsWith('#') && !concepts.has(phrase.slice(1))) complain(`rule ${rule.id}: no concept ${phrase}`)
    }
  }
  const targets = [...data.intents.rules.flatMap((rule) => Object.keys(rule.boost)), ...data.forks.forks.flatMap((fork) => fork.answers.map((answer) => answer.target))]
  for (const place of targets) if (place.includes('/') && !matters.has(place)) complain(`no matter ${place}`)
  for (const answer of data.forks.forks.flatMap((fork) => fork.answers)) {
    if (answer.next !== undefined && !forks.has(answer.next)) complain(`no fork ${answer.next}`)
  }
})
export type GuideData = z.infer<typeof GuideData>

/** Names of the files in resources/guide. */
export const GUIDE_FILES = ['synonyms', 'misspellings', 'life-events', 'intents', 'forks', 'offices'] as const
