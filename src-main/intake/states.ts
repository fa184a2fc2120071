import type { DossierState } from '@contract/dossier'

/** States that end the clock; where both 9 and 10 exist the time of 9 counts (`domain.md` §4.1). */
export const END_STATES: ReadonlySet<DossierState> = new Set<DossierState>([3, 7, 8, 9, 10])

const NEXT: Readonly<Record<DossierState, readonly DossierState[]>> = {
  1: [2, 3],
  2: [4, 5, 6, 3, 7, 8, 9],
  3: [],
  4: [5, 6, 7, 8, 9],
  5: [2, 3, 7, 8],
  6: [4, 7, 8],
  7: [],
  8: [],
  9: [10],
  10: [],
}

/** The states an officer may move a dossier to from where it stands. */
export function nextStates(state: DossierState): readonly DossierState[] {
  return NEXT[state]
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
