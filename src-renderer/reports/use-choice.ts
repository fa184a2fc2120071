import { useState } from 'react'
import { toCivil } from '@contract/civil-time'
import { REPORT_KINDS, type ReportKind, type ReportPeriod } from '@contract/reports'
import { type Choice, changed, periodAt, sheetFor, stepped, type Unit, USUAL_UNIT } from './period'

const today = (): string => toCivil(new Date()).date

/** Whoever looks elsewhere comes back to the report that was open; a new day begins with that day. */
let last: Readonly<{ choice: Choice; on: string }> | null = null

function begun(): Choice {
  const now = today()
  return last?.on === now ? last.choice : { kind: 'daily', unit: 'day', ...periodAt('daily', 'day', now) }
}

/** The choice to open the screen with, from elsewhere in the window. */
export function openWith(kind: ReportKind, period: ReportPeriod): void {
  last = { choice: { kind, unit: period.from === period.to ? 'day' : 'own', ...period }, on: today() }
}

export type ChoiceActs = Readonly<{ kind(kind: ReportKind): void; unit(unit: Unit): void; step(by: 1 | -1): void; own(period: Partial<ReportPeriod>): void; show(kind: ReportKind, period: ReportPeriod): void }>

/** Which report is on the screen, and for when. */
export function useChoice(): readonly [Choice, ChoiceActs] {
  const [choice, setChoice] = useState(begun)
  const choose = (next: Choice): void => {
    last = { choice: next, on: today() }
    setChoice(next)
  }
  return [choice, {
    kind: (kind) => choose(changed(choice, { kind, unit: choice.unit === 'own' && kind !== 'daily' && kind !== 'ii06a' ? 'own' : USUAL_UNIT[kind] }, today())),
    unit: (unit) => choose(changed(choice, { unit, kind: sheetFor(choice.kind, unit) }, today())),
    step: (by) => choose(stepped(choice, by, today())),
    own: (period) => choose({ ...choice, unit: 'own', ...period }),
    show: (kind, period) => choose({ kind, unit: period.from === period.to ? 'day' : 'own', ...period }),
  }]
}

export const KINDS = REPORT_KINDS
