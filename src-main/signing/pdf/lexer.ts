import { broken, type Budget, MAX_DEPTH, MAX_GENERATION, MAX_OBJECT } from './limits'
import type { PdfDict, PdfText, PdfValue } from './objects'

const SPACE = 1
const DELIMITER = 2
/** ISO 32000-1 §7.2.2: white space, delimiters; the rest is regular. */
const CLASS = new Uint8Array(256)
for (const char of [0, 9, 10, 12, 13, 32]) CLASS[char] = SPACE
for (const char of '()<>[]{}/%') CLASS[char.charCodeAt(0)] = DELIMITER

export const isSpace = (char: number | undefined): boolean => char !== undefined && CLASS[char] === SPACE
const isRegular = (char: number | undefined): boolean => char !== undefined && CLASS[char] === 0
const isDigit = (char: number | undefined): boolean => char !== undefined && char >= 48 && char <= 57

const HEX = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit += 1) {
  HEX[digit.toString(16).charCodeAt(0)] = digit
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}
const hexOf = (char: number | undefined): number => (char === undefined ? -1 : (HEX[char] ?? -1))
const LONGEST_NAME = 1000
/** Of a text in brackets, in bytes. */
const LONGEST_TEXT = 4 * 1024 * 1024
const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

/** Reads tokens and values one after the other out of bytes. Every method throws KS-010 for what is no PDF. */
export type Lexer = Readonly<{
  at(): number
  goTo(at: number): void
  /** Past white space and comments. */
  skip(): void
  /** Takes this word if it stands next, after white space. */
  word(word: string): boolean
  /** An integer without sign. */
  count(): number
  value(): PdfValue
}>

type State = { at: number; readonly bytes: Uint8Array; readonly budget: Budget }

function skip(state: State): void {
  const { bytes } = state
  const from = state.at
  for (let char = bytes[state.at]; char !== undefined; char = bytes[state.at]) {
    if (CLASS[char] === SPACE) state.at += 1
    else if (char === 0x25) while (state.at < bytes.length && bytes[state.at] !== 10 && bytes[state.at] !== 13) state.at += 1
    else break
  }
  if (state.at - from > 15) state.budget.step((state.at - from) >> 4)
}

function word(state: State, text: string): boolean {
  skip(state)
  for (let index = 0; index < text.length; index += 1) if (state.bytes[state.at + index] !== text.charCodeAt(index)) return false
  if (isRegular(state.bytes[state.at + text.length])) return false
  state.at += text.length
  return true
}

/** Digits from here, or -1 and nothing taken. */
function digits(state: State): number {
  const from = state.at
  let value = 0
  for (let char = state.bytes[state.at]; char !== undefined && isDigit(char) && state.at - from < 15; char = state.bytes[state.at]) {
    value = value * 10 + char - 48
    state.at += 1
  }
  if (state.at > from && !isRegular(state.bytes[state.at])) return value
  state.at = from
  return -1
}

function count(state: State): number {
  skip(state)
  const value = digits(state)
  if (value < 0) throw broken('no integer')
  return value
}

