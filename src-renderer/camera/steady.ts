import { changedBy, hasPage, LIGHT, movedBy, SHARP, type Seen, type Sight } from './sight'

export const STEADY = {
  /** The paper lies still for so long before it is taken, in milliseconds, and is looked at so often meanwhile. */
  holdMs: 700, looks: 3,
  /** Looks further apart say nothing about what was between them. */
  gapMs: 1500,
  /** Share of the frame's diagonal by which corners of a paper that lies still may tremble. */
  tremble: 0.012,
  /** The same paper has been moved: more than it trembles, so that it is not taken twice on the limit. */
  moved: 0.03,
  /** Greys by which the tiles of a frame differ when something in it moves, and when it shows another sheet. */
  stir: 3, other: 5,
  /** A paper is gone when it was not seen for so long, and so many greys of the frame are others: white paper leaves a white desk hardly changed. */
  goneMs: 400, gone: 1.5,
} as const

/** `looking`: nothing that could be taken; `holding`: a paper lies still since `from.at`; `taken`: that paper is done with. */
export type Steady =
  | Readonly<{ phase: 'looking' }>
  | Readonly<{ phase: 'holding'; from: Seen; last: number; looks: number }>
  | Readonly<{ phase: 'taken'; at: Sight; lastSeen: number }>

export const LOOKING: Steady = { phase: 'looking' }

const isGood = (sight: Sight): sight is Seen => hasPage(sight) && sight.light >= LIGHT && sight.sharpness >= SHARP
const hold = (sight: Seen): Steady => ({ phase: 'holding', from: sight, last: sight.at, looks: 1 })
const begin = (sight: Sight): Steady => (isGood(sight) ? hold(sight) : LOOKING)

/** Whether the paper that was taken is still what lies there. */
function isSame(taken: Sight, now: Sight): boolean {
  if (changedBy(taken, now) > STEADY.other) return false
  return !hasPage(now) || (hasPage(taken) && movedBy(taken, now) <= STEADY.moved)
}

/** What a paper that was taken becomes: nothing is taken again before it was moved, covered, taken away or changed for another. */
function afterTaking(state: Steady & { phase: 'taken' }, sight: Sight): Steady {
  if (!isSame(state.at, sight)) return begin(sight)
  if (hasPage(sight) || !hasPage(state.at)) return { ...state, lastSeen: sight.at }
  return sight.at - state.lastSeen >= STEADY.goneMs && changedBy(state.at, sight) > STEADY.gone ? LOOKING : state
}

function whileHolding(state: Steady & { phase: 'holding' }, sight: Sight): Steady {
  const still = isGood(sight) && sight.at - state.last <= STEADY.gapMs && movedBy(state.from, sight) <= STEADY.tremble && changedBy(state.from, sight) <= STEADY.stir
  return still ? { ...state, last: sight.at, looks: state.looks + 1 } : begin(sight)
}

/** One look more. Pure. `take`: the paper has lain still long enough, now. */
export function look(state: Steady, sight: Sight): Readonly<{ state: Steady; take: boolean }> {
  if (state.phase === 'taken') return { state: afterTaking(state, sight), take: false }
  const next = state.phase === 'holding' ? whileHolding(state, sight) : begin(sight)
  if (next.phase !== 'holding' || next.looks < STEADY.looks || sight.at - next.from.at < STEADY.holdMs) return { state: next, take: false }
  return { state: taken(sight), take: true }
}

/** A page was taken of what the camera saw last, by itself or by hand. */
export const taken = (sight: Sight): Steady => ({ phase: 'taken', at: sight, lastSeen: sight.at })

/** How much of the time to lie still is over, 0 … 1. */
export const heldFor = (state: Steady, now: number): number => (state.phase === 'holding' ? Math.max(0, Math.min(1, (now - state.from.at) / STEADY.holdMs)) : 0)
