import { useEffect } from 'react'
import { api } from '../app/api'

const TELL_EVERY_MS = 20_000

/** Tells the core now and then that somebody is working, so that the idle lock counts from the last key or movement. */
export function useIdleTouch(): void {
  useEffect(() => {
    let told = 0
    const touch = (): void => {
      const now = Date.now()
      if (now - told < TELL_EVERY_MS) return
      told = now
      // A lost touch only means an earlier lock.
      api.staff.touch().catch(() => undefined)
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    kinds.forEach((kind) => window.addEventListener(kind, touch, { passive: true }))
    return () => kinds.forEach((kind) => window.removeEventListener(kind, touch))
  }, [])
}
