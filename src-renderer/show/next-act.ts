import type { Confirmation, DisplayState } from '@contract/display'
import type { DraftId } from '@contract/ids'

/** What the primary key does at the end of an intake: first the citizen looks, where there is a display; then it is received. */
export type NextAct = 'receive' | 'show' | 'wait'

type Facts = Readonly<{ draftId: DraftId; display: DisplayState | undefined; confirmation: Confirmation | null; gaps: number }>

/** Something missing is said before anybody is shown anything; nobody has to confirm twice what did not change. */
export function nextAct({ draftId, display, confirmation, gaps }: Facts): NextAct {
  if (display?.attached !== true || gaps > 0 || confirmation?.current === true) return 'receive'
  return display.shown.kind === 'check' && display.shown.draftId === draftId ? 'wait' : 'show'
}
