import type { FeedbackFigures, FeedbackKind, FeedbackState, RatingChannel, Satisfaction } from '@contract/feedback'
import type { RatingReason } from '@contract/display'

export type RatingFact = Readonly<{ channel: RatingChannel; stars: number | null; reasons: readonly RatingReason[] }>

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Stars, reasons and refusals. A refusal counts neither for nor against; `satisfied` is the share of 4 and 5 stars. */
export function satisfactionOf(facts: readonly RatingFact[]): Satisfaction {
  const byStars = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  const byReason = { attitude: 0, speed: 0, clarity: 0, correctness: 0, place: 0 }
  const byChannel = { display: 0, slip: 0, counter: 0 }
  let sum = 0
  let rated = 0
  for (const { channel, stars, reasons } of facts) {
    if (stars !== 1 && stars !== 2 && stars !== 3 && stars !== 4 && stars !== 5) continue
    rated += 1
    sum += stars
    byStars[stars] += 1
    byChannel[channel] += 1
    for (const reason of reasons) byReason[reason] += 1
  }
  return {
    asked: facts.length, rated, refused: facts.length - rated, mean: share(sum, rated), satisfied: share(byStars[4] + byStars[5], rated), byStars, byReason, byChannel,
  }
}

/** One complaint with what happened to it first; instants as UTC text. */
export type FeedbackFact = Readonly<{
  kind: FeedbackKind
  state: FeedbackState
  refuseBy: string | null
  supplementBy: string | null
  answerBy: string | null
  refusedAt: string | null
  supplementAt: string | null
  answeredAt: string | null
}>

type Step = Readonly<{ at: string | null; by: string | null }>

/** Of those that took this step: how many in time. One whose limit is not known is left out. */
function stepFigure(steps: readonly Step[]): FeedbackFigures['answerStep'] {
  const done = steps.filter(({ at, by }) => at !== null && by !== null)
  const onTime = done.filter(({ at, by }) => at !== null && by !== null && at <= by)
  return { done: done.length, onTime: onTime.length, share: share(onTime.length, done.length) }
}

const OPEN: readonly FeedbackState[] = [1, 2, 3, 4]

/** Complaints and proposals against the limits of `domain.md` §8.3. The time that a supplement takes is not subtracted: the source does not say so here. */
export function feedbackFiguresOf(facts: readonly FeedbackFact[], now: Date): FeedbackFigures {
  const asked = facts.filter(({ kind }) => kind !== 'praise')
  const kept = asked.filter(({ state }) => state !== 8)
  const open = kept.filter(({ state }) => OPEN.includes(state))
  const overdue = open.filter(({ answerBy }) => answerBy !== null && answerBy < now.toISOString()).length
  const refusedStep = stepFigure(kept.map(({ refusedAt, refuseBy }) => ({ at: refusedAt, by: refuseBy })))
  const supplementStep = stepFigure(kept.map(({ supplementAt, supplementBy }) => ({ at: supplementAt, by: supplementBy })))
  const answerStep = stepFigure(kept.map(({ answeredAt, answerBy }) => ({ at: answeredAt, by: answerBy })))
  const steps = [refusedStep, supplementStep, answerStep]
  const onTime = steps.reduce((sum, step) => sum + step.onTime, 0)
  const done = steps.reduce((sum, step) => sum + step.done, 0)
  return {
    taken: asked.length, praise: facts.length - asked.length, withdrawn: asked.length - kept.length, refusedStep, supplementStep, answerStep,
    open: open.length, overdue, onTime: share(onTime, done + overdue),
  }
}
