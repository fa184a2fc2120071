import type { DossierState } from '@contract/dossier'
import type { Act, Acts } from '@contract/handling'

/**
 * What can be done with a dossier: an act that makes a form or says more than a state; a plain move with a reason; handing the result over, on its own screen.
 */
export type Step =
  | Readonly<{ kind: 'act'; act: Act['kind'] }>
  | Readonly<{ kind: 'move'; to: DossierState }>
  | Readonly<{ kind: 'results' }>

const act = (kind: Act['kind']): Step => ({ kind: 'act', act: kind })
const move = (to: DossierState): Step => ({ kind: 'move', to })

/** Where a dossier usually goes next, by where it stands. */
const USUAL: Readonly<Partial<Record<DossierState, Step>>> = { 1: move(2), 2: act('handover'), 4: act('result-ready'), 5: act('completed'), 6: move(4), 9: { kind: 'results' } }
/** The others, by where it stands; those that go on first, ends last. */
const OTHERS: Readonly<Partial<Record<DossierState, readonly Step[]>>> = {
  1: [act('refusal')],
  2: [act('result-ready'), move(6), move(7), act('refusal'), act('stop')],
  4: [act('handover'), move(6), move(7), act('stop')],
  5: [move(7), act('refusal'), act('stop')],
  6: [move(7), act('stop')],
}
/** Ends that cannot be taken back at the counter; each wants a second key. */
const FINAL: readonly DossierState[] = [3, 7, 8]

export const isFinal = (to: DossierState): boolean => FINAL.includes(to)
export const isFinalStep = (step: Step): boolean => (step.kind === 'move' ? isFinal(step.to) : step.kind === 'act' && (step.act === 'refusal' || step.act === 'stop'))

const BARS = { supplement: 'supplement', refusal: 'refusal', extension: 'extension', stop: 'stop', handover: 'handover', completed: 'completed', 'result-ready': 'resultReady' } as const satisfies Record<Act['kind'], keyof Acts>

/** Why an act is not possible; null when it is. */
export const barOf = (acts: Acts, kind: Act['kind']): Acts['stop']['barred'] => acts[BARS[kind]].barred

function allowed(step: Step, nextStates: readonly DossierState[], acts: Acts | undefined): boolean {
  if (step.kind === 'results') return true
  return step.kind === 'move' ? nextStates.includes(step.to) : acts !== undefined && barOf(acts, step.act) === null
}

/** The primary action of the screen, or null where nothing usual is possible. */
export function usualStep(state: DossierState, nextStates: readonly DossierState[], acts: Acts | undefined): Step | null {
  const usual = USUAL[state]
  return usual !== undefined && allowed(usual, nextStates, acts) ? usual : null
}

/** All other steps that are possible now. */
export function otherSteps(state: DossierState, nextStates: readonly DossierState[], acts: Acts | undefined): readonly Step[] {
  return (OTHERS[state] ?? []).filter((step) => allowed(step, nextStates, acts))
}

/** The words of a move; acceptance after payment ends in the same state as a hand-over and is a different act. */
export const moveWord = (from: DossierState, to: DossierState): string => (from === 6 && to === 4 ? 'paid' : String(to))