/** `12 0 R` after its first integer was read; leaves the place alone when it is none. */
function reference(state: State, num: number): PdfValue | null {
  if (!isSpace(state.bytes[state.at]) || num > MAX_OBJECT) return null
  const back = state.at
  skip(state)
  const gen = isDigit(state.bytes[state.at]) ? digits(state) : -1
  if (gen >= 0 && gen <= MAX_GENERATION && word(state, 'R')) return { kind: 'ref', num, gen }
  state.at = back
  return null
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/

function number(state: State): PdfValue {
  const whole = isDigit(state.bytes[state.at]) ? digits(state) : -1
  if (whole >= 0) return reference(state, whole) ?? whole
  const from = state.at
  while (isRegular(state.bytes[state.at]) && state.at - from < 64) state.at += 1
  const text = String.fromCharCode(...state.bytes.subarray(from, state.at))
  if (!NUMBER.test(text) || isRegular(state.bytes[state.at])) throw broken('no number')
  return Number(text)
}

function nameText(state: State): string {
  const from = state.at + 1
  let at = from
  while (isRegular(state.bytes[at]) && at - from <= LONGEST_NAME) at += 1
  if (at - from > LONGEST_NAME) throw broken('name too long')
  state.at = at
  const raw = Buffer.from(state.bytes.buffer, state.bytes.byteOffset + from, at - from).toString('latin1')
  return raw.includes('#') ? raw.replaceAll(/#([0-9a-f]{2})/giu, (_all: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : raw
}

function hexText(state: State): PdfText {
  const start = state.at
  const { bytes } = state
  const end = bytes.indexOf(0x3e, start)
  if (end < 0) throw broken('text without end')
  state.budget.step((end - start) >> 6)
  const out = new Uint8Array((end - start) >> 1)
  let length = 0
  let half = -1
  for (let at = start + 1; at < end; at += 1) {
    const digit = hexOf(bytes[at])
    if (digit < 0 && !isSpace(bytes[at])) throw broken('no hexadecimal digit')
    if (digit < 0) continue
    if (half < 0) half = digit
    else {
      out[length] = half * 16 + digit
      length += 1
      half = -1
    }
  }
  if (half >= 0) {
    out[length] = half * 16
    length += 1
  }
  state.at = end + 1
  return { kind: 'text', bytes: out.subarray(0, length), hex: true, start, end: end + 1 }
}

/** What stands for a backslash and what follows it; moves behind it. */
function escaped(state: State): readonly number[] {
  const { bytes } = state
  const char = bytes[state.at]
  if (char === undefined) throw broken('text without end')
  if (char >= 48 && char <= 55) {
    let value = 0
    for (let taken = 0, octal = bytes[state.at]; taken < 3 && octal !== undefined && octal >= 48 && octal <= 55; taken += 1, octal = bytes[state.at]) {
      value = value * 8 + octal - 48
      state.at += 1
    }
    return [value & 255]
  }
  state.at += 1
  if (char === 13) {
    if (bytes[state.at] === 10) state.at += 1
    return []
  }
  return char === 10 ? [] : [ESCAPED[String.fromCharCode(char)] ?? char]
}

function literalText(state: State): PdfText {
  const start = state.at
  const { bytes } = state
  const out: number[] = []
  state.at += 1
  for (let open = 1; open > 0;) {
    const char = bytes[state.at]
    if (char === undefined) throw broken('text without end')
    state.at += 1
    if (char === 0x5c) {
      out.push(...escaped(state))
      continue
    }
    if (char === 0x28) open += 1
    if (char === 0x29) open -= 1
    if (open > 0) out.push(char)
    if (out.length > LONGEST_TEXT) throw broken('text too long')
  }
  state.budget.step((state.at - start) >> 3)
  return { kind: 'text', bytes: Uint8Array.from(out), hex: false, start, end: state.at }
}

function dictionary(state: State, depth: number): PdfDict {
  const entries = new Map<string, PdfValue>()
  let twice = false
  state.at += 2
  for (;;) {
    skip(state)
    if (state.bytes[state.at] === 0x3e && state.bytes[state.at + 1] === 0x3e) break
    if (state.bytes[state.at] !== 0x2f) throw broken('no key')
    const key = nameText(state)
    twice ||= entries.has(key)
    entries.set(key, value(state, depth + 1))
  }
  state.at += 2
  return { kind: 'dict', entries, twice }
}

function list(state: State, depth: number): PdfValue {
  const items: PdfValue[] = []
  state.at += 1
  for (;;) {
    skip(state)
    if (state.bytes[state.at] === 0x5d) break
    items.push(value(state, depth + 1))
  }
  state.at += 1
  return { kind: 'array', items }
}

function value(state: State, depth: number): PdfValue {
  if (depth > MAX_DEPTH) throw broken('too deep')
  state.budget.step()
  skip(state)
  const char = state.bytes[state.at]
  if (char === 0x2f) return { kind: 'name', name: nameText(state) }
  if (char === 0x28) return literalText(state)
  if (char === 0x5b) return list(state, depth)
  if (char === 0x3c) return state.bytes[state.at + 1] === 0x3c ? dictionary(state, depth) : hexText(state)
  if (isDigit(char) || char === 0x2b || char === 0x2d || char === 0x2e) return number(state)
  if (word(state, 'null')) return null
  if (word(state, 'true')) return true
  if (word(state, 'false')) return false
  throw broken('no value')
}

/** @throws AppError KS-010 from its methods */
export function newLexer(bytes: Uint8Array, at: number, budget: Budget): Lexer {
  const state: State = { at, bytes, budget }
  return {
    at: () => state.at,
    goTo: (place) => { state.at = place },
    skip: () => skip(state),
    word: (text) => word(state, text),
    count: () => count(state),
    value: () => value(state, 0),
  }
}
