import { useEffect, useRef } from 'react'
import { createBurst, looksLikeCard } from './scan'

/** A reader that sends no Enter has ended when nothing came for this long, in milliseconds. */
const END_MS = 150

/** Puts a field back to what it held before the scan, as if it had been typed. */
function restore(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  // React replaces the setter of the field itself to see changes; the one of its kind is still the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

/** Catches a card that is scanned or pasted anywhere on the screen, before the focused field gets it. */
export function useScan(onCard: (text: string) => void): void {
  const latest = useRef(onCard)
  useEffect(() => {
    latest.current = onCard
  })
  useEffect(() => {
    const burst = createBurst()
    let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null
    let lastKey = Number.NEGATIVE_INFINITY
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = (): boolean => {
      clearTimeout(timer)
      const text = burst.end()
      if (text !== null) latest.current(text)
      return text !== null
    }
    const take = (character: string, event: Event): void => {
      if (!burst.scanning() && event.timeStamp - lastKey > END_MS) before = isField(event.target) ? { field: event.target, value: event.target.value } : null
      lastKey = event.timeStamp
      const { took, begins } = burst.type(character, event.timeStamp)
      if (begins && before) restore(before.field, before.value)
      if (!took) return
      event.preventDefault()
      event.stopImmediatePropagation()
      clearTimeout(timer)
      timer = setTimeout(end, END_MS)
    }
    const press = (event: KeyboardEvent): void => {
      const ends = (event.key === 'Enter' || event.key === 'Tab') && burst.scanning()
      if (ends) {
        event.preventDefault()
        event.stopImmediatePropagation()
        end()
      } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) take(event.key, event)
    }
    // Letters with marks may come as text without a key press.
    const insert = (event: InputEvent): void => {
      if (burst.scanning() && event.inputType === 'insertText' && event.data !== null) take(event.data, event)
    }
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (!looksLikeCard(text)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      latest.current(text)
    }
    window.addEventListener('keydown', press, true)
    window.addEventListener('beforeinput', insert, true)
    window.addEventListener('paste', paste, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', press, true)
      window.removeEventListener('beforeinput', insert, true)
      window.removeEventListener('paste', paste, true)
    }
  }, [])
}
