import type { HelperDraft } from '@contract/assist'
import type { Gap } from '@contract/draft'

/** The way through a draft, in the order in which one asks. */
export const STEPS = ['matter', 'person', 'papers', 'review'] as const
export type Step = (typeof STEPS)[number]

const after = (step: Step, by: 1 | -1): Step => STEPS[STEPS.indexOf(step) + by] ?? step
export const nextStep = (step: Step): Step => after(step, 1)
export const previousStep = (step: Step): Step => after(step, -1)

/** The step in which a gap is mended. */
export function stepOf({ field }: Gap): Step {
  if (field === 'procedure') return 'matter'
  return field.startsWith('delivery.') ? 'papers' : 'person'
}

/** Whether nothing is left to do in a step. */
export function isDone(step: Step, { content, gaps, questions }: Pick<HelperDraft, 'content' | 'gaps' | 'questions'>): boolean {
  const open = gaps.some((gap) => stepOf(gap) === step)
  if (step === 'matter') return content.procedure !== null && !open && questions.every(({ id }) => content.answers[id] !== undefined)
  if (step === 'person') return content.applicant.fullName.trim() !== '' && !open
  return step === 'papers' && Object.keys(content.papers).length > 0 && !open
}

/** Where a draft is taken up again: the first step that is not done. */
export const stepToBegin = (draft: HelperDraft): Step => STEPS.find((step) => !isDone(step, draft)) ?? 'review'
