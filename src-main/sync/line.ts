import type { Instant } from '@contract/ids'
import type { LineState } from '@contract/sync'
import type { Clock } from '../storage'

/** Ways of the line to be down that a probe or a sign-in has to end. */
export type Down = 'offline' | 'portal' | 'unauthorised' | 'not-enrolled' | 'unknown'

export type Line = Readonly<{
  state(): LineState
  since(): Instant | null
  /** False when the city has to be asked first whether it is there. */
  usable(): boolean
  passed(): void
  /** A call failed; whether the line is down a probe will tell. */
  suspect(): void
  down(how: Down): void
}>

const REMEMBERED = 12

/** How the line stands, from what the last calls met. */
export function createLine(clock: Clock, changed: () => void): Line {
  let state: LineState = 'unknown'
  let since: Instant | null = null
  let trusted = false
  let outcomes: boolean[] = []
  const become = (next: LineState): void => {
    if (next === state) return
    state = next
    since = clock.now().toISOString() as Instant
    changed()
  }
  const remember = (passed: boolean): void => {
    outcomes = [...outcomes, passed].slice(-REMEMBERED)
  }
  return {
    state: () => state,
    since: () => since,
    usable: () => trusted,
    passed: () => {
      remember(true)
      trusted = true
      become(outcomes.includes(false) ? 'unstable' : 'online')
    },
    suspect: () => {
      remember(false)
      trusted = false
      if (state === 'online') become('unstable')
    },
    down: (how) => {
      trusted = false
      outcomes = []
      become(how)
    },
  }
}
