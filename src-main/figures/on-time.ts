/** A state that a dossier came into. */
export type StateAt = Readonly<{ state: number; at: number }>

const DONE: readonly number[] = [9, 10]
const STOPPED: readonly number[] = [3, 7, 8]
const SUPPLEMENT = 5

/** Milliseconds in which the matter lay with the citizen before `end`. */
function withCitizen(states: readonly StateAt[], end: number): number {
  let ms = 0
  states.forEach(({ state, at }, index) => {
    if (state !== SUPPLEMENT) return
    const next = states.slice(index + 1).find((later) => later.state !== SUPPLEMENT)
    ms += Math.max(0, Math.min(next?.at ?? end, end) - at)
  })
  return ms
}

/**
 * Whether a dossier was, or still is, on time, as the national score counts (Quyết định 766, `domain.md` §8.3): the end is the first
 * "done" or "handed over", then a stop or refusal; one that only reached a request for supplements ends with it, unless it was asked for more
 * than once: then it is late. Without an end the last moment of the period counts. Time that lay with the citizen is taken off.
 * @param states in the order in which they were entered; all times in ms since 1970
 * @returns null where there is no appointment to judge by
 */
export function isOnTime(states: readonly StateAt[], dueAt: number | null, periodEnd: number): boolean | null {
  if (dueAt === null) return null
  const end = states.find(({ state }) => DONE.includes(state)) ?? states.find(({ state }) => STOPPED.includes(state))
  if (end) return end.at - withCitizen(states, end.at) <= dueAt
  const asked = states.filter(({ state }) => state === SUPPLEMENT)
  const [first] = asked
  const last = states.at(-1)
  if (first && last?.state === SUPPLEMENT) return asked.length === 1 && first.at <= dueAt
  return periodEnd - withCitizen(states, periodEnd) <= dueAt
}
