import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'

/**
 * A key as `Ctrl+Enter`, `Alt+1`, `F3`, `Shift+F4`, or a single letter or digit. Single ones act only while no field is being typed in.
 */
export type KeyName = string

type Entry = { readonly keys: KeyName; readonly label: string; act: () => void }

type Registry = Readonly<{
  add(entry: Entry): () => void
  subscribe(changed: () => void): () => void
  list(): readonly Entry[]
}>

function createRegistry(): Registry {
  let entries: readonly Entry[] = []
  const listeners = new Set<() => void>()
  const set = (next: readonly Entry[]): void => {
    entries = next
    listeners.forEach((listener) => listener())
  }
  return {
    add: (entry) => {
      set([...entries, entry])
      return () => set(entries.filter((other) => other !== entry))
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    list: () => entries,
  }
}

const Shortcuts = createContext<Registry>(createRegistry())

/** The name of a key press in the form that shortcuts are written in. */
export function keyNameOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>): KeyName {
  const digit = /^(?:Digit|Numpad)(\d)$/u.exec(event.code)?.[1]
  const letter = /^Key([A-Z])$/u.exec(event.code)?.[1]
  const base = event.ctrlKey || event.altKey ? (digit ?? letter ?? event.key) : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const named = base === ' ' ? 'Space' : base
  const withShift = event.shiftKey && (named.length > 1 || event.ctrlKey || event.altKey)
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', withShift ? 'Shift' : '', named].filter((part) => part !== '').join('+')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName)) && !['checkbox', 'radio', 'button'].includes(target.getAttribute('type') ?? '')
}

/** Keys of the whole window. The entry added last (the innermost part on the screen) wins. */
export function ShortcutProvider({ children }: { children: ReactNode }): ReactNode {
  const registry = useMemo(() => createRegistry(), [])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return
      const name = keyNameOf(event)
      if (name.length === 1 && isTyping(event.target)) return
      const found = registry.list().filter((entry) => entry.keys === name).at(-1)
      if (!found) return
      event.preventDefault()
      found.act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [registry])
  return <Shortcuts.Provider value={registry}>{children}</Shortcuts.Provider>
}

/** Binds a key while the component is on the screen. `label` is what the key sheet (F1) says; without `act` the key is free. */
export function useShortcut(keys: KeyName | undefined, label: string, act: (() => void) | undefined): void {
  const registry = useContext(Shortcuts)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const on = act !== undefined
  useEffect(() => (keys !== undefined && on ? registry.add({ keys, label, act: () => latest.current?.() }) : undefined), [registry, keys, label, on])
}

/** The keys that act at this moment, for the key sheet. */
export function useActiveShortcuts(): readonly { keys: KeyName; label: string }[] {
  const registry = useContext(Shortcuts)
  return useSyncExternalStore(registry.subscribe, registry.list)
}
