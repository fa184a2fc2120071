import { badImage } from '../limits'
import { RUN_CODES, type RunCodes } from './fax-codes'

/** How the rows of a fax strip are coded: T.6; T.4 in one or two dimensions; runs alone, each row from a new byte (TIFF's compression 2). */
export type FaxKind = 'g4' | 'g3-1d' | 'g3-2d' | 'rle'

type Reader = { readonly data: Uint8Array; readonly end: number; at: number }

const CODE_BITS = 13

/** For every 13 bits: the run they begin with, and how many bits it takes (0: none). */
function tableOf({ bits, lengths }: RunCodes): Int32Array {
  const table = new Int32Array(1 << CODE_BITS)
  bits.forEach((code, index) => {
    const length = lengths[index] ?? 0
    const run = index < 64 ? index : (index - 63) * 64
    const first = code << (CODE_BITS - length)
    table.fill((run << 4) | length, first, first + (1 << (CODE_BITS - length)))
  })
  return table
}

const TABLES = [tableOf(RUN_CODES[0]), tableOf(RUN_CODES[1])] as const

/** The next bits without taking them; behind the end there are zeros. */
function peek({ data, at }: Reader, count: number): number {
  const byte = at >> 3
  const word = (((data[byte] ?? 0) << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0)) & 0xffffff
  return (word >> (24 - (at & 7) - count)) & ((1 << count) - 1)
}

function skip(reader: Reader, count: number): void {
  reader.at += count
  if (reader.at > reader.end) throw badImage('fax-truncated')
}

function runOf(reader: Reader, colour: 0 | 1): number {
  let sum = 0
  for (;;) {
    const found = TABLES[colour][peek(reader, CODE_BITS)] ?? 0
    if ((found & 15) === 0) throw badImage('fax-code')
    skip(reader, found & 15)
    sum += found >> 4
    if (found >> 4 < 64) return sum
    if (sum > 200_000) throw badImage('fax-code')
  }
}

/** Takes a mark of a line's end with the zeros before it, if one is there. */
function skipLineEnd(reader: Reader): boolean {
  if (peek(reader, 11) !== 0) return false
  skip(reader, 11)
  while (peek(reader, 1) === 0) skip(reader, 1)
  skip(reader, 1)
  return true
}

/** A row as runs alone; places where the colour changes go into `row`. */
function plainRow(reader: Reader, width: number, row: Int32Array): number {
  let [at, count, colour] = [0, 0, 0 as 0 | 1]
  while (at < width) {
    at += runOf(reader, colour)
    if (at > width || count > width) throw badImage('fax-row')
    row[count++] = at
    colour = colour === 0 ? 1 : 0
  }
  return count
}

/** Mode of the next bits: how far the change lies from the line above (−3 … 3), or past it, or two runs. */
function modeOf(reader: Reader): number | 'pass' | 'runs' {
  const bits = peek(reader, 7)
  const take = <T>(length: number, mode: T): T => {
    skip(reader, length)
    return mode
  }
  if (bits >= 0b1000000) return take(1, 0)
  if (bits >= 0b0110000) return take(3, 1)
  if (bits >= 0b0100000) return take(3, -1)
  if (bits >= 0b0010000) return take(3, 'runs' as const)
  if (bits >= 0b0001000) return take(4, 'pass' as const)
  if (bits >= 0b0000110) return take(6, 2)
  if (bits >= 0b0000100) return take(6, -2)
  if (bits === 0b0000011) return take(7, 3)
  if (bits === 0b0000010) return take(7, -3)
  throw badImage('fax-mode')
}

/** A row by the row above it (both as changes, ended by the width). */
function relatedRow(reader: Reader, width: number, above: Int32Array, row: Int32Array): number {
  let [a0, count, over] = [-1, 0, 0]
  let colour: 0 | 1 = 0
  const change = (at: number): void => {
    if (at > width || at < Math.max(0, a0) || count > width) throw badImage('fax-row')
    row[count++] = at
    a0 = at
  }
  while (a0 < width) {
    over = Math.max(0, over - 2)
    if ((over & 1) !== colour) over += 1
    while ((above[over] ?? width) <= a0 && (above[over] ?? width) < width) over += 2
    const mode = modeOf(reader)
    if (mode === 'pass') a0 = above[over + 1] ?? width
    else if (mode === 'runs') {
      change(Math.max(0, a0) + runOf(reader, colour))
      change(a0 + runOf(reader, colour === 0 ? 1 : 0))
    } else {
      change((above[over] ?? width) + mode)
      colour = colour === 0 ? 1 : 0
    }
  }
  return count
}

function paint(row: Int32Array, count: number, out: Uint8Array, from: number, width: number): void {
  for (let i = 0; i < count; i += 2) {
    const end = i + 1 < count ? (row[i + 1] ?? width) : width
    for (let x = row[i] ?? width; x < end; x += 1) out[from + (x >> 3)] = (out[from + (x >> 3)] ?? 0) | (0x80 >> (x & 7))
  }
}

/**
 * The rows of a fax strip as bits, 1 where a black run was. Every step takes bits of the strip, so that broken ones end soon.
 * @throws AppError QT-011 for codes that do not exist, rows that do not fit and missing rows
 */
export function decodeFax(data: Uint8Array, kind: FaxKind, width: number, rows: number): Uint8Array {
  const stride = (width + 7) >> 3
  const out = new Uint8Array(stride * rows)
  const reader: Reader = { data, end: data.length * 8, at: 0 }
  let above = new Int32Array(width + 6).fill(width)
  let row = new Int32Array(width + 6)
  for (let y = 0; y < rows; y += 1) {
    let related = kind === 'g4'
    if (kind === 'rle') reader.at = Math.ceil(reader.at / 8) * 8
    if (kind === 'g3-1d') skipLineEnd(reader)
    if (kind === 'g3-2d') {
      if (!skipLineEnd(reader)) throw badImage('fax-line')
      related = peek(reader, 1) === 0
      skip(reader, 1)
    }
    const count = related ? relatedRow(reader, width, above, row) : plainRow(reader, width, row)
    row.fill(width, count, Math.min(row.length, count + 4))
    paint(row, count, out, y * stride, width)
    const used = above
    above = row
    row = used
  }
  return out
}
