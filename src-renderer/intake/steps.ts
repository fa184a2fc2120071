import type { DraftContent, DraftView, Gap } from '@contract/draft'

export const STEPS = ['person', 'procedure', 'papers', 'fee', 'appointment', 'review'] as const
export type Step = (typeof STEPS)[number]

const STEP_OF: Readonly<Record<string, Step>> = {
  applicant: 'person', owner: 'person', organisation: 'person', capacity: 'person', procedure: 'procedure', answers: 'procedure',
  component: 'papers', fee: 'fee', delivery: 'appointment', sets: 'appointment', appointment: 'appointment', note: 'review',
}

/** The step where a field (`applicant.phone`, `component.to-khai`) stands. */
export const stepOf = (field: string): Step => STEP_OF[field.split('.')[0] ?? ''] ?? 'person'

/** Where work goes on: at the field last in hand, else at the first step with nothing in it. */
export function firstStep(content: DraftContent): Step {
  if (content.focus !== null) return stepOf(content.focus)
  if (content.applicant.fullName === '') return 'person'
  return content.procedure === null ? 'procedure' : 'papers'
}

/** Steps that have what they need. Advice for the eye only: any step may be opened at any time. */
export function stepsDone(content: DraftContent, view: Readonly<{ gaps: readonly Gap[]; fee: DraftView['fee'] }>): ReadonlySet<Step> {
  const open = new Set(view.gaps.map((gap) => stepOf(gap.field)))
  const begun: Readonly<Record<Step, boolean>> = {
    person: content.applicant.fullName !== '',
    procedure: content.procedure !== null,
    papers: content.procedure !== null,
    fee: view.fee !== null,
    appointment: content.procedure !== null,
    review: false,
  }
  return new Set(STEPS.filter((step) => begun[step] && !open.has(step)))
}
