import type { ScannedCode } from '@contract/codes'
import { createBurst, KEY_PAUSE_MS } from './burst'
import { characterAt } from './key-places'

/** A reader whose text is not whole yet has ended when nothing came for this long, in milliseconds: a busy machine is late at times. */
const END_MS = 150
/** Enter, Tab or another line end this soon after a scan still belongs to it. */
const SUFFIX_MS = 150
/** So many keys in a row without a pause, where no field is, are no shortcuts of a hand. */
const NO_HAND = 6

export type WedgeKey = Readonly<{ key: string; code: string; shift: boolean; ctrl: boolean; alt: boolean; meta: boolean; capsLock: boolean; repeat: boolean; at: number }>
export type Held = Readonly<{ value: string; start: number; end: number }>
/** A field that is being typed into. */
export type WedgeField = Readonly<{ get: () => Held; set: (held: Held) => void; longest: number | null }>
/** `swallow`: nobody gets the key. `quiet`: the system may have it (Alt codes), the page not. */
export type Reply = 'pass' | 'swallow' | 'quiet'

export type WedgePorts = Readonly<{
  /** The field with the focus; null when no text is being typed. */
  field: () => WedgeField | null
  /** Somebody takes codes of this kind. Unknown ones are asked for outside fields only. */
  wanted: (kind: ScannedCode['kind']) => boolean
  deliver: (code: ScannedCode, facts: Readonly<{ inputMethod: boolean }>) => void
  /** Sends a key again that waited, outside a field, to see whether it begins a scan. */
  replay: (key: WedgeKey) => void
  later: (ms: number, act: () => void) => () => void
}>

export type Wedge = Readonly<{
  press: (key: WedgeKey) => Reply
  /** One character that comes without a key: Alt codes, packets of an input method. Longer texts are no reader's. */
  insert: (text: string, at: number) => Reply
  /** Ends a scan that is under way; what is no code goes back to its field. */
  dispose: () => void
}>

const inserted = ({ value, start, end }: Held, text: string, longest: number | null): Held => {
  const room = longest === null ? text.length : Math.max(0, longest - (value.length - (end - start)))
  const kept = text.slice(0, room)
  return { value: value.slice(0, start) + kept + value.slice(end), start: start + kept.length, end: start + kept.length }
}

const BARE: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn', 'Unidentified', 'Process', 'Dead'])
const isLineEnd = ({ key, shift, ctrl, alt, meta }: WedgeKey): boolean => (key === 'Enter' || key === 'Tab') && !shift && !ctrl && !alt && !meta
/** Ctrl+M, Ctrl+J, Ctrl+C, Ctrl+I: CR, LF, ETX and Tab of readers that send control characters. */
const isControlEnd = ({ code, ctrl, alt, meta }: WedgeKey): boolean => ctrl && !alt && !meta && ['KeyM', 'KeyJ', 'KeyC', 'KeyI'].includes(code)
const isPrefixKey = ({ key }: WedgeKey): boolean => /^F(?:1[3-9]|2[0-4])$/u.test(key)
const isAltCode = ({ alt, ctrl, meta, code }: WedgeKey): boolean => alt && !ctrl && !meta && /^Numpad\d$/u.test(code)
const charactersOf = ({ key, code, shift }: WedgeKey): Readonly<{ character: string; place: string }> | null => {
  const place = characterAt(code, shift)
  if ([...key].length === 1) return { character: key, place: place ?? key }
  // An input method has the key, or it waits for a second one: its place still says what the reader meant.
  return place !== null && (key === 'Process' || key === 'Dead' || key === 'Unidentified') ? { character: place, place } : null
}

/**
 * A reader that types, told from a person who types. In a field no key is ever held back: all pass until it is certain that they are a
 * code of ours; then the field is put back to what it held before, and the rest is taken. What proves to be no code after all is put into
 * the field, as if nothing had been taken. Outside fields, where keys are shortcuts, a single character waits for 50 ms, or for the
 * next key of another kind, so that no part of a scan acts.
 */
