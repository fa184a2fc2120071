import type { ScannedCode } from '../../../src-preload/contract/codes'
import { createWedge, type Held, type Wedge, type WedgeKey } from '../../../src-renderer/codes/wedge'

/** A window with one field, or none, that hears keys as the browser would tell them; time is told by the keys. */
export type Desk = Readonly<{
  key: (key: Partial<WedgeKey> & { key: string }, at: number) => void
  /** Text without a key, as of an Alt code. */
  insert: (text: string, at: number) => void
  /** Puts the caret before this character. */
  caret: (at: number) => void
  /** Lets time pass until nothing waits any more. */
  settle: () => void
  field: () => string
  codes: () => readonly ScannedCode[]
  /** Keys that acted on the page: Enter, Tab, shortcuts. */
  acted: () => readonly string[]
  /** Everything that the field ever held. */
  seen: () => readonly string[]
  wedge: Wedge
}>

const US = new Map([...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [letter, `Key${letter.toUpperCase()}`]))

export const codeOf = (character: string): string => {
  const small = character.toLowerCase()
  if (US.has(small)) return US.get(small) ?? ''
  if (/\d/u.test(character)) return `Digit${character}`
  return { '|': 'Backslash', '-': 'Minus', '.': 'Period', ':': 'Semicolon', '/': 'Slash', ',': 'Comma', ' ': 'Space' }[character] ?? ''
}
const shifted = (character: string): boolean => character.length === 1 && /[A-Z|:]/u.test(character)

export function createDesk({ inField = true, wants = ['card', 'dossier', 'separator', 'self-test'], start = '' }: { inField?: boolean; wants?: readonly string[]; start?: string } = {}): Desk {
  let held: Held = { value: start, start: start.length, end: start.length }
  const seen = [start]
  const codes: ScannedCode[] = []
  const acted: string[] = []
  const timers = new Set<{ due: number; act: () => void }>()
  let now = 0
  const set = (next: Held): void => {
    held = next
    seen.push(next.value)
  }
  const advance = (to: number): void => {
    for (;;) {
      const [next] = [...timers].filter(({ due }) => due <= to).sort((one, other) => one.due - other.due)
      if (!next) break
      timers.delete(next)
      now = next.due
      next.act()
    }
    now = Math.max(now, to)
  }
  const wedge = createWedge({
    field: () => (inField ? { get: () => held, set, longest: null } : null),
    wanted: (kind) => wants.includes(kind),
    deliver: (code) => codes.push(code),
    replay: ({ key }) => acted.push(key),
    later: (ms, act) => {
      const timer = { due: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  })
  const typeIn = (text: string): void => set({ value: held.value.slice(0, held.start) + text + held.value.slice(held.end), start: held.start + text.length, end: held.start + text.length })
  return {
    wedge,
    key: (key, at) => {
      advance(at)
      const whole: WedgeKey = { code: codeOf(key.key), shift: shifted(key.key), ctrl: false, alt: false, meta: false, capsLock: false, repeat: false, ...key, at }
      if (wedge.press(whole) !== 'pass') return
      if ([...whole.key].length > 1 || whole.ctrl || whole.alt) {
        if (whole.key === 'Backspace' && held.start > 0) set({ value: held.value.slice(0, held.start - 1) + held.value.slice(held.end), start: held.start - 1, end: held.start - 1 })
        else acted.push(`${whole.alt ? 'Alt+' : ''}${whole.ctrl ? 'Ctrl+' : ''}${whole.key}`)
      } else if (!inField) acted.push(whole.key)
      else if (wedge.insert(whole.key, at) === 'pass') typeIn(whole.key)
    },
    insert: (text, at) => {
      advance(at)
      if (wedge.insert(text, at) === 'pass' && inField) typeIn(text)
    },
    caret: (at) => void (held = { ...held, start: at, end: at }),
    settle: () => advance(now + 2000),
    field: () => held.value,
    codes: () => codes,
    acted: () => acted,
    seen: () => seen,
  }
}

/** Types a text at an even pace and answers when its last key came. */
export function typeText(desk: Desk, text: string, from: number, pause: number): number {
  let at = from
  for (const [index, character] of [...text].entries()) desk.key({ key: character }, (at = from + index * pause))
  return at
}
