/**
 * A key as `Ctrl+Enter`, `Alt+1`, `F3`, `Shift+F4`, or a single letter or digit. Single ones act only while no field is being typed in.
 */
export type KeyName = string

/** A key that is bound, on the layer of the window that binds it: 0 the screens, above them dialogs and the lock. */
export type Entry = Readonly<{ keys: KeyName; label: string; layer: number; act: () => void }>

export type Registry = Readonly<{
  add(entry: Entry): () => void
  /** Puts a layer above all others: until it is taken away again, keys of the layers below are silent. */
  cover(layer: number): () => void
  subscribe(changed: () => void): () => void
  /** The keys that act now, those added last at the end. The same array until something changes. */
  list(): readonly Entry[]
  /** The keys that acted before the layer on top came: what a key sheet on that layer tells about. */
  beneath(): readonly Entry[]
  /** What a key does now: the entry added last, the innermost part of the screen, wins. */
  find(keys: KeyName): Entry | undefined
}>

let made = 0

/** A number for a layer of its own; 0 is the screens. */
export function newLayer(): number {
  made += 1
  return made
}

/** Every key of the window, in one place: what is bound, and what of it acts at the moment. */
export function createRegistry(): Registry {
  let entries: readonly Entry[] = []
  let layers: readonly number[] = []
  let active: readonly Entry[] = []
  let covered: readonly Entry[] = []
  const listeners = new Set<() => void>()
  const refresh = (): void => {
    const ofLayer = (wanted: number): readonly Entry[] => entries.filter(({ layer }) => layer === wanted)
    active = ofLayer(layers.at(-1) ?? 0)
    covered = ofLayer(layers.at(-2) ?? 0)
    listeners.forEach((listener) => listener())
  }
  return {
    add: (entry) => {
      entries = [...entries, entry]
      refresh()
      return () => {
        entries = entries.filter((other) => other !== entry)
        refresh()
      }
    },
    cover: (layer) => {
      layers = [...layers, layer]
      refresh()
      return () => {
        layers = layers.filter((other) => other !== layer)
        refresh()
      }
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    list: () => active,
    beneath: () => covered,
    find: (keys) => active.findLast((entry) => entry.keys === keys),
  }
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

/** The name of a key press in the form that shortcuts are written in. Behind Ctrl and Alt the key itself counts, whatever the input method makes of it. */
export function keyNameOf(event: Press): KeyName {
  const digit = /^(?:Digit|Numpad)(\d)$/u.exec(event.code)?.[1]
  const letter = /^Key([A-Z])$/u.exec(event.code)?.[1]
  const base = event.ctrlKey || event.altKey ? (digit ?? letter ?? event.key) : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const named = base === ' ' ? 'Space' : base
  const withShift = event.shiftKey && (named.length > 1 || event.ctrlKey || event.altKey)
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', withShift ? 'Shift' : '', named].filter((part) => part !== '').join('+')
}
