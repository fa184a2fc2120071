import type { FeeQuote } from '@contract/draft'
import { formatMoney } from '@contract/format'
import type { FeeRule, Procedure } from '@contract/procedures'

export interface FeeAsked {
  /** Copies asked for, 0 or more. Counts cases for a fee per case. */
  readonly copies: number
  /** Pages of one copy, 0 or more. */
  readonly pages: number
  /** Code of an exemption; `undefined` takes the procedure's usual one, `null` none. */
  readonly exemption?: string | null | undefined
  /** đồng, entered by the officer where the city council sets the amount. */
  readonly councilAmount?: number | null | undefined
}

type FeeLine = FeeQuote['lines'][number]

/** Price of one copy of so many pages, in đồng, never above the cap. */
function pageFee(rule: Extract<FeeRule, { kind: 'perPage' }>, pages: number): number {
  const first = Math.min(pages, rule.first.pages)
  return Math.min(rule.cap, first * rule.first.amount + (pages - first) * rule.thenAmount)
}

const times = (copies: number, each: number): string => `${String(copies)} × ${formatMoney(each)}`

function lineOf(rule: FeeRule, asked: FeeAsked): FeeLine & { readonly open: boolean } {
  const head = { code: rule.code, name: rule.name, open: false }
  if (rule.kind === 'free') return { ...head, amount: 0, ...(rule.note === undefined ? {} : { note: rule.note }) }
  if (rule.kind === 'fixed') return { ...head, amount: rule.amount }
  if (rule.kind === 'perCopy') return { ...head, amount: asked.copies * rule.amount, note: times(asked.copies, rule.amount) }
  if (rule.kind === 'perPage') {
    const each = pageFee(rule, asked.pages)
    return { ...head, amount: asked.copies * each, note: times(asked.copies, each) }
  }
  const amount = rule.amount ?? asked.councilAmount ?? undefined
  return { ...head, amount: amount ?? 0, open: amount === undefined }
}

/**
 * What the citizen pays, in whole đồng. `needsAmount` is true when the council's amount is not known: the total then lacks it. A fee per
 * page rises to its cap for each copy. An unknown exemption code counts as none.
 * @throws RangeError when a count is negative or fractional
 */
export function quoteFee(procedure: Procedure, asked: FeeAsked): FeeQuote {
  for (const count of [asked.copies, asked.pages]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('copies and pages are whole numbers from 0')
  }
  const { rules, exemptions, usualExemption } = procedure.fee
  const code = asked.exemption === undefined ? usualExemption : asked.exemption
  const exemption = exemptions.find((item) => item.code === code) ?? null
  const lines = rules.map((rule) => lineOf(rule, asked)).map(({ open, ...line }) =>
    exemption === null ? { line, open } : { line: { code: line.code, name: line.name, amount: 0 }, open: false })
  return {
    total: lines.reduce((sum, { line }) => sum + line.amount, 0),
    lines: lines.map(({ line }) => line),
    exemption,
    needsAmount: lines.some(({ open }) => open),
  }
}
