import { contentOf } from './filters'
import { newLexer, isSpace } from './lexer'
import { broken, type Budget, MAX_OBJECT } from './limits'
import { isArray, isCount, isDict, isStream, nameAt, type PdfDict, type PdfStream } from './objects'
import { readIndirect } from './indirect'

/** Where an object lies: at an offset of the file, or packed with others in a stream. */
export type Entry = Readonly<{ kind: 'free' }> | Readonly<{ kind: 'at'; offset: number; gen: number }> | Readonly<{ kind: 'packed'; stream: number; index: number }>
export const FREE: Entry = { kind: 'free' }

/** One table of objects, classic or as a stream, with its trailer (ISO 32000-1 §7.5.4, §7.5.8). Rows are read when they are asked for. */
export type Section = Readonly<{
  form: 'table' | 'stream'
  offset: number
  /** Behind its trailer, or its stream object. */
  end: number
  trailer: PdfDict
  /** Null: not in this section. @throws AppError KS-010 */
  find(num: number): Entry | null
  numbers(): Iterable<number>
}>

type Part = Readonly<{ first: number; count: number; at: number }>
type Rows = Readonly<{ parts: readonly Part[]; rowSize: number; row(at: number): Entry }>

function* numbersOf(parts: readonly Part[], budget: Budget): Generator<number> {
  for (const { first, count } of parts) {
    for (let index = 0; index < count; index += 1) {
      budget.step()
      yield first + index
    }
  }
}

/** Parts that overlap tell two things of one object; readers differ in which they believe. */
function apart(parts: readonly Part[]): readonly Part[] {
  const sorted = parts.filter(({ count }) => count > 0).toSorted((a, b) => a.first - b.first)
  sorted.forEach(({ first }, index) => {
    const before = sorted[index - 1]
    if (before && before.first + before.count > first) throw broken('table twice')
  })
  const last = sorted.at(-1)
  if (last && last.first + last.count - 1 > MAX_OBJECT) throw broken('object number')
  return sorted
}

function partWith(parts: readonly Part[], num: number): Part | undefined {
  let low = 0
  let high = parts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const part = parts[middle]
    if (!part) return undefined
    if (num < part.first) high = middle - 1
    else if (num >= part.first + part.count) low = middle + 1
    else return part
  }
  return undefined
}

function section(of: Omit<Section, 'find' | 'numbers'>, { parts, rowSize, row }: Rows, budget: Budget): Section {
  const sorted = apart(parts)
  return {
    ...of,
    find: (num) => {
      budget.step()
      const part = partWith(sorted, num)
      return part ? row(part.at + (num - part.first) * rowSize) : null
    },
    numbers: () => numbersOf(sorted, budget),
  }
}

const ROW = 20

/** A row of a classic table: `0000000017 00000 n` and two bytes of line end. */
function tableRow(bytes: Uint8Array, at: number): Entry {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(ROW, bytes.length - at)).toString('latin1')
  if (!/^\d{10} \d{5} [nf][ \r][\r\n]$/u.test(text)) throw broken('row of the table')
  const offset = Number(text.slice(0, 10))
  return text[17] === 'f' || offset === 0 ? FREE : { kind: 'at', offset, gen: Number(text.slice(11, 16)) }
}

function readTable(bytes: Uint8Array, offset: number, budget: Budget): Section {
  const lexer = newLexer(bytes, offset, budget)
  const parts: Part[] = []
  if (!lexer.word('xref')) throw broken('no table')
  while (!lexer.word('trailer')) {
    budget.step()
    const first = lexer.count()
    const count = lexer.count()
    while (isSpace(bytes[lexer.at()])) lexer.goTo(lexer.at() + 1)
    const at = lexer.at()
    if (at + count * ROW > bytes.length) throw broken('table too long')
    parts.push({ first, count, at })
    lexer.goTo(at + count * ROW)
  }
  const trailer = lexer.value()
  if (!isDict(trailer) || trailer.twice) throw broken('no trailer')
  return section({ form: 'table', offset, end: lexer.at(), trailer }, { parts, rowSize: ROW, row: (at) => tableRow(bytes, at) }, budget)
}

function columns(trailer: PdfDict): readonly [number, number, number] {
  const widths = trailer.entries.get('W')
  const [a, b, c] = isArray(widths) ? widths.items : []
  if (!isCount(a) || !isCount(b) || !isCount(c) || a > 2 || b > 6 || c > 6 || a + b + c === 0) throw broken('columns of the table')
  return [a, b, c]
}

function partsOf(trailer: PdfDict, rowSize: number, length: number): readonly Part[] {
  const given = trailer.entries.get('Index')
  const numbers = isArray(given) ? given.items : [0, trailer.entries.get('Size') ?? null]
  const parts: Part[] = []
  let at = 0
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const [first, count] = [numbers[index], numbers[index + 1]]
    if (!isCount(first) || !isCount(count) || at + count * rowSize > length) throw broken('index of the table')
    parts.push({ first, count, at })
    at += count * rowSize
  }
  return parts
}

function streamRow(data: Uint8Array, [a, b, c]: readonly [number, number, number], at: number): Entry {
  const field = (from: number, width: number): number => {
    let value = 0
    for (let index = 0; index < width; index += 1) value = value * 256 + (data[from + index] ?? 0)
    return value
  }
  const [kind, second, third] = [a === 0 ? 1 : field(at, a), field(at + a, b), field(at + a + b, c)]
  if (kind === 1) return second === 0 ? FREE : { kind: 'at', offset: second, gen: third }
  return kind === 2 ? { kind: 'packed', stream: second, index: third } : FREE
}

function streamSection(found: PdfStream, offset: number, end: number, budget: Budget): Section {
  const widths = columns(found.dict)
  if (nameAt(found.dict, 'Type') !== 'XRef' || found.dict.twice) throw broken('no table')
  const data = contentOf(found, budget)
  const rowSize = widths[0] + widths[1] + widths[2]
  return section({ form: 'stream', offset, end, trailer: found.dict }, { parts: partsOf(found.dict, rowSize, data.length), rowSize, row: (at) => streamRow(data, widths, at) }, budget)
}

/**
 * The section that begins at this offset.
 * @throws AppError KS-010
 */
export function readSection(bytes: Uint8Array, offset: number, budget: Budget): Section {
  if (!Number.isSafeInteger(offset) || offset < 1 || offset >= bytes.length) throw broken('place of the table')
  const lexer = newLexer(bytes, offset, budget)
  lexer.skip()
  if (bytes[lexer.at()] === 0x78) return readTable(bytes, offset, budget)
  const found = readIndirect({ bytes, offset, budget, lengthOf: (value) => (isCount(value) ? value : -1) })
  if (!isStream(found.value)) throw broken('no table')
  return streamSection(found.value, offset, found.end, budget)
}
