import { undoInputMethod } from '@contract/code-typing'
import { classifyScan, isWholeCard, looksLikeCard, normaliseScan, type ScannedCode } from '@contract/codes'

/**
 * The longest pause between two keys of a reader that types, in milliseconds. Readers stay under 35, hands above 60; Windows tells
 * the time of a key in steps of 16.
 */
export const KEY_PAUSE_MS = 50
/** The longest text kept of one burst. */
const LONGEST = 3000
/** Keys of a person that can stand this close before a scan (fingers that roll), and after it. */
const MOST_BEFORE = 8
const STRANGERS: readonly (readonly [before: number, after: number])[] = Array.from({ length: MOST_BEFORE + 1 }, (_, before) => before).flatMap((before) => [[before, 0] as const, [before, 1] as const])

/**
 * What the first keys must say before a code of ours is taken for certain: the number of a card and the sign after it, a dossier code
 * up to its day, a sheet up to its word. Nothing else is ever taken from a field.
 */
const CERTAIN = /^.{0,8}?(?:\d{12}\||(?:[GH]\d{2}(?:\.\d{2,3}){0,3}|TAM\.[\p{L}\d]{1,9}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-\d{6}|MOTCUA[^\p{L}\d\s](?:TACH|THU|TT|SO|DG|BC))$/iu
/** Keys after which no beginning can come any more. */
const DECIDED = 60
/** A prefix that readers can be set to send, which no code of ours begins with. */
const PREFIX = '~'
/** The self-test ends with this sign, and holds it so many times; it may pause before. */
const TEST_MARKS = 6

/** A key as the system understood it and as its place on a US keyboard says. */
type Typed = Readonly<{ character: string; place: string }>
type Read = (key: Typed) => string
const byKey: Read = (key) => key.character
const byPlace: Read = (key) => key.place

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

function certainWithinStrangers(typed: readonly Typed[], read: Read): Omit<Caught, 'inputMethod'> | null {
  const characters = typed.map(read)
  for (const [before, after] of STRANGERS) {
    const text = characters.slice(before, characters.length - after).join('')
    // A blank at an end is a person's.
    const code = text === text.trim() ? certain(text) : null
    const strangers = typed.slice(0, before).map(byKey).join('')
    if (code) return { code, before: strangers === PREFIX ? '' : strangers, after: after === 0 ? '' : (typed.at(-1)?.character ?? '') }
  }
  return null
}

/** What the keys say: by what the system made of them, by their places, as a damaged card, and with an input method's work undone. */
function recognise(typed: readonly Typed[], capsLock: boolean): Omit<Caught, 'inputMethod'> {
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

function isWhole(typed: readonly Typed[], read: Read): boolean {
  const found = certainWithinStrangers(typed, read)
  if (found?.code?.kind !== 'self-test') return found !== null
  const places = typed.map(byPlace).join('')
  return places.endsWith('~') && places.split('~').length > TEST_MARKS
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
  const begun = (): boolean => typed.length <= DECIDED && [byKey, byPlace].some((read) => CERTAIN.test(typed.map(read).join('')))
  return {
    type(character, at, place = character) {
      step(at)
      if (typed.length < LONGEST) typed.push({ character, place })
      const begins = !taken && begun()
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
    finish(capsLock = false) {
      const caught = typed.length === 0 ? NOTHING : { ...recognise(typed, capsLock), inputMethod }
      clear()
      return caught
    },
    scanning: () => taken,
    whole: () => isWhole(typed, byKey) || isWhole(typed, byPlace),
    length: () => typed.length,
  }
}
