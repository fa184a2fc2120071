import { useEffect } from 'react'
import { createScanListener } from './scan'

/** Calls back with each code that a reader types, wherever the focus is. `onScan` must stay the same function. */
export function useScan(onScan: (text: string) => void): void {
  useEffect(() => {
    const listener = createScanListener()
    const press = (event: KeyboardEvent): void => {
      const text = listener.press({ key: event.key, code: event.code, shift: event.shiftKey, at: event.timeStamp })
      if (text === null) return
      // The key that ends a code presses no button.
      event.preventDefault()
      event.stopPropagation()
      onScan(text)
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [onScan])
}
