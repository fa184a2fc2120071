import type { Box } from '../pages/raster'
import type { Line, Word } from './types'

/** Bounds of what is taken from an engine: a page of small print has some 1,500 words. */
export const TSV_LIMITS = { characters: 4_000_000, words: 20_000, wordLength: 200 } as const

const COLUMNS = 12
const WORD_LEVEL = '5'

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
const whole = (text: string | undefined): number | null => (text !== undefined && /^-?\d{1,7}$/.test(text) ? Number(text) : null)

/** The smallest box around boxes; empty at the origin for none. */
export function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** A line of words, in the order in which they stand. */
export function lineOf(words: readonly Word[]): Line {
  const sorted = [...words].sort((left, right) => left.box.x - right.box.x)
  return { words: sorted, text: sorted.map(({ text }) => text).join(' '), box: around(sorted.map(({ box }) => box)) }
}

type Placing = Readonly<{ width: number; height: number; /** Pixels of the page per pixel of what was read. */ scale: number; x: number; y: number }>

function boxOf(cells: readonly string[], place: Placing): Box | null {
  const [left, top, width, height] = cells.slice(6, 10).map(whole)
  if (left == null || top == null || width == null || height == null) return null
  const x = clamp(Math.round(left * place.scale) + place.x, place.width)
  const y = clamp(Math.round(top * place.scale) + place.y, place.height)
  const right = clamp(Math.round((left + width) * place.scale) + place.x, place.width)
  const bottom = clamp(Math.round((top + height) * place.scale) + place.y, place.height)
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null
}

function wordOf(cells: readonly string[], place: Placing): Word | null {
  // Control characters and the soft hyphen have no place in a field or an index.
  const text = (cells[11] ?? '').normalize('NFC').replace(/[\p{C}\s]+/gu, '').slice(0, TSV_LIMITS.wordLength)
  const confidence = Number(cells[10])
  const box = boxOf(cells, place)
  if (text === '' || box === null || !Number.isFinite(confidence) || confidence < 0) return null
  return { text, box, confidence: clamp(confidence / 100, 1) }
}

/**
 * Lines in Tesseract's TSV (`level page block par line word left top width height conf text`). Rows that are none are left out; nothing is thrown.
 * @param place size of the page in pixels, and where and how large the part that was read lies on it
 */
export function parseTsv(tsv: string, place: Placing): Line[] {
  const lines = new Map<string, Word[]>()
  let count = 0
  for (const row of tsv.slice(0, TSV_LIMITS.characters).split('\n')) {
    const cells = row.replace(/\r$/, '').split('\t')
    if (cells.length !== COLUMNS || cells[0] !== WORD_LEVEL) continue
    const word = wordOf(cells, place)
    if (word === null) continue
    const key = cells.slice(1, 5).join('.')
    const line = lines.get(key)
    if (line) line.push(word)
    else lines.set(key, [word])
    if ((count += 1) >= TSV_LIMITS.words) break
  }
  return [...lines.values()].map(lineOf)
}
