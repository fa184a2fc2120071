import { AppError } from '@contract/errors'
import type { Chain } from './chain'
import { newLexer } from './lexer'
import { broken, type Budget, MAX_GENERATION, MAX_OBJECT } from './limits'
import { isDict, isRef, type PdfDict } from './objects'
import type { Entry } from './sections'

const isDigit = (char: number | undefined): boolean => char !== undefined && char >= 48 && char <= 57
const isBlank = (char: number | undefined): boolean => char === 32 || char === 10 || char === 13 || char === 9

type Head = Readonly<{ num: number; gen: number; offset: number }>

/** The integer that ends before this place and the blanks before it. */
function integerBefore(bytes: Uint8Array, before: number): Readonly<{ value: number; at: number }> | null {
  let to = before
  while (to > 0 && before - to < 8 && isBlank(bytes[to - 1])) to -= 1
  let at = to
  while (at > 0 && to - at < 8 && isDigit(bytes[at - 1])) at -= 1
  if (at === to || to === before || isDigit(bytes[at - 1])) return null
  return { value: Number(Buffer.from(bytes.buffer, bytes.byteOffset + at, to - at).toString('latin1')), at }
}

/** `12 0` before the word `obj`. */
function headBefore(bytes: Uint8Array, word: number): Head | null {
  const gen = integerBefore(bytes, word)
  const num = gen && gen.value <= MAX_GENERATION ? integerBefore(bytes, gen.at) : null
  return gen && num && num.value <= MAX_OBJECT ? { num: num.value, gen: gen.value, offset: num.at } : null
}

function trailerAt(bytes: Uint8Array, at: number, budget: Budget): PdfDict | null {
  try {
    const value = newLexer(bytes, at, budget).value()
    return isDict(value) ? value : null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** The last dictionary after the word `trailer`, or that of a table as stream, which names a catalog. */
function findTrailer(bytes: Uint8Array, heads: ReadonlyMap<number, Head>, budget: Budget): PdfDict | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = text.lastIndexOf('trailer'), tries = 0; at >= 0 && tries < 100; at = at > 0 ? text.lastIndexOf('trailer', at - 1) : -1, tries += 1) {
    const found = trailerAt(bytes, at + 7, budget)
    if (isRef(found?.entries.get('Root'))) return found
  }
  for (const { offset } of [...heads.values()].toReversed().slice(0, 1000)) {
    const found = trailerAt(bytes, text.indexOf('obj', offset) + 3, budget)
    if (isRef(found?.entries.get('Root'))) return found
  }
  return null
}

/**
 * Looks through a file for its objects; the last one of a number counts. One pass, no repair beyond that.
 * @throws AppError KS-010, KS-011
 */
export function rebuild(bytes: Uint8Array, budget: Budget): Chain {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const heads = new Map<number, Head>()
  for (let at = text.indexOf(' obj'); at >= 0; at = text.indexOf(' obj', at + 4)) {
    budget.step()
    const head = headBefore(bytes, at + 1)
    if (head) heads.set(head.num, head)
  }
  const trailer = findTrailer(bytes, heads, budget)
  if (!trailer) throw broken('no trailer')
  if (trailer.entries.has('Encrypt')) throw new AppError('KS-011')
  const find = (num: number): Entry | null => {
    const head = heads.get(num)
    return head ? { kind: 'at', offset: head.offset, gen: head.gen } : null
  }
  const section = { form: 'table' as const, offset: 0, end: bytes.length, trailer, find, numbers: () => heads.keys() }
  return { revisions: [{ sections: [section], start: 0, eof: bytes.length, end: bytes.length }], trailer, clean: false }
}
