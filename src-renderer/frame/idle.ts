import { useEffect, useState } from 'react'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useSession } from '../app/session'

/** Shorter than `WARN_MS`, so that the first key under the warning is always told. */
const TELL_EVERY_MS = 20_000
/** How long before the lock it is announced (WCAG 2.2.1 asks for 20 s at least). */
const WARN_MS = 30_000

/** Tells the core now and then that somebody is working, so that the idle lock counts from the last key or movement. */
export function useIdleTouch(): void {
  useEffect(() => {
    let told = 0
    const touch = (): void => {
      const now = Date.now()
      if (now - told < TELL_EVERY_MS) return
      told = now
      // A lost touch only means an earlier lock.
      api.staff.touch().then(() => queryClient.invalidateQueries({ queryKey: keys.session }), () => undefined)
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    kinds.forEach((kind) => window.addEventListener(kind, touch, { passive: true }))
    return () => kinds.forEach((kind) => window.removeEventListener(kind, touch))
  }, [])
}

/** True from 30 s before the idle lock until somebody works again or it locks. */
export function useLockNear(): boolean {
  const { data: session } = useSession()
  const locksAt = session && !session.locked ? session.locksAt : null
  const [near, setNear] = useState<string | null>(null)
  useEffect(() => {
    if (locksAt === null) return
    // What is known here may be older than the last touch: the core is asked before anybody is warned.
    const warn = async (): Promise<void> => {
      const fresh = await api.staff.session()
      queryClient.setQueryData(keys.session, fresh)
      if (fresh?.locksAt === locksAt) setNear(locksAt)
    }
    const timer = setTimeout(() => void warn().catch(() => undefined), Date.parse(locksAt) - WARN_MS - Date.now())
    return () => clearTimeout(timer)
  }, [locksAt])
  return locksAt !== null && near === locksAt
}