export function createWedge({ field, wanted, deliver, replay, later }: WedgePorts): Wedge {
  const burst = createBurst()
  let origin: Readonly<{ field: WedgeField; held: Held }> | null = null
  /** Keys of the burst that wait outside a field; the last of them for one that a person struck behind the scan. */
  let waiting: WedgeKey[] = []
  /** The burst as the system understood it. */
  let raw = ''
  let expected = false
  let last = Number.NEGATIVE_INFINITY
  let endedAt = Number.NEGATIVE_INFINITY
  let capsLock = false
  let cancel = (): void => undefined

  const remember = (): void => {
    const found = field()
    origin = found && { field: found, held: found.get() }
    raw = ''
  }
  const putBack = (text: string): void => {
    if (origin) origin.field.set(inserted(origin.held, text, origin.field.longest))
  }
  const dropWaiting = (): readonly WedgeKey[] => {
    const keys = waiting
    waiting = []
    return keys
  }
  /** The scan is over; true when it was a code that somebody wanted, or one outside fields that is nobody's. */
  const end = (at: number): boolean => {
    cancel()
    const { code, before, after, inputMethod } = burst.finish(capsLock)
    const text = raw
    raw = ''
    const keys = dropWaiting()
    if (code !== null && wanted(code.kind)) {
      endedAt = at
      putBack(before + after)
      if (!origin) for (const key of [...keys.slice(0, before.length), ...keys.slice(keys.length - after.length)]) replay(key)
      deliver(code, { inputMethod })
      return true
    }
    if (origin) {
      putBack(text)
      return false
    }
    endedAt = at
    if (text !== '' && wanted('unknown')) deliver(code ?? { kind: 'unknown', text }, { inputMethod })
    return true
  }
  /** Keys that waited outside a field: many were a reader's, few are a hand's and act now, in their order. True when they were a reader's. */
  const release = (): boolean => {
    if (burst.scanning() || waiting.length >= NO_HAND) return end(last)
    cancel()
    burst.finish()
    last = Number.NEGATIVE_INFINITY
    for (const key of dropWaiting()) replay(key)
    return false
  }
  // A timer may come before keys that arrived while the page was busy: one more turn lets them come first.
  const afterPause = (ms: number, act: () => void): void => {
    cancel()
    cancel = later(ms, () => { cancel = later(0, act) })
  }
  const wait = (): void => afterPause(KEY_PAUSE_MS, () => {
    if (burst.whole()) end(last)
    else afterPause(END_MS - KEY_PAUSE_MS, () => void end(last))
  })

  const track = (characters: Readonly<{ character: string; place: string }>, at: number): boolean => {
    // A pause after a whole code is its end, whatever the clock of the page has come to.
    if (burst.scanning() && at - last > KEY_PAUSE_MS && burst.whole()) end(last)
    if (!burst.scanning() && at - last > KEY_PAUSE_MS) {
      release()
      remember()
    }
    last = at
    raw += characters.character
    const { took, begins } = burst.type(characters.character, at, characters.place)
    if (begins && origin) origin.field.set(origin.held)
    if (took) wait()
    return took
  }

  const suffix = (key: WedgeKey): Reply => {
    // Keys that were put back into a field are followed by the key that ended them; a code takes it along.
    if (burst.scanning()) return end(key.at) ? 'swallow' : 'pass'
    if (key.at - endedAt <= SUFFIX_MS) return 'swallow'
    return release() ? 'swallow' : 'pass'
  }
  const backspace = (key: WedgeKey): Reply => {
    if (origin === null || burst.length() === 0 || key.at - last > KEY_PAUSE_MS) return other(key)
    last = key.at
    raw = raw.slice(0, -1)
    const { took } = burst.back(key.at)
    if (took) wait()
    return took ? 'swallow' : 'pass'
  }
  /** A key that types nothing is a hand's: what came before it was typed, however fast. */
  const other = (key: WedgeKey): Reply => {
    if (burst.scanning()) end(key.at)
    else release()
    return 'pass'
  }

  const press = (key: WedgeKey): Reply => {
    capsLock = key.capsLock
    expected = false
    const characters = charactersOf(key)
    if (!characters && BARE.has(key.key)) return 'pass'
    if (key.repeat && !burst.scanning()) return other(key)
    if (isPrefixKey(key)) {
      release()
      remember()
      burst.begin(key.at)
      last = key.at
      wait()
      return 'swallow'
    }
    if (isLineEnd(key)) return suffix(key)
    if (isControlEnd(key) && (burst.scanning() || key.at - endedAt <= SUFFIX_MS)) return suffix(key)
    if (isAltCode(key) && burst.scanning()) {
      last = key.at
      wait()
      return 'quiet'
    }
    if (key.key === 'Backspace' && !key.ctrl && !key.alt && !key.meta) return backspace(key)
    if (key.ctrl || key.alt || key.meta || !characters) return other(key)
    // The space bar presses what has the focus; it begins no code.
    if (key.key === ' ' && !burst.scanning() && field() === null) return other(key)
    if (track(characters, key.at)) {
      if (!origin) waiting.push(key)
      return 'swallow'
    }
    if (origin === null) {
      waiting.push(key)
      afterPause(KEY_PAUSE_MS, () => void release())
      return 'swallow'
    }
    expected = true
    return 'pass'
  }

  return {
    press,
    insert: (text, at) => {
      // A key that passed is followed by its own text, which an input method may have changed.
      const own = expected
      expected = false
      if (!burst.scanning() && (own || [...text].length > 1)) return 'pass'
      let took = false
      for (const character of text) took = track({ character, place: character }, at)
      return took ? 'swallow' : 'pass'
    },
    dispose: () => {
      release()
      cancel()
    },
  }
}
