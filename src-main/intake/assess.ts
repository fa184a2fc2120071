import type { AppointmentView, DocumentInfo, DraftContent, FeeQuote, Gap, OpenQuestion, Verdict, Warning } from '@contract/draft'
import type { DraftPerson } from '@contract/person'
import type { Procedure } from '@contract/procedures'
import { isBlank, type PersonProblem, readPerson } from './person'

export type Assessment = Readonly<{
  verdict: Verdict | null
  questions: OpenQuestion[]
  fee: FeeQuote | null
  appointment: AppointmentView | null
  gaps: Gap[]
  warnings: Warning[]
}>

export type Judgement = Readonly<{ verdict: Verdict | null; questions: OpenQuestion[]; fee: FeeQuote | null; appointment: AppointmentView | null; warnings: readonly Warning[] }>

const gap = (field: string, code: string, params: Record<string, string> = {}): Gap => ({ field, code, params })

function personGaps(who: 'applicant' | 'owner', draft: DraftPerson): Gap[] {
  return readPerson(draft).problems.map(({ field, code }: PersonProblem) => gap(`${who}.${field}`, `person-${code}`))
}

function componentGaps(procedure: Procedure, content: DraftContent, documents: readonly DocumentInfo[]): Gap[] {
  const fulfilled = new Set(documents.map((document) => document.component))
  return procedure.components
    .filter((component) => component.required.when === 'always')
    .filter((component) => !fulfilled.has(component.code) && (content.components[component.code]?.mark ?? 'pending') === 'pending')
    .map((component) => gap(`component.${component.code}`, 'component-missing', { name: component.name }))
}

/** What the city takes at most (`docs/city-protocol.md`), in characters. */
const LONGEST_ORGANISATION = 300
const LONGEST_TAX_CODE = 20

function organisationGaps({ name, taxCode }: DraftContent['organisation']): Gap[] {
  return [
    ...(name.trim() === '' ? [gap('organisation.name', 'organisation-missing')] : []),
    ...(name.trim().length > LONGEST_ORGANISATION ? [gap('organisation.name', 'too-long')] : []),
    ...(taxCode.trim().length > LONGEST_TAX_CODE ? [gap('organisation.taxCode', 'too-long')] : []),
  ]
}

/** Documents taken in under a procedure that was then changed for another. They stay with the draft and do not go out. */
function strayWarnings(procedure: Procedure | null, documents: readonly DocumentInfo[]): Warning[] {
  const stray = procedure ? documents.length - documentsFor(procedure, documents).length : 0
  return stray === 0 ? [] : [gap('documents', 'documents-unplaced', { count: String(stray) })]
}

/** The documents that fulfil a component of the procedure. */
export function documentsFor(procedure: Procedure, documents: readonly DocumentInfo[]): DocumentInfo[] {
  const codes = new Set(procedure.components.map(({ code }) => code))
  return documents.filter(({ component }) => codes.has(component))
}

function behalfGaps(content: DraftContent): Gap[] {
  if (content.capacity === 'self') return []
  if (content.capacity === 'organisation') return organisationGaps(content.organisation)
  return isBlank(content.owner) ? [gap('owner.fullName', 'owner-missing')] : personGaps('owner', content.owner)
}

function verdictGaps(verdict: Verdict | null): Gap[] {
  if (verdict?.kind === 'elsewhere') return [gap('procedure', 'elsewhere', { goTo: verdict.goTo ?? '' })]
  if (verdict?.kind === 'not-eligible') return [gap('procedure', 'not-eligible', { reason: verdict.reasons[0] ?? '' })]
  return []
}

/**
 * What stops the commit and what is only doubtful. Pure: the same draft, procedure and judgement give the same answer.
 * A gap is something the city would send back; a warning never stops anything.
 */
export function assess(content: DraftContent, documents: readonly DocumentInfo[], procedure: Procedure | null, judged: Judgement): Assessment {
  const gaps = [
    ...personGaps('applicant', content.applicant),
    ...behalfGaps(content),
    ...(procedure ? [] : [gap('procedure', 'procedure-missing')]),
    ...verdictGaps(judged.verdict),
    ...(procedure ? componentGaps(procedure, content, documents) : []),
    ...(judged.fee?.needsAmount === true && content.fee.councilAmount === null ? [gap('fee.councilAmount', 'fee-missing')] : []),
    ...(content.delivery.method === 'post' && content.delivery.address.trim() === '' ? [gap('delivery.address', 'address-missing')] : []),
  ]
  const warnings = [
    ...judged.warnings,
    ...strayWarnings(procedure, documents),
    ...(judged.verdict?.kind === 'ask' ? [gap('procedure', 'questions-open')] : []),
    ...(procedure && judged.appointment === null ? [gap('appointment', 'no-period')] : []),
  ]
  return { verdict: judged.verdict, questions: judged.questions, fee: judged.fee, appointment: judged.appointment, gaps, warnings }
}
