import { useEffect, useState } from 'react'

/**
 * Seconds until `onEnd`, counted from the last touch or key when `touch` is set, else from the beginning. `null` lets time stand still.
 * `onEnd` must stay the same function.
 */
export function useTimeLeft(seconds: number | null, touch: boolean, onEnd: () => void): number {
  const [left, setLeft] = useState(seconds ?? 0)
  useEffect(() => {
    if (seconds === null) return undefined
    let ends = performance.now() + seconds * 1000
    const show = (): void => {
      const rest = Math.ceil((ends - performance.now()) / 1000)
      setLeft(Math.max(0, rest))
      if (rest <= 0) onEnd()
    }
    const again = (): void => {
      ends = performance.now() + seconds * 1000
      show()
    }
    show()
    const timer = setInterval(show, 1000)
    if (touch) for (const event of ['pointerdown', 'keydown'] as const) window.addEventListener(event, again)
    return () => {
      clearInterval(timer)
      for (const event of ['pointerdown', 'keydown'] as const) window.removeEventListener(event, again)
    }
  }, [seconds, touch, onEnd])
  return left
}
