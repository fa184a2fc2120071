import type { ScannedCode } from '@contract/codes'
import { createBurst, KEY_PAUSE_MS } from './burst'
import { characterAt } from './key-places'

/** A reader whose text is not whole yet has ended when nothing came for this long, in milliseconds: a busy machine is late at times. */
const END_MS = 150
/** Enter, Tab or another line end this soon after a scan still belongs to it. */
const SUFFIX_MS = 150
/** Fast keys in a row outside a field that are no shortcuts of a hand. */
const NO_HAND = 3

export type WedgeKey = Readonly<{ key: string; code: string; shift: boolean; ctrl: boolean; alt: boolean; meta: boolean; capsLock: boolean; repeat: boolean; at: number }>
export type Held = Readonly<{ value: string; start: number; end: number }>
/** A field that is being typed into. */
export type WedgeField = Readonly<{ get: () => Held; set: (held: Held) => void; longest: number | null }>
/** `swallow`: nobody gets the key. `quiet`: the system may have it (Alt codes), the page not. */
export type Reply = 'pass' | 'swallow' | 'quiet'

export type WedgePorts = Readonly<{
  /** The field with the focus; null when no text is being typed. */
  field: () => WedgeField | null
  wanted: (kind: ScannedCode['kind']) => boolean
  deliver: (code: ScannedCode, facts: Readonly<{ inputMethod: boolean }>) => void
  /** Sends a key again that was held back to see what follows it. */
  replay: (key: WedgeKey) => void
  later: (ms: number, act: () => void) => () => void
}>

export type Wedge = Readonly<{
  press: (key: WedgeKey) => Reply
  /** Text that comes without a key: Alt codes, packets of an input method. */
  insert: (text: string, at: number) => Reply
  /** Ends a scan that is under way; what is no code goes back to its field. */
  dispose: () => void
}>

const inserted = ({ value, start, end }: Held, text: string, longest: number | null): Held => {
  const room = longest === null ? text.length : Math.max(0, longest - (value.length - (end - start)))
  const kept = text.slice(0, room)
  return { value: value.slice(0, start) + kept + value.slice(end), start: start + kept.length, end: start + kept.length }
}

const isSuffix = ({ key, code, ctrl }: WedgeKey): boolean => key === 'Enter' || key === 'Tab' || (ctrl && ['KeyM', 'KeyJ', 'KeyC', 'KeyI'].includes(code))
const isPrefixKey = ({ key }: WedgeKey): boolean => /^F(?:1[3-9]|2[0-4])$/u.test(key)
const isAltCode = ({ alt, code }: WedgeKey): boolean => alt && /^Numpad\d$/u.test(code)
const charactersOf = ({ key, code, shift }: WedgeKey): Readonly<{ character: string; place: string }> | null => {
  const place = characterAt(code, shift)
  if ([...key].length === 1) return { character: key, place: place ?? key }
  // An input method has the key, or it waits for a second one: its place still says what the reader meant.
  return place !== null && (key === 'Process' || key === 'Dead' || key === 'Unidentified') ? { character: place, place } : null
}

/**
 * A reader that types, told from a person who types. In a field the first five keys of a scan pass and are taken out again, so that
 * the field holds what the person typed, and that alone; outside fields keys wait 50 ms, so that none of a scan acts as a shortcut.
 * What proves to be no code of ours is put into the field, as if it had never been held.
 */
