import { useEffect, useState } from 'react'
import type { CoreState } from '@contract/bridge'
import { hallBridge } from './bridge'
import { refusalOf } from './connect'

/** Between the end of a stream and the next try, ms. */
const PAUSE_MS = 500
/** While the data are closed: nobody has signed in yet, there is no hurry. */
const CLOSED_PAUSE_MS = 2000
/** What the core answers as long as its data are closed. */
const CLOSED_CODE = 'TK-003'

export type Opening<T> = (signal: AbortSignal) => Promise<AsyncIterable<T>>
/** Why nothing comes: `closed` until an officer opens the data, `lost` while the core is away. */
export type Away = 'closed' | 'lost'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Follows an event iterator until the signal; opens it again after each end. `onAway` is told at once when it ends. */
export async function follow<T>(open: Opening<T>, signal: AbortSignal, onValue: (value: T) => void, onAway: (why: Away) => void): Promise<void> {
  const over = (): boolean => signal.aborted
  while (!over()) {
    let why: Away = 'lost'
    try {
      for await (const value of await open(signal)) {
        if (over()) return
        onValue(value)
      }
    } catch (error) {
      if (refusalOf(error) === CLOSED_CODE) why = 'closed'
    }
    if (over()) return
    onAway(why)
    await pause(why === 'closed' ? CLOSED_PAUSE_MS : PAUSE_MS)
  }
}

export type Streamed<T> = Readonly<{
  /** The latest; null from the moment the stream ends until it is back. */
  value: T | null
  /** Why there is none; null before the first try has ended. */
  away: Away | null
}>

/** The state of the core as the bridge tells it. */
export function useCoreState(): CoreState {
  const [state, setState] = useState<CoreState>('starting')
  useEffect(() => hallBridge?.onCoreState(setState), [])
  return state
}

/**
 * The latest value of a stream of states. `open` must stay the same function (module level or `useCallback`). When the core goes away
 * the value goes at once: whatever was personal in it is off the screen.
 */
export function useStream<T>(open: Opening<T>): Streamed<T> {
  const [streamed, setStreamed] = useState<Streamed<T>>({ value: null, away: null })
  const core = useCoreState()
  useEffect(() => {
    const over = new AbortController()
    void follow(open, over.signal, (value) => setStreamed({ value, away: null }), (away) => setStreamed({ value: null, away }))
    return () => over.abort()
  }, [open])
  return core === 'restarting' || core === 'failed' ? { value: null, away: 'lost' } : streamed
}

/** Calls back with each event of a stream (calls of numbers); what happened while it was away does not come. `onEvent` must stay the same. */
export function useEvents<T>(open: Opening<T>, onEvent: (event: T) => void): void {
  useEffect(() => {
    const over = new AbortController()
    void follow(open, over.signal, onEvent, () => undefined)
    return () => over.abort()
  }, [open, onEvent])
}

/** True once `on` has held without a break for so many ms. */
export function useLasting(on: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!on) return undefined
    const timer = setTimeout(() => setLasts(true), ms)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [on, ms])
  return on && lasts
}
