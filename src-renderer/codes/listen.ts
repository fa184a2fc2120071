import { flushSync } from 'react-dom'
import type { ScannedCode } from '@contract/codes'
import { createWedge, type Reply, type WedgeField, type WedgeKey } from './wedge'

export type Listener = Readonly<{
  /** Somebody takes codes of this kind now. */
  wanted: (kind: ScannedCode['kind']) => boolean
  /** `inputMethod`: Telex or VNI was at work while the code was typed. */
  deliver: (code: ScannedCode, facts: Readonly<{ inputMethod: boolean }>) => void
  /** A text that is pasted; false leaves it to what has the focus. `inField`: it would become text there. */
  pasted: (text: string, inField: boolean) => boolean
}>

type TextField = HTMLInputElement | HTMLTextAreaElement
const NO_TEXT: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color', 'image'])
const isTextField = (element: unknown): element is TextField => (element instanceof HTMLInputElement && !NO_TEXT.has(element.type)) || element instanceof HTMLTextAreaElement

/** True while what is typed becomes text of a field. */
export const isTyping = (element: Element | null): boolean => isTextField(element) || element instanceof HTMLSelectElement

/** Puts a value into a field as if it had been typed or chosen. */
function write(field: TextField | HTMLSelectElement, value: string): void {
  if (field.value === value) return
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : field instanceof HTMLSelectElement ? HTMLSelectElement : HTMLTextAreaElement
  // React replaces the setter of the field itself to see changes; the one of its kind is still the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
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
  if (element instanceof HTMLSelectElement) {
    // Letters choose in a list; what was chosen comes back, and there is no text to put in.
    return { get: () => ({ value: element.value, start: 0, end: 0 }), set: ({ value }) => write(element, value), longest: 0 }
  }
  return null
}

const keyOf = (event: KeyboardEvent): WedgeKey => ({
  key: event.key, code: event.code, shift: event.shiftKey, ctrl: event.ctrlKey, alt: event.altKey, meta: event.metaKey,
  capsLock: event.getModifierState('CapsLock'), repeat: event.repeat, at: event.timeStamp,
})

function answer(event: Event, reply: Reply): void {
  if (reply === 'pass') return
  if (reply === 'swallow') event.preventDefault()
  event.stopImmediatePropagation()
}

/** Listens to everything that is typed or pasted in the window, before any field gets it. @returns what ends it */
export function listenForCodes(target: Window, { wanted, deliver, pasted }: Listener): () => void {
  let replaying = false
  const replay = ({ key, code, shift }: WedgeKey): void => {
    replaying = true
    const focused = target.document.activeElement ?? target.document.body
    // The next key has to find the screen as this one leaves it: between keys of a hand the page draws, here it would not.
    flushSync(() => void focused.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey: shift, bubbles: true, cancelable: true })))
    replaying = false
  }
  const wedge = createWedge({
    field: () => fieldOf(target.document.activeElement), wanted, deliver, replay,
    later: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  })
  const press = (event: KeyboardEvent): void => {
    if (!replaying) answer(event, wedge.press(keyOf(event)))
  }
  const insert = (event: InputEvent): void => {
    if (event.inputType === 'insertText' && event.data !== null) answer(event, wedge.insert(event.data, event.timeStamp))
  }
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text !== '' && pasted(text, isTyping(target.document.activeElement))) answer(event, 'swallow')
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
