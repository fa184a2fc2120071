import { useCallback, useEffect, useRef, useState } from 'react'

export type Digits = Readonly<{
  /** How many; drawn as dots on this page and told to nobody. */
  count: number
  add(digit: number): void
  removeLast(): void
  /** Hands over what was typed when it is complete; what is held here is overwritten before. */
  take(): string | null
}>

/** The digits being typed: bytes of this page, never text in it, overwritten as soon as they are sent, or the page goes. */
export function useDigits(wanted: number, least: number): Digits {
  const held = useRef(new Uint8Array(wanted))
  const length = useRef(0)
  const [count, setCount] = useState(0)
  const set = (next: number): void => {
    length.current = next
    setCount(next)
  }
  useEffect(() => {
    const bytes = held.current
    return () => void bytes.fill(0)
  }, [])
  const add = useCallback((digit: number) => {
    if (length.current >= wanted) return
    held.current[length.current] = digit
    set(length.current + 1)
  }, [wanted])
  const removeLast = useCallback(() => {
    if (length.current === 0) return
    held.current[length.current - 1] = 0
    set(length.current - 1)
  }, [])
  const take = useCallback(() => {
    if (length.current < least) return null
    const typed = held.current.subarray(0, length.current).join('')
    held.current.fill(0)
    set(0)
    return typed
  }, [least])
  return { count, add, removeLast, take }
}
