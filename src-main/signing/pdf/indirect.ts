import { newLexer } from './lexer'
import { broken, type Budget } from './limits'
import { isDict, type PdfDict, type PdfValue } from './objects'

/** An object as it stands in the file: `12 0 obj … endobj`. */
export type Indirect = Readonly<{ num: number; gen: number; value: PdfValue; offset: number; end: number }>

export type IndirectWish = Readonly<{
  bytes: Uint8Array
  offset: number
  budget: Budget
  /** Bytes of a stream from its /Length; below zero: not told. */
  lengthOf: (length: PdfValue) => number
}>

/** Where a stream's bytes begin: after `stream` and its line end (§7.3.8.1). */
function streamStart(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 10) return at + 1
  if (bytes[at] === 13 && bytes[at + 1] === 10) return at + 2
  throw broken('line end of a stream')
}

type Body = Readonly<{ raw: Uint8Array; end: number }>

function streamBody({ bytes, budget, lengthOf }: IndirectWish, dict: PdfDict, from: number): Body {
  const start = streamStart(bytes, from)
  const length = lengthOf(dict.entries.get('Length') ?? null)
  if (length < 0 || start + length > bytes.length) throw broken('length of a stream')
  const lexer = newLexer(bytes, start + length, budget)
  if (!lexer.word('endstream')) throw broken('end of a stream')
  return { raw: bytes.subarray(start, start + length), end: lexer.at() }
}

/**
 * The object at this offset.
 * @throws AppError KS-010
 */
export function readIndirect(wish: IndirectWish): Indirect {
  const lexer = newLexer(wish.bytes, wish.offset, wish.budget)
  const num = lexer.count()
  const gen = lexer.count()
  if (!lexer.word('obj')) throw broken('no object')
  const value = lexer.value()
  if (lexer.word('endobj')) return { num, gen, value, offset: wish.offset, end: lexer.at() }
  if (!isDict(value) || !lexer.word('stream')) throw broken('end of an object')
  const { raw, end } = streamBody(wish, value, lexer.at())
  lexer.goTo(end)
  if (!lexer.word('endobj')) throw broken('end of an object')
  return { num, gen, value: { kind: 'stream', dict: value, raw }, offset: wish.offset, end: lexer.at() }
}
