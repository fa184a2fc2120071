import { useEffect, useState } from 'react'

/** Counts seconds down to 0; `begin` starts it anew. */
export function useCountdown(): { left: number; begin(seconds: number): void } {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [left])
  return {
    left,
    begin: (seconds) => {
      // One look at the clock: a millisecond between two would be a wait of its own, in which Enter does nothing.
      const at = Date.now()
      setNow(at)
      setUntil(at + seconds * 1000)
    },
  }
}

/** The seconds that a refusal asks to wait. */
export const secondsOf = (params: Readonly<Record<string, string | number>>): number => (typeof params['seconds'] === 'number' ? params['seconds'] : 0)
