import { undoInputMethod } from '@contract/code-typing'
import { classifyScan, isWholeCard, looksLikeCard, normaliseScan, type ScannedCode } from '@contract/codes'

export { looksLikeCard }

/**
 * The longest pause between two keys of a reader that types, in milliseconds. Readers stay under 35, hands above 60; Windows tells
 * the time of a key in steps of 16.
 */
export const KEY_PAUSE_MS = 50
/** Keys this close to each other in a row, and what they say could be a code of ours: no hand does that. */
const CERTAIN_KEYS = 6
/** The longest text kept of one burst. */
const LONGEST = 3000
/** Keys of a person that can stand this close before a scan (fingers that roll), and after it. */
const MOST_BEFORE = 8
const STRANGERS: readonly (readonly [before: number, after: number])[] = Array.from({ length: MOST_BEFORE + 1 }, (_, before) => before).flatMap((before) => [[before, 0] as const, [before, 1] as const])

// The beginnings of what is caught: a card, a dossier code, a sheet of ours.
const BEGINNINGS = /^(?:\][A-Z][0-9A-Z])?(?:\d{6,12}(?:\||$)|(?:TH-)?(?:[GH]\d{2}[.-]|TAM\.)|\d{3}\.\d{2}|MOTCUA)/iu
const couldBe = (text: string): boolean => {
  for (let before = 0; before <= Math.min(MOST_BEFORE, text.length - CERTAIN_KEYS); before += 1) if (BEGINNINGS.test(text.slice(before))) return true
  return false
}
/** A prefix that readers can be set to send, which no code of ours begins with. */
const PREFIX = '~'

/** A key as the system understood it and as its place on a US keyboard says. */
type Typed = Readonly<{ character: string; place: string }>

/** `before` and `after`: keys of a person that came within the burst's time. Without a code, `before` is all that was typed. */
export type Caught = Readonly<{ code: ScannedCode | null; before: string; after: string; inputMethod: boolean }>
const NOTHING: Caught = { code: null, before: '', after: '', inputMethod: false }

export type Burst = Readonly<{
  /**
   * Takes a typed character; `place`: the same key on the US layout. `took`: keep it from the field; `begins`: it has just become clear
   * that a code is being scanned, and what came since the burst began is part of it.
   */
  type(character: string, at: number, place?: string): { took: boolean; begins: boolean }
  /** Takes the last character back, as an input method does that turns letters into others. */
  back(at: number): { took: boolean }
  /** From now on everything is taken: a reader's prefix key was pressed. */
  begin(at: number): void
  /** The burst is over (Enter, Tab, silence): what it was. */
  finish(capsLock?: boolean): Caught
  /** The text when the burst was a card; null when it was none. */
  end(): string | null
  /** True while a code is coming in. */
  scanning(): boolean
  /** True when what has come is whole: a pause now is its end. */
  whole(): boolean
  /** Keys of the burst so far. */
  length(): number
}>

/** A code whose numbers are all in place, so that nothing was lost from it or added to it. */
function certain(text: string): ScannedCode | null {
  const code = classifyScan(text)
  if (code.kind === 'unknown') return null
  return code.kind === 'card' && !isWholeCard(code.text) ? null : code
}

function certainWithinStrangers(typed: readonly Typed[], read: (key: Typed) => string): Omit<Caught, 'inputMethod'> | null {
  const characters = typed.map(read)
  for (const [before, after] of STRANGERS) {
    const text = characters.slice(before, characters.length - after).join('')
    // A blank at an end is a person's.
    const code = text === text.trim() ? certain(text) : null
    const strangers = typed.slice(0, before).map((key) => key.character).join('')
    if (code) return { code, before: strangers === PREFIX ? '' : strangers, after: after === 0 ? '' : (typed.at(-1)?.character ?? '') }
  }
  return null
}

/** What the keys say: by what the system made of them, by their places, as a damaged card, and with an input method's work undone. */
function recognise(typed: readonly Typed[], capsLock: boolean): Omit<Caught, 'inputMethod'> {
  const byKey = (key: Typed): string => key.character
  const byPlace = (key: Typed): string => key.place
  const ways = capsLock ? [byPlace, byKey] : [byKey, byPlace]
  for (const way of ways) {
    const found = certainWithinStrangers(typed, way)
    if (found) return found
  }
  const texts = ways.map((way) => typed.map(way).join(''))
  const damaged = texts.find((text) => looksLikeCard(normaliseScan(text)))
  if (damaged !== undefined) return { code: classifyScan(damaged), before: '', after: '' }
  const undone = texts.flatMap(undoInputMethod).map(certain).find((code) => code !== null && code.kind !== 'card')
  return { code: undone ?? null, before: undone ? '' : typed.map(byKey).join(''), after: '' }
}

/** Follows key presses and tells a reader, which types a whole code within moments, from a hand. */
export function createBurst(): Burst {
  let typed: Typed[] = []
  let last = Number.NEGATIVE_INFINITY
  let taken = false
  let inputMethod = false
  const clear = (): void => {
    typed = []
    taken = false
    inputMethod = false
  }
  // Once a code is coming in, a busy machine may deliver its keys late.
  const step = (at: number): void => {
    if (!taken && at - last > KEY_PAUSE_MS) clear()
    last = at
  }
  const text = (read: (key: Typed) => string): string => typed.map(read).join('')
  const either = (test: (text: string) => boolean): boolean => test(text((key) => key.character)) || test(text((key) => key.place))
  const finish = (capsLock = false): Caught => {
    const caught = typed.length === 0 ? NOTHING : { ...recognise(typed, capsLock), inputMethod }
    clear()
    return caught
  }
  return {
    type(character, at, place = character) {
      step(at)
      if (typed.length < LONGEST) typed.push({ character, place })
      const begins = !taken && typed.length >= CERTAIN_KEYS && either(couldBe)
      taken ||= begins
      return { took: taken, begins }
    },
    back(at) {
      step(at)
      inputMethod ||= typed.length > 0
      typed.pop()
      return { took: taken }
    },
    begin(at) {
      clear()
      last = at
      taken = true
    },
    finish,
    end() {
      const { code } = finish()
      return code?.kind === 'card' ? code.text : null
    },
    scanning: () => taken,
    whole: () => certainWithinStrangers(typed, (key) => key.character) !== null || certainWithinStrangers(typed, (key) => key.place) !== null,
    length: () => typed.length,
  }
}
