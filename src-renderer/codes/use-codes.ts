import { useEffect, useRef } from 'react'
import { looksLikeCard, normaliseScan, type ScannedCode } from '@contract/codes'
import { createWedge, type Reply, type WedgeField, type WedgeKey } from './wedge'

/** What came with a code: `inputMethod`, that Telex or VNI was at work while it was typed. */
export type ScanFacts = Readonly<{ inputMethod: boolean }>
/** Takes what is no card; false leaves it to the field that has the focus. Codes of unknown kind are asked for outside fields only. */
export type OtherCodes = Readonly<{ wants: (kind: ScannedCode['kind']) => boolean; take: (code: ScannedCode, facts: ScanFacts) => void }>

type TextField = HTMLInputElement | HTMLTextAreaElement
const NO_TEXT: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color', 'image'])
const isTextField = (element: unknown): element is TextField => (element instanceof HTMLInputElement && !NO_TEXT.has(element.type)) || element instanceof HTMLTextAreaElement

/** Puts a value into a field as if it had been typed. */
function write(field: TextField, value: string): void {
  if (field.value === value) return
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  // React replaces the setter of the field itself to see changes; the one of its kind is still the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function fieldOf(element: Element | null): WedgeField | null {
  if (isTextField(element)) {
    return {
      // Fields for numbers and addresses know no selection.
      get: () => ({ value: element.value, start: element.selectionStart ?? element.value.length, end: element.selectionEnd ?? element.value.length }),
      set: ({ value, start, end }) => {
        write(element, value)
        if (element.selectionStart !== null) element.setSelectionRange(start, end)
      },
      longest: element.maxLength >= 0 ? element.maxLength : null,
    }
  }
  // Lists and free text take keys as well; there is nothing to put back in them.
  const takesKeys = element instanceof HTMLSelectElement || (element instanceof HTMLElement && element.isContentEditable)
  return takesKeys ? { get: () => ({ value: '', start: 0, end: 0 }), set: () => undefined, longest: null } : null
}

const keyOf = (event: KeyboardEvent): WedgeKey => ({
  key: event.key, code: event.code, shift: event.shiftKey, ctrl: event.ctrlKey, alt: event.altKey, meta: event.metaKey,
  capsLock: event.getModifierState('CapsLock'), repeat: event.repeat, at: event.timeStamp,
})

function replay({ key, code, shift }: WedgeKey): void {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey: shift, bubbles: true, cancelable: true }))
}

function answer(event: Event, reply: Reply): void {
  if (reply === 'pass') return
  if (reply === 'swallow') event.preventDefault()
  event.stopImmediatePropagation()
}

/** Listens to everything that is typed or pasted in the window. @returns what ends it */
function listen(target: Window, wanted: (kind: ScannedCode['kind']) => boolean, deliver: (code: ScannedCode, facts: ScanFacts) => void): () => void {
  const wedge = createWedge({
    field: () => fieldOf(document.activeElement), wanted, deliver, replay,
    later: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  })
  // Keys that are sent again, or by a script, are no reader's.
  const press = (event: KeyboardEvent): void => {
    if (event.isTrusted) answer(event, wedge.press(keyOf(event)))
  }
  const insert = (event: InputEvent): void => {
    if (event.isTrusted && event.inputType === 'insertText' && event.data !== null) answer(event, wedge.insert(event.data, event.timeStamp))
  }
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!looksLikeCard(text) || !wanted('card')) return
    answer(event, 'swallow')
    deliver({ kind: 'card', text: normaliseScan(text) }, { inputMethod: false })
  }
  target.addEventListener('keydown', press, true)
  target.addEventListener('beforeinput', insert, true)
  target.addEventListener('paste', paste, true)
  return () => {
    target.removeEventListener('keydown', press, true)
    target.removeEventListener('beforeinput', insert, true)
    target.removeEventListener('paste', paste, true)
    wedge.dispose()
  }
}

/**
 * Catches codes that are scanned anywhere on the screen, and cards that are pasted, before the focused field gets them. Codes that
 * nobody here takes stay text in the field.
 */
export function useCodes(onCard: (text: string) => void, others?: OtherCodes): void {
  const latest = useRef({ onCard, others })
  useEffect(() => {
    latest.current = { onCard, others }
  })
  useEffect(() => listen(
    window,
    (kind) => kind === 'card' || latest.current.others?.wants(kind) === true,
    (code, facts) => {
      if (code.kind === 'card') latest.current.onCard(code.text)
      else latest.current.others?.take(code, facts)
    },
  ), [])
}
