import type { Procedure } from '@contract/procedures'
import type { Fork } from './data'
import type { ForkAnswers } from './forks'

export interface AnsweredFork { readonly fork: Fork; readonly answer: Fork['answers'][number] }

const answerOf = (fork: Fork, answers: ForkAnswers): Fork['answers'][number] | undefined =>
  fork.answers.find((answer) => Object.hasOwn(answers, fork.id) && answers[fork.id] === answer.id)

/** The forks in the order they were walked by the answers, as far as the answers reach. */
export function answeredForks(forks: readonly Fork[], answers: ForkAnswers): AnsweredFork[] {
  const given = forks.flatMap((fork) => {
    const answer = answerOf(fork, answers)
    return answer === undefined ? [] : [{ fork, answer }]
  })
  const followed = new Set(given.flatMap(({ answer }) => answer.next ?? []))
  const walked: AnsweredFork[] = []
  let step = given.find(({ fork }) => !followed.has(fork.id))
  while (step !== undefined && !walked.includes(step)) {
    walked.push(step)
    const { next } = step.answer
    step = next === undefined ? undefined : given.find(({ fork }) => fork.id === next)
  }
  return walked
}

/** Questions of a procedure that the forks answered on the way to it: they need not be asked again. */
export function saidBy(forks: readonly Fork[], answers: ForkAnswers, procedure: Procedure): Record<string, string> {
  const said = answeredForks(forks, answers).flatMap(({ answer }) => Object.entries(answer.says ?? {}))
  return Object.fromEntries(said.filter(([id, given]) =>
    procedure.eligibility.some((question) => question.id === id && question.answers.some((answer) => answer.id === given))))
}
