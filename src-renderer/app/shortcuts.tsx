import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { createRegistry, type Entry, type KeyName, keyNameOf, newLayer } from './shortcut-registry'

export { type KeyName, keyNameOf } from './shortcut-registry'

const Shortcuts = createContext(createRegistry())
const Layer = createContext(0)

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName)) && !['checkbox', 'radio', 'button'].includes(target.getAttribute('type') ?? '')
}

/** Keys of the whole window. */
export function ShortcutProvider({ children }: { children: ReactNode }): ReactNode {
  const registry = useMemo(() => createRegistry(), [])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return
      const name = keyNameOf(event)
      if (name.length === 1 && isTyping(event.target)) return
      const found = registry.find(name)
      if (!found) return
      event.preventDefault()
      found.act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [registry])
  return <Shortcuts.Provider value={registry}>{children}</Shortcuts.Provider>
}

/** Keys bound inside act alone while this is on the screen: what lies under a dialog or under the lock hears nothing. */
export function ShortcutLayer({ children }: { children: ReactNode }): ReactNode {
  const registry = useContext(Shortcuts)
  const [layer] = useState(newLayer)
  // Together with what is seen: a key pressed the moment the layer is gone from the screen is for what lies beneath.
  useLayoutEffect(() => registry.cover(layer), [registry, layer])
  return <Layer.Provider value={layer}>{children}</Layer.Provider>
}

/** Binds a key while the component is on the screen. `label` is what the key sheet (F1) says; without `act` the key is free. */
export function useShortcut(keys: KeyName | undefined, label: string, act: (() => void) | undefined): void {
  const registry = useContext(Shortcuts)
  const layer = useContext(Layer)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const on = act !== undefined
  useEffect(
    () => (keys !== undefined && on ? registry.add({ keys, label, layer, act: () => latest.current?.() }) : undefined),
    [registry, keys, label, layer, on],
  )
}

/** The keys of the screen for the key sheet: those that act now or, once the sheet itself covers them, those beneath it. */
export function useActiveShortcuts(covered: boolean): readonly Entry[] {
  const registry = useContext(Shortcuts)
  return useSyncExternalStore(registry.subscribe, covered ? registry.beneath : registry.list)
}
