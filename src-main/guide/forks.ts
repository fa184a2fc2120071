import type { GuideQuestion } from './answer'
import type { Fork } from './data'
import { LIMITS } from './weights'

/** Fork id → answer id. Unknown ids are passed over. */
export type ForkAnswers = Readonly<Record<string, string>>

export interface ForkOutcome {
  /** What the answers lead to, or null while none was given. */
  readonly chosen: { readonly target: string; readonly fork: string; readonly label: string } | null
  readonly question: GuideQuestion | null
}

const answered = (fork: Fork, answers: ForkAnswers): Fork['answers'][number] | undefined =>
  fork.answers.find((answer) => Object.hasOwn(answers, fork.id) && answers[fork.id] === answer.id)

/** The fork to begin with: one that is answered and follows no other answered one, else the one of the most points among those with the first hit. */
function beginning(forks: readonly Fork[], scores: ReadonlyMap<string, number>, first: string | undefined, answers: ForkAnswers): Fork | undefined {
  const given = forks.filter((fork) => answered(fork, answers) !== undefined)
  const followed = new Set(given.flatMap((fork) => answered(fork, answers)?.next ?? []))
  const start = given.find((fork) => !followed.has(fork.id))
  if (start !== undefined || first === undefined) return start
  const rest = (fork: Fork): number => fork.answers.reduce((sum, answer) => sum + (scores.get(answer.target) ?? 0), 0)
  return forks
    .filter((fork) => fork.answers.some((answer) => answer.target === first))
    .reduce<Fork | undefined>((best, fork) => (best === undefined || rest(fork) > rest(best) ? fork : best), undefined)
}

/** Walks the forks by the answers. Branches to what the catalogue lacks are left out; a fork of one branch is no fork. */
export function walkForks(all: readonly Fork[], scores: ReadonlyMap<string, number>, first: string | undefined, answers: ForkAnswers, exists: (target: string) => boolean): ForkOutcome {
  const forks = all.map((fork) => ({ ...fork, answers: fork.answers.filter((answer) => exists(answer.target)) })).filter((fork) => fork.answers.length > 1)
  let fork = beginning(forks, scores, first, answers)
  let chosen: ForkOutcome['chosen'] = null
  const walked = new Set<string>()
  while (fork !== undefined && !walked.has(fork.id)) {
    walked.add(fork.id)
    const answer = answered(fork, answers)
    if (answer === undefined) break
    chosen = { target: answer.target, fork: fork.id, label: answer.label }
    const { next } = answer
    fork = next === undefined ? undefined : forks.find((item) => item.id === next)
  }
  if (fork === undefined || answered(fork, answers) !== undefined) return { chosen, question: null }
  const top = first === undefined ? 0 : scores.get(first) ?? 0
  const rivals = fork.answers.filter((answer) => answer.target !== first && (scores.get(answer.target) ?? 0) >= LIMITS.fork * top)
  return {
    chosen,
    question: {
      id: fork.id, question: fork.question, needed: chosen !== null || rivals.length > 0,
      answers: fork.answers.map(({ id, label, target }) => ({ id, label, target })),
    },
  }
}
