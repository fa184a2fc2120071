import type { Catalogue, Procedure } from '@contract/procedures'
import type { Path, ProblemCode } from './problems'

export interface Finding {
  readonly path: Path
  readonly problem: ProblemCode
}

/** Index of every item whose key stood before. */
function repeated(keys: readonly string[]): number[] {
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []))
}

function checkCodes(procedure: Procedure): Finding[] {
  const lists: readonly (readonly [Path, readonly string[]])[] = [
    [['components'], procedure.components.map((item) => item.code)],
    [['fee', 'rules'], procedure.fee.rules.map((item) => item.code)],
    [['fee', 'exemptions'], procedure.fee.exemptions.map((item) => item.code)],
  ]
  return lists.flatMap(([path, codes]) => repeated(codes).map((index): Finding => ({ path: [...path, index, 'code'], problem: 'duplicate' })))
}

function checkQuestions(procedure: Procedure, known: ReadonlySet<string>): Finding[] {
  const ids = procedure.eligibility.map((question) => question.id)
  const findings = repeated(ids).map((index): Finding => ({ path: ['eligibility', index, 'id'], problem: 'duplicate' }))
  procedure.eligibility.forEach((question, at) => {
    const path = ['eligibility', at, 'answers'] as const
    repeated(question.answers.map((answer) => answer.id)).forEach((index) => findings.push({ path: [...path, index, 'id'], problem: 'duplicate' }))
    question.answers.forEach((answer, index) => {
      if (answer.verdict === 'ask-more' && (!ids.includes(answer.next) || answer.next === question.id)) {
        findings.push({ path: [...path, index, 'next'], problem: 'unknown-reference' })
      }
      if (answer.verdict === 'other-procedure' && !known.has(answer.procedure)) {
        findings.push({ path: [...path, index, 'procedure'], problem: 'unknown-reference' })
      }
    })
  })
  return findings
}

function checkTime(procedure: Procedure): Finding[] {
  const { time } = procedure
  if (time === undefined) return []
  const findings: Finding[] = []
  const isSameDay = time.unit === 'same-day'
  if (isSameDay && time.amount !== 0) findings.push({ path: ['time', 'amount'], problem: 'not-expected' })
  if (!isSameDay && time.amount === 0) findings.push({ path: ['time', 'amount'], problem: 'too-small' })
  if (!isSameDay && time.afterFifteen) findings.push({ path: ['time', 'afterFifteen'], problem: 'not-expected' })
  return findings
}

function checkProcedure(procedure: Procedure, known: ReadonlySet<string>): Finding[] {
  const findings = [...checkCodes(procedure), ...checkQuestions(procedure, known), ...checkTime(procedure)]
  if (procedure.effectiveTo !== undefined && procedure.effectiveTo < procedure.effectiveFrom) findings.push({ path: ['effectiveTo'], problem: 'order' })
  const { usualExemption, exemptions } = procedure.fee
  if (usualExemption !== undefined && !exemptions.some((item) => item.code === usualExemption)) {
    findings.push({ path: ['fee', 'usualExemption'], problem: 'unknown-reference' })
  }
  return findings
}

/** Two entries of one code may not be in force on the same day. */
function overlaps(one: Procedure, other: Procedure): boolean {
  return one.code === other.code && one.effectiveFrom <= (other.effectiveTo ?? '9999') && other.effectiveFrom <= (one.effectiveTo ?? '9999')
}

/**
 * The rules that reach over several fields or procedures: codes once, references that exist, periods that do not overlap. `known` are
 * codes of procedures outside the file that its answers may name.
 */
export function checkCatalogue(catalogue: Catalogue, known: Iterable<string> = []): Finding[] {
  const { procedures } = catalogue
  const codes = new Set([...known, ...procedures.map((procedure) => procedure.code)])
  return procedures.flatMap((procedure, index) => {
    const before = procedures.slice(0, index).filter((other) => other.code === procedure.code)
    const findings = checkProcedure(procedure, codes)
    if (before.some((other) => other.version === procedure.version)) findings.push({ path: ['code'], problem: 'duplicate' })
    else if (before.some((other) => overlaps(other, procedure))) findings.push({ path: ['effectiveFrom'], problem: 'overlap' })
    return findings.map(({ path, problem }): Finding => ({ path: ['procedures', index, ...path], problem }))
  })
}
