import { useCallback, useEffect, useRef, useState } from 'react'

export type Hold = Readonly<{ holding: boolean; press(): void; release(): void; drop(): void }>

/** A press that is short (`onTap` at its end) or lasts so many ms (`onHold` as soon as it has). `drop` makes it neither. */
export function useHold(ms: number, onTap: () => void, onHold: () => void): Hold {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const [holding, setHolding] = useState(false)
  const end = useCallback((): boolean => {
    const was = timer.current !== null
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    setHolding(false)
    return was
  }, [])
  useEffect(() => () => void end(), [end])
  const press = useCallback(() => {
    if (timer.current !== null) return
    setHolding(true)
    timer.current = setTimeout(() => {
      end()
      onHold()
    }, ms)
  }, [ms, end, onHold])
  const release = useCallback(() => {
    if (end()) onTap()
  }, [end, onTap])
  return { holding, press, release, drop: end }
}
