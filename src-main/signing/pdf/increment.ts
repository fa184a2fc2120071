import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import type { PdfFile } from './file'
import { broken, MAX_OBJECT, MAX_PDF_BYTES } from './limits'
import { array, isArray, isCount, isStream, name, type PdfDict, type PdfRef, type PdfValue, ref, same, withEntries } from './objects'
import { writeDict, writeValue } from './write'

/** What is added behind a file: nothing before it is touched (ISO 32000-1 §7.5.6). */
export type Increment = Readonly<{
  /** A reference that no object has yet. */
  fresh(): PdfRef
  /** @throws AppError KS-010 when it was put already as something else */
  put(at: PdfRef, value: PdfValue): void
  /** The old bytes and behind them objects, table and trailer, in the form of the newest table that is there. @throws AppError KS-012 */
  build(): Built
}>
/** `offsets`: where each object that was put begins, by its number. */
export type Built = Readonly<{ bytes: Uint8Array; offsets: ReadonlyMap<number, number> }>

type Piece = Readonly<{ ref: PdfRef; value: PdfValue; parts: readonly Uint8Array[]; length: number }>

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')

function pieceOf(at: PdfRef, value: PdfValue): Piece {
  const head = `${at.num} ${at.gen} obj\n`
  const parts = isStream(value)
    ? [latin(`${head}${writeDict(withEntries(value.dict, { Length: value.raw.length }))}\nstream\n`), value.raw, latin('\nendstream\nendobj\n')]
    : [latin(`${head}${writeValue(value)}\nendobj\n`)]
  return { ref: at, value, parts, length: parts.reduce((sum, part) => sum + part.length, 0) }
}

type Row = Readonly<{ num: number; gen: number; offset: number }>

/** Rows in runs of numbers that follow each other. */
function runs(rows: readonly Row[]): readonly (readonly Row[])[] {
  const out: Row[][] = []
  for (const row of rows) {
    const run = out.at(-1)
    if (run && run.at(-1)?.num === row.num - 1) run.push(row)
    else out.push([row])
  }
  return out
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0')

const tableText = (rows: readonly Row[]): string =>
  `xref\n${runs(rows).map((run) => `${run[0]?.num ?? 0} ${run.length}\n${run.map(({ offset, gen }) => `${digits(offset, 10)} ${digits(gen, 5)} n \n`).join('')}`).join('')}`

function streamRows(rows: readonly Row[]): Uint8Array {
  const data = new DataView(new ArrayBuffer(rows.length * 7))
  rows.forEach(({ offset, gen }, index) => {
    data.setUint8(index * 7, 1)
    data.setUint32(index * 7 + 1, offset)
    data.setUint16(index * 7 + 5, gen)
  })
  return new Uint8Array(data.buffer)
}

/** What goes on from the old trailer: catalog, information, and the file's id with a new second half. */
function trailerOf(file: PdfFile, size: number, changed: Uint8Array): PdfDict {
  const old = file.trailer.entries
  const ids = file.resolve(old.get('ID'))
  const first = isArray(ids) ? ids.items[0] : undefined
  const second = { kind: 'text', bytes: new Uint8Array(createHash('sha256').update(changed).digest().subarray(0, 16)), hex: true, start: 0, end: 0 } as const
  const id = first === undefined ? null : array([first, second])
  const start = file.revisions.at(-1)?.start ?? 0
  return withEntries({ kind: 'dict', entries: new Map(), twice: false }, { Size: size, Root: old.get('Root') ?? null, Info: old.get('Info') ?? null, ID: id, Prev: start })
}

/** The number after the highest that the file uses. */
function sizeOf(file: PdfFile): number {
  const told = file.revisions.flatMap(({ sections }) => sections.map(({ trailer }) => trailer.entries.get('Size')))
  const sizes = told.map((size) => (isCount(size) && size <= MAX_OBJECT ? size : -1))
  if (sizes.length === 0 || sizes.includes(-1)) throw broken('size of the table')
  return Math.max(...sizes)
}

type Table = Readonly<{ parts: readonly Uint8Array[]; rows: readonly Row[] }>

function tableOf(file: PdfFile, rows: readonly Row[], size: number, at: number): Table {
  const mark = latin(JSON.stringify(rows))
  const end = latin(`startxref\n${at}\n%%EOF\n`)
  if (file.revisions.at(-1)?.sections[0]?.form !== 'stream') {
    return { rows, parts: [latin(`${tableText(rows)}trailer\n${writeDict(trailerOf(file, size, mark))}\n`), end] }
  }
  const own = { num: size, gen: 0, offset: at }
  const all = [...rows, own]
  const index = array(runs(all).flatMap((run) => [run[0]?.num ?? 0, run.length]))
  const entries = withEntries(trailerOf(file, size + 1, mark), { Type: name('XRef'), W: array([1, 4, 2]), Index: index })
  return { rows: all, parts: [...pieceOf(ref(size), { kind: 'stream', dict: entries, raw: streamRows(all) }).parts, end] }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > MAX_PDF_BYTES) throw new AppError('KS-012')
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * Begins an increment.
 * @throws AppError KS-010 for a file whose own tables are not in order
 */
export function newIncrement(file: PdfFile): Increment {
  if (!file.clean || file.rebuilt) throw broken('not in order')
  const pieces = new Map<number, Piece>()
  let next = sizeOf(file)
  return {
    fresh: () => {
      if (next >= MAX_OBJECT || file.entry(next).kind !== 'free') throw broken('object number')
      next += 1
      return ref(next - 1)
    },
    put: (at, value) => {
      const before = pieces.get(at.num)
      // One object in two roles, such as a page that is the catalog: one would undo the other.
      if (before && !same(before.value, value)) throw broken('one object in two roles')
      pieces.set(at.num, pieceOf(at, value))
    },
    build: () => {
      const last = file.bytes.at(-1)
      const gap = last === 10 || last === 13 ? new Uint8Array() : latin('\n')
      const sorted = [...pieces.values()].toSorted((a, b) => a.ref.num - b.ref.num)
      let offset = file.bytes.length + gap.length
      const rows = sorted.map(({ ref: { num, gen }, length }): Row => {
        offset += length
        return { num, gen, offset: offset - length }
      })
      const table = tableOf(file, rows, next, offset)
      const bytes = joined([file.bytes, gap, ...sorted.flatMap(({ parts }) => parts), ...table.parts])
      return { bytes, offsets: new Map(table.rows.map(({ num, offset: at }) => [num, at])) }
    },
  }
}