export function createWedge({ field, wanted, deliver, replay, later }: WedgePorts): Wedge {
  const burst = createBurst()
  let origin: Readonly<{ field: WedgeField; held: Held }> | null = null
  let waiting: WedgeKey[] = []
  let ends: readonly [WedgeKey | null, WedgeKey | null] = [null, null]
  /** The burst as the system understood it. */
  let raw = ''
  let expected = false
  let last = Number.NEGATIVE_INFINITY
  let endedAt = Number.NEGATIVE_INFINITY
  let capsLock = false
  let cancel = (): void => undefined
  let cancelHold = (): void => undefined

  const remember = (): void => {
    const found = field()
    origin = found && { field: found, held: found.get() }
    raw = ''
  }
  const putBack = (text: string): void => {
    if (origin) origin.field.set(inserted(origin.held, text, origin.field.longest))
  }
  /** True when it was a code that somebody wanted. */
  const end = (at: number): boolean => {
    cancel()
    const { code, before, after, inputMethod } = burst.finish(capsLock)
    const text = raw
    raw = ''
    if (code !== null && wanted(code.kind)) {
      endedAt = at
      putBack(before + after)
      if (!origin) for (const key of [before === '' ? null : ends[0], after === '' ? null : ends[1]]) if (key) replay(key)
      deliver(code, { inputMethod })
      return true
    }
    if (origin) putBack(text)
    else if (text !== '' && wanted('unknown')) deliver(code ?? { kind: 'unknown', text }, { inputMethod })
    return false
  }

  const release = (): void => {
    const keys = waiting
    waiting = []
    if (keys.length < NO_HAND) for (const key of keys) replay(key)
    else if (wanted('unknown')) deliver({ kind: 'unknown', text: keys.map(({ key }) => key).join('') }, { inputMethod: false })
  }

  const track = (characters: Readonly<{ character: string; place: string }>, at: number): Readonly<{ took: boolean; begins: boolean }> => {
    // A pause after a whole code is its end, whatever the clock of the page has come to.
    if (burst.scanning() && at - last > KEY_PAUSE_MS && burst.whole()) end(last)
    if (!burst.scanning() && at - last > KEY_PAUSE_MS) remember()
    last = at
    raw += characters.character
    const answer = burst.type(characters.character, at, characters.place)
    if (answer.begins) {
      cancelHold()
      ends = [waiting[0] ?? null, null]
      waiting = []
      if (origin) origin.field.set(origin.held)
    }
    if (answer.took) wait()
    return answer
  }
  const wait = (): void => {
    cancel()
    const over = (): void => void end(last)
    cancel = later(KEY_PAUSE_MS, () => {
      if (burst.whole()) over()
      else cancel = later(END_MS - KEY_PAUSE_MS, over)
    })
  }

  const hold = (key: WedgeKey): Reply => {
    waiting.push(key)
    cancelHold()
    cancelHold = later(KEY_PAUSE_MS, release)
    return 'swallow'
  }

  const suffix = (key: WedgeKey): Reply => {
    if (burst.scanning()) {
      // Keys that were put back into a field are followed by the key that ended them; a code takes it along.
      const found = end(key.at)
      return found || origin === null ? 'swallow' : 'pass'
    }
    if (key.at - endedAt <= SUFFIX_MS) return 'swallow'
    if (waiting.length >= NO_HAND && key.at - last <= KEY_PAUSE_MS) {
      cancelHold()
      release()
      return 'swallow'
    }
    return 'pass'
  }

  const press = (key: WedgeKey): Reply => {
    capsLock = key.capsLock
    if (key.repeat && !burst.scanning()) return 'pass'
    if (isPrefixKey(key)) {
      remember()
      burst.begin(key.at)
      last = key.at
      wait()
      return 'swallow'
    }
    if (isSuffix(key)) return suffix(key)
    if (isAltCode(key)) return burst.scanning() ? 'quiet' : 'pass'
    if (key.key === 'Backspace' && burst.length() > 0 && key.at - last <= KEY_PAUSE_MS) {
      last = key.at
      raw = raw.slice(0, -1)
      return burst.back(key.at).took ? 'swallow' : 'pass'
    }
    if (key.ctrl || key.alt || key.meta) {
      // A shortcut is a hand's: what came before it was typed, however fast.
      if (burst.scanning()) end(key.at)
      return 'pass'
    }
    const characters = charactersOf(key)
    if (!characters) return 'pass'
    const { took } = track(characters, key.at)
    if (took) {
      ends = [ends[0], key]
      return 'swallow'
    }
    if (origin === null && key.key !== ' ' && [...key.key].length === 1) return hold(key)
    expected = true
    return 'pass'
  }

  return {
    press,
    insert: (text, at) => {
      // A key that passed is followed by its own text, which an input method may have changed.
      const own = expected
      expected = false
      if (own && !burst.scanning()) return 'pass'
      let took = false
      for (const character of text) ({ took } = track({ character, place: character }, at))
      return took ? 'swallow' : 'pass'
    },
    dispose: () => {
      cancelHold()
      cancel()
      if (burst.scanning()) end(last)
    },
  }
}
