import type { DossierState } from '@contract/dossier'

/** Where a dossier usually goes next, by where it stands. */
const USUAL: Readonly<Partial<Record<DossierState, DossierState>>> = { 1: 2, 2: 4, 4: 9, 5: 2, 6: 4, 9: 10 }
/** Ends that cannot be taken back at the counter; each wants a second key. */
const FINAL: readonly DossierState[] = [3, 7, 8]

/** The primary action of the screen, or null where nothing usual is allowed. */
export function usualMove(state: DossierState, allowed: readonly DossierState[]): DossierState | null {
  const usual = USUAL[state]
  return usual !== undefined && allowed.includes(usual) ? usual : null
}

/** All other moves: those that go on first, the final ones last. */
export function otherMoves(state: DossierState, allowed: readonly DossierState[]): readonly DossierState[] {
  const usual = usualMove(state, allowed)
  return allowed.filter((to) => to !== usual).sort((left, right) => Number(isFinal(left)) - Number(isFinal(right)) || left - right)
}

export const isFinal = (to: DossierState): boolean => FINAL.includes(to)

/** The word of a move; resubmission (5 → 2) and the first acceptance (1 → 2) end in the same state and are different acts. */
export const moveWord = (from: DossierState, to: DossierState): string => (from === 5 && to === 2 ? 'resubmitted' : from === 6 && to === 4 ? 'paid' : String(to))
