import { AppError } from '@contract/errors'
import { isSpace, newLexer } from './lexer'
import { broken, type Budget, MAX_REVISIONS } from './limits'
import { isCount, type PdfDict } from './objects'
import { readSection, type Section } from './sections'

/** One state of the file: what was there, or what an increment added (ISO 32000-1 §7.5.6). */
export type Revision = Readonly<{
  /** Newest first; a linearised file has two, a hybrid one too. */
  sections: readonly Section[]
  /** What `startxref` tells of it. */
  start: number
  /** Behind its `%%EOF`. */
  eof: number
  /** Behind the line end after that. */
  end: number
}>

export type Chain = Readonly<{
  /** Oldest first. */
  revisions: readonly Revision[]
  trailer: PdfDict
  /** Nothing but white space behind the last revision. */
  clean: boolean
}>

const TAIL = 2048
const EOF = [0x25, 0x25, 0x45, 0x4f, 0x46]

type Tail = Readonly<{ start: number; eof: number; end: number }>

function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 13) return bytes[at + 1] === 10 ? at + 2 : at + 1
  return bytes[at] === 10 ? at + 1 : at
}

/** `startxref`, a number and `%%EOF`, which must stand here. */
function tailAt(bytes: Uint8Array, at: number, budget: Budget): Tail {
  const lexer = newLexer(bytes, at, budget)
  if (!lexer.word('startxref')) throw broken('no startxref')
  const start = lexer.count()
  let eof = lexer.at()
  while (isSpace(bytes[eof])) eof += 1
  if (EOF.some((char, index) => bytes[eof + index] !== char)) throw broken('no end')
  eof += EOF.length
  return { start, eof, end: lineEnd(bytes, eof) }
}

function lastTail(bytes: Uint8Array, budget: Budget): Tail {
  const from = Math.max(0, bytes.length - TAIL)
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).lastIndexOf('startxref')
  if (at < 0) throw broken('no startxref')
  return tailAt(bytes, from + at, budget)
}

/** Whether there is nothing but white space between two places. */
export function blank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isSpace(bytes[at])) return false
  return true
}

const prevOf = ({ trailer }: Section): number | null => {
  const prev = trailer.entries.get('Prev') ?? 0
  if (!isCount(prev)) throw broken('place of an earlier table')
  return prev === 0 ? null : prev
}

/** With the table as stream that a hybrid file has beside the classic one (§7.5.8.4). */
function withHybrid(bytes: Uint8Array, section: Section, budget: Budget): readonly Section[] {
  const place = section.form === 'table' ? section.trailer.entries.get('XRefStm') : undefined
  if (place === undefined) return [section]
  if (!isCount(place)) throw broken('place of the second table')
  const beside = readSection(bytes, place, budget)
  if (beside.form !== 'stream') throw broken('no second table')
  return [section, beside]
}

type Link = Readonly<{ revision: Revision; prev: number | null }>

/** The revision whose table begins at `start`. In a linearised file the first table points forward to the main one (annex F). */
function readLink(bytes: Uint8Array, start: number, budget: Budget): Link {
  const section = readSection(bytes, start, budget)
  if (section.trailer.entries.has('Encrypt')) throw new AppError('KS-011')
  const prev = prevOf(section)
  const main = prev !== null && prev > start ? readSection(bytes, prev, budget) : null
  if (main && prevOf(main) !== null) throw broken('order of the tables')
  const tail = tailAt(bytes, (main ?? section).end, budget)
  if (tail.start !== start) throw broken('startxref')
  const sections = [...withHybrid(bytes, section, budget), ...(main ? withHybrid(bytes, main, budget) : [])]
  if (sections.some(({ offset }) => offset >= tail.eof)) throw broken('place of the second table')
  return { revision: { sections, ...tail }, prev: main ? null : prev }
}

/**
 * All revisions of a file, by its own tables.
 * @throws AppError KS-010, KS-011
 */
export function readChain(bytes: Uint8Array, budget: Budget): Chain {
  const last = lastTail(bytes, budget)
  const newestFirst: Revision[] = []
  let newestSection: Section | undefined
  for (let start: number | null = last.start; start !== null;) {
    const { revision, prev } = readLink(bytes, start, budget)
    const newer = newestFirst.at(-1)
    if (newer && revision.eof > newer.start) throw broken('order of the revisions')
    newestFirst.push(revision)
    if (newestFirst.length > MAX_REVISIONS) throw broken('too many revisions')
    newestSection ??= revision.sections[0]
    start = prev
  }
  const newest = newestFirst[0]
  if (!newest || !newestSection || newest.eof !== last.eof) throw broken('end')
  return { revisions: newestFirst.toReversed(), trailer: newestSection.trailer, clean: blank(bytes, newest.end, bytes.length) }
}
