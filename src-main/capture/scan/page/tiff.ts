import type { FileHandle } from 'node:fs/promises'
import type { ImageFacts } from './facts'
import { readAt } from './read'

const TAG = { width: 256, height: 257, stripAt: 273, stripLength: 279, acrossDpi: 282, unit: 296, tileAt: 324, tileLength: 325 }
const BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 }
const MOST_PAGES = 1000
const MOST_PIECES = 100_000
const CM_PER_INCH = 2.54

type Reader = Readonly<{ file: FileHandle; size: number; little: boolean }>
type Entry = Readonly<{ type: number; count: number; at: number }>

const short = ({ little }: Reader, bytes: Buffer, at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
const long = ({ little }: Reader, bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))

/** First page's size, and that every strip or tile of every page lies inside the file. Null where it is no TIFF, or is cut. */
export async function tiffFacts(file: FileHandle, size: number): Promise<ImageFacts | null> {
  const head = await readAt(file, 0, 8)
  const reader: Reader = { file, size, little: head[0] === 0x49 }
  let next = long(reader, head, 4)
  let first: ImageFacts | null = null
  const seen = new Set<number>()
  while (next !== 0) {
    if (seen.has(next) || seen.size >= MOST_PAGES || next + 6 > size) return null
    seen.add(next)
    const page = await readPage(reader, next)
    if (!page) return null
    first ??= page.facts
    next = page.next
  }
  return first
}

async function readPage(reader: Reader, at: number): Promise<{ facts: ImageFacts; next: number } | null> {
  const count = short(reader, await readAt(reader.file, at, 2), 0)
  if (count === 0 || at + 6 + count * 12 > reader.size) return null
  const table = await readAt(reader.file, at + 2, count * 12 + 4)
  const entries = new Map<number, Entry>()
  for (let index = 0; index < count; index += 1) {
    const base = index * 12
    const entry = { type: short(reader, table, base + 2), count: long(reader, table, base + 4) }
    const length = (BYTES[entry.type] ?? 0) * entry.count
    entries.set(short(reader, table, base), { ...entry, at: length <= 4 ? at + 2 + base + 8 : long(reader, table, base + 8) })
  }
  const one = async (tag: number) => (await values(reader, entries.get(tag), 1))?.[0] ?? 0
  const width = await one(TAG.width)
  const height = await one(TAG.height)
  const pieces = await inside(reader, entries)
  if (!pieces || width < 1 || height < 1) return null
  return { facts: { mediaType: 'image/tiff', width, height, dpi: await dpiOf(reader, entries) }, next: long(reader, table, count * 12) }
}

async function inside(reader: Reader, entries: ReadonlyMap<number, Entry>): Promise<boolean> {
  const places = await values(reader, entries.get(TAG.stripAt) ?? entries.get(TAG.tileAt), MOST_PIECES)
  const lengths = await values(reader, entries.get(TAG.stripLength) ?? entries.get(TAG.tileLength), MOST_PIECES)
  if (!places || !lengths || places.length === 0 || places.length !== lengths.length) return false
  return places.every((place, index) => (lengths[index] ?? 0) > 0 && place + (lengths[index] ?? 0) <= reader.size)
}

async function values(reader: Reader, entry: Entry | undefined, most: number): Promise<number[] | null> {
  if (!entry || (entry.type !== 3 && entry.type !== 4) || entry.count > MOST_PIECES) return null
  const width = entry.type === 3 ? 2 : 4
  const count = Math.min(entry.count, most)
  if (entry.at + count * width > reader.size) return null
  const bytes = await readAt(reader.file, entry.at, count * width)
  return Array.from({ length: count }, (_, index) => (width === 2 ? short(reader, bytes, index * 2) : long(reader, bytes, index * 4)))
}

async function dpiOf(reader: Reader, entries: ReadonlyMap<number, Entry>): Promise<number | null> {
  const entry = entries.get(TAG.acrossDpi)
  if (entry?.type !== 5 || entry.at + 8 > reader.size) return null
  const bytes = await readAt(reader.file, entry.at, 8)
  const per = long(reader, bytes, 0) / (long(reader, bytes, 4) || 1)
  const unit = (await values(reader, entries.get(TAG.unit), 1))?.[0] ?? 2
  const dpi = Math.round(unit === 3 ? per * CM_PER_INCH : per)
  return unit === 1 || dpi < 20 || dpi > 10_000 ? null : dpi
}
