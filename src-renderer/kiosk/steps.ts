import type { GivenTicket, KioskState, QueueGroup } from '@contract/queue'
import type { Answer, ScannedTicket } from './client'
import type { Problem } from './problem'

/** Names a kind of matter. */
export type Letter = KioskState['kinds'][number]['letter']

/** Where the citizen is. Each step is a page of its own. */
export type Step =
  | Readonly<{ at: 'kinds' }>
  | Readonly<{ at: 'groups'; letter: Letter }>
  | Readonly<{ at: 'given'; ticket: GivenTicket }>
  | Readonly<{ at: 'ask'; words: string }>
  | Readonly<{ at: 'answers'; words: string; answers: readonly Answer[] }>
  | Readonly<{ at: 'ticket'; found: ScannedTicket }>
  | Readonly<{ at: 'back'; label: string; ahead: number }>
  | Readonly<{ at: 'rate'; slip: string; subject: string }>
  | Readonly<{ at: 'told'; what: 'unknown' | 'rated' | 'thanks' }>
  | Readonly<{ at: 'problem'; problem: Problem }>

/** Names the page of a step: the slip of somebody else begins a page of its own, too. */
export const pageOf = (step: Step): string => (step.at === 'rate' ? `rate ${step.slip}` : step.at)

export const START: Step = { at: 'kinds' }

/** Nobody touched the screen for so long: the next citizen begins anew. WCAG 2.2.1: said 20 s ahead, one touch goes on. */
export const IDLE_S = 60
export const WARN_S = 20
const SHOWN_S = 15
/** A number that was not printed must be photographed first. */
const PICTURED_S = 45

/** How long a page stands: by itself, or until nobody touches it; null for ever. */
export function standsFor(step: Step): Readonly<{ seconds: number; touch: boolean }> | null {
  switch (step.at) {
    case 'kinds':
      return null
    case 'given':
      return { seconds: step.ticket.printed === 'printed' ? SHOWN_S : PICTURED_S, touch: false }
    case 'back':
    case 'told':
      return { seconds: SHOWN_S, touch: false }
    case 'ticket':
      return step.found.state === 'no-show' ? { seconds: IDLE_S, touch: true } : { seconds: SHOWN_S, touch: false }
    default:
      return { seconds: IDLE_S, touch: true }
  }
}

/** The page before; null where there is none to go back to. */
export function before(step: Step): Step | null {
  switch (step.at) {
    case 'groups':
    case 'ask':
      return START
    case 'answers':
      return { at: 'ask', words: step.words }
    default:
      return null
  }
}

/** The groups among which the citizen chooses; with none there is nothing to ask. */
export function prioritiesOf<G extends Readonly<{ code: QueueGroup; priority: boolean }>>(groups: readonly G[]): readonly G[] {
  return groups.filter(({ priority }) => priority)
}
