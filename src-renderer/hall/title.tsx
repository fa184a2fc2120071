import { type ReactNode, useEffect, useRef } from 'react'

/** The heading of a page; the focus begins there, so that what follows is read out and Tab goes on from it. */
export function Title({ children }: { children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>
}
