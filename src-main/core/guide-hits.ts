import type { Verdict } from '@contract/draft'
import type { GuideAnswer, GuideHit, GuidePaper, GuidePlace } from '@contract/guide'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import type { GuideAnswer as Found, GuideHit as FoundHit, GuideReason } from '../guide'

/** What the contract tells of a hit beyond what the guide found. */
export type HitFacts = Readonly<{
  procedure(code: string): Procedure | undefined
  verdict(procedure: Procedure): Verdict
  isEssential(code: string): boolean
}>

const paper = ({ code, name, kind, quantity, required, note }: ProcedureComponent): GuidePaper =>
  ({ code, name, kind, quantity, condition: required.when === 'conditional' ? required.condition : null, note: note ?? null })

function placeOf(place: FoundHit['place']): GuidePlace {
  if (place.kind === 'any') return { kind: 'any' }
  return place.kind === 'ask' ? { kind: 'ask', question: place.question, goTo: place.goTo } : { kind: 'elsewhere', name: place.name, goTo: place.goTo }
}

const reasonsOf = (reasons: readonly GuideReason[]) => reasons.map((reason) => (reason.kind === 'words' ? { ...reason, words: [...reason.words] } : { ...reason }))

function toHit(hit: FoundHit, facts: HitFacts): GuideHit[] {
  const head = { target: hit.target, name: hit.name, reasons: reasonsOf(hit.reasons), place: placeOf(hit.place) }
  if (hit.kind === 'office') return [{ kind: 'office', ...head, mark: hit.mark }]
  const procedure = facts.procedure(hit.target)
  if (!procedure) return []
  return [{
    kind: 'procedure', ...head, version: procedure.version, field: procedure.field, bring: hit.bring.map(paper), fee: { text: hit.fee.text, known: hit.fee.known },
    time: hit.time === undefined ? null : { text: hit.time.text, extension: hit.time.extension ?? null },
    result: hit.result, marks: hit.confidence, legalBasis: procedure.legalBasis, placeIndependence: procedure.placeIndependence,
    essential: facts.isEssential(procedure.code), verdict: facts.verdict(procedure),
  }]
}

/** What the guide found, as the contract carries it. */
export const toAnswer = (found: Found, facts: HitFacts): Omit<GuideAnswer, 'answered'> => ({
  hits: found.hits.flatMap((hit) => toHit(hit, facts)),
  clear: found.clear,
  questions: found.questions.map(({ id, question, needed, answers }) => ({ id, question, needed, answers: answers.map((answer) => ({ ...answer })) })),
})
