import { type RefObject, useLayoutEffect, useRef } from 'react'

/** The stylesheet leaves out one more part at each level. */
const LEVELS = ['0', '1', '2', '3', '4', '5'] as const

/** Rather than cut words off, the strip leaves whole parts out, the least telling first. */
export function useFit(): RefObject<HTMLElement | null> {
  const strip = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const fit = (): void => {
      const { current } = strip
      if (!current) return
      for (const level of LEVELS) {
        current.dataset['less'] = level
        if (current.scrollWidth <= current.clientWidth) return
      }
    }
    fit()
    window.addEventListener('resize', fit)
    return () => window.removeEventListener('resize', fit)
  })
  return strip
}
