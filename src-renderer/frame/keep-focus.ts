import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'

const LOOK_EVERY_MS = 100
/** Until then a screen has been fetched, asked its questions and put the focus where it wants it. */
const LOOKS = 30

/** After sign-in and after each change of screen the focus stands somewhere: where the screen puts it, else on the screen's heading. */
export function useFocusKept(): void {
  const screen = useLocation({ select: ({ pathname }) => pathname })
  useEffect(() => {
    let looks = 0
    const timer = setInterval(() => {
      looks += 1
      const heading = document.querySelector<HTMLElement>('.work h1')
      // A screen that is still being fetched leaves the one before, and its focus, standing: so it is looked at more than once.
      if (document.activeElement === document.body && heading) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
      }
      if (looks >= LOOKS) clearInterval(timer)
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [screen])
}
