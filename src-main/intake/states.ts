import type { DossierState } from '@contract/dossier'

/** States that end the clock; where both 9 and 10 exist the time of 9 counts (`domain.md` §4.1). */
export const END_STATES: ReadonlySet<DossierState> = new Set<DossierState>([3, 7, 8, 9, 10])

const NEXT: Readonly<Record<DossierState, readonly DossierState[]>> = {
  1: [2, 3, 5],
  2: [4, 5, 6, 3, 7, 8, 9],
  3: [],
  4: [5, 6, 7, 8, 9],
  5: [2, 3, 7, 8],
  6: [4, 5, 7, 8],
  7: [],
  8: [],
  9: [10],
  10: [],
}

/**
 * Refusal, supplement, stop and hand-over of the result come with a form, or a record of their own; so does what was asked for and handed in,
 * and a result, with which the papers come back (Mẫu 06).
 */
const BY_ACT: ReadonlySet<DossierState> = new Set<DossierState>([3, 5, 8, 9, 10])

/** For an act that leaves the dossier in its state. */
export const STAYS = 'stays'

/** True when only an act with its own record leads there. */
export function wantsAct(from: DossierState, to: DossierState): boolean {
  return BY_ACT.has(to) || restartsClock(from, to)
}

/** The states an officer may move a dossier to from where it stands with no more than a note. */
export function nextStates(state: DossierState): readonly DossierState[] {
  return NEXT[state].filter((to) => !wantsAct(state, to))
}

/** True when the act is allowed at the counter. The city's own statuses are facts and are not judged by this table. */
export function mayMove(from: DossierState, to: DossierState): boolean {
  return NEXT[from].includes(to)
}

/**
 * True when the period starts from zero: everything asked for was handed in
 * (Nghị định 61/2018 art. 19(4), kept in 118/2025).
 */
export function restartsClock(from: DossierState, to: DossierState): boolean {
  return from === 5 && to === 2
}
