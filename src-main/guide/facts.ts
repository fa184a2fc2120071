import type { Procedure } from '@contract/procedures'
import { feeText, timeText } from '../procedures'
import type { GuideFee, GuidePlace, GuideTime, OfficeHit, ProcedureHit } from './answer'
import type { Office } from './data'

/** Where a procedure is dealt with, in the catalogue's own sentences. */
export function placeOf(procedure: Procedure, offices: readonly Office[]): GuidePlace {
  const rule = procedure.jurisdiction
  if (rule.kind === 'any') return { kind: 'any' }
  if (rule.kind === 'city') return { kind: 'elsewhere', office: null, name: rule.agency, goTo: rule.goTo }
  if (rule.kind === 'police') {
    const police = offices.find((office) => office.police === true)
    return { kind: 'elsewhere', office: police?.id ?? null, name: police?.name ?? 'Công an', goTo: rule.goTo }
  }
  if (procedure.placeIndependence === 'decision') return { kind: 'any' }
  return { kind: 'ask', question: rule.question, of: rule.of, goTo: rule.goTo }
}

const feeOf = (procedure: Procedure): GuideFee => ({
  text: feeText(procedure),
  rules: procedure.fee.rules,
  known: procedure.fee.rules.every((rule) => rule.kind !== 'council' || rule.amount !== undefined),
})

function timeOf(procedure: Procedure): GuideTime | null {
  const text = timeText(procedure.time)
  if (text === null) return null
  const extension = procedure.time?.extension
  return extension === undefined ? { text } : { text, extension }
}

type Ranked = Pick<ProcedureHit, 'score' | 'reasons'>

export function procedureHit(procedure: Procedure, ranked: Ranked, offices: readonly Office[]): ProcedureHit {
  const time = timeOf(procedure)
  return {
    kind: 'procedure', target: procedure.code, name: procedure.name, ...ranked,
    place: placeOf(procedure, offices), bring: procedure.components, fee: feeOf(procedure),
    ...(time === null ? {} : { time }), result: procedure.result.name, confidence: procedure.confidence,
  }
}

export function officeHit(office: Office, matter: Office['matters'][number], ranked: Ranked): OfficeHit {
  return {
    kind: 'office', target: `${office.id}/${matter.id}`, name: matter.name, ...ranked,
    place: { kind: 'elsewhere', office: office.id, name: office.name, goTo: office.goTo }, mark: office.mark,
  }
}
