import { type RefObject, useEffect, useRef } from 'react'

/**
 * An act may take its own button away. When what stands on the screen (`what`) has changed and the focus was lost with it, it goes to the
 * heading, where no key calls anybody by mistake.
 */
export function useFocusKeptOn(what: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const known = useRef(what)
  useEffect(() => {
    if (known.current === what) return
    known.current = what
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [what])
  return heading
}
