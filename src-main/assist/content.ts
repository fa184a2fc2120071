import { HELPER_SOURCES, type HelperContent, type PaperSaid } from '@contract/assist'
import type { DraftContent } from '@contract/draft'
import type { DraftPerson } from '@contract/person'
import type { Procedure } from '@contract/procedures'

/** What stands beside a paper for the officer: the citizen's word, which settles nothing. */
const WORDS: Readonly<Record<PaperSaid, string>> = { has: 'Công dân nói có mang theo', lacks: 'Công dân nói chưa có' }

const saidOf = (note: string): PaperSaid | undefined => (note === WORDS.has ? 'has' : note === WORDS.lacks ? 'lacks' : undefined)

/** The papers of a draft that the citizen has spoken of. */
export function papersOf(components: DraftContent['components']): Record<string, PaperSaid> {
  const said = Object.entries(components).map(([code, { note }]) => [code, saidOf(note)] as const)
  return Object.fromEntries(said.flatMap(([code, word]) => (word === undefined ? [] : [[code, word]])))
}

/** The helper's part of a draft. */
export function helperPart(content: DraftContent): HelperContent {
  const { applicant, capacity, owner, organisation, procedure, answers, delivery } = content
  return { applicant, capacity, owner, organisation, procedure, answers, delivery, papers: papersOf(content.components) }
}

/** A fact that a helper's window says came from the chip, an earlier dossier or the city did not: those it never sees. */
function withHonestSources(person: DraftPerson): DraftPerson {
  const sources = Object.entries(person.sources).map(([fact, source]) => [fact, HELPER_SOURCES.includes(source) ? source : 'helper'] as const)
  return { ...person, sources: Object.fromEntries(sources) }
}

/**
 * The whole draft with the helper's part put in. Marks, money and the note that is printed stay as they were; another procedure begins
 * with its usual exemption and without the papers of the one before.
 */
export function withHelperPart(content: DraftContent, part: HelperContent, procedure: Procedure | null): DraftContent {
  const { applicant, owner, papers, capacity, organisation, answers, delivery } = part
  const known = new Set(procedure?.components.map(({ code }) => code))
  const said = Object.entries(papers).filter(([code]) => known.has(code))
  const changed = content.procedure?.code !== part.procedure?.code || content.procedure?.version !== part.procedure?.version
  return {
    ...content, capacity, organisation, answers, delivery, procedure: part.procedure,
    applicant: withHonestSources(applicant),
    owner: withHonestSources(owner),
    components: Object.fromEntries(said.map(([code, word]) => [code, { mark: 'pending' as const, note: WORDS[word] }])),
    fee: changed ? { ...content.fee, exemption: procedure?.fee.usualExemption ?? null, councilAmount: null } : content.fee,
  }
}
