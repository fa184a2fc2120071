import { badImage, believableDpi, IMAGE_LIMITS, refuseSize } from '../limits'

/** Tags that a page of paper needs (TIFF 6.0), by number; all others are passed over unread. */
const TAG = {
  width: 256, height: 257, bits: 258, compression: 259, photometric: 262, fillOrder: 266, strips: 273, orientation: 274, samples: 277, rowsPerStrip: 278, stripBytes: 279,
  xDpi: 282, planar: 284, options: 292, unit: 296, predictor: 317, palette: 320, tileWidth: 322, tileHeight: 323, tiles: 324, tileBytes: 325, extra: 338, format: 339, jpegTables: 347,
} as const
type Tag = keyof typeof TAG
const NAMES = new Map<number, Tag>(Object.entries(TAG).map(([name, number]) => [number, name as Tag]))

/** Values a tag may have at most: one a strip of 1 row of the longest page. */
const VALUES = 70_000
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 7: 1 }

export type Directory = Readonly<{ values: ReadonlyMap<Tag, readonly number[]>; jpegTables: Uint8Array | null; little: boolean }>

function valuesOf(view: DataView, entry: number, little: boolean): number[] {
  const [kind, count] = [view.getUint16(entry + 2, little), view.getUint32(entry + 4, little)]
  const size = SIZES[kind]
  if (size === undefined || count > VALUES) throw badImage('tiff-tag')
  const from = size * count <= 4 ? entry + 8 : view.getUint32(entry + 8, little)
  if (from + size * count > view.byteLength) throw badImage('tiff-truncated')
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * size
    if (kind === 3) return view.getUint16(at, little)
    if (kind === 4) return view.getUint32(at, little)
    if (kind === 5) return view.getUint32(at, little) / view.getUint32(at + 4, little)
    return view.getUint8(at)
  })
}

function directoryAt(view: DataView, at: number, little: boolean): { directory: Directory; next: number } {
  if (at + 2 > view.byteLength) throw badImage('tiff-truncated')
  const count = view.getUint16(at, little)
  const end = at + 2 + count * 12
  if (end + 4 > view.byteLength) throw badImage('tiff-truncated')
  const values = new Map<Tag, readonly number[]>()
  for (let entry = at + 2; entry < end; entry += 12) {
    const name = NAMES.get(view.getUint16(entry, little))
    if (name !== undefined) values.set(name, valuesOf(view, entry, little))
  }
  const tables = values.get('jpegTables')
  return { directory: { values, jpegTables: tables ? Uint8Array.from(tables) : null, little }, next: view.getUint32(end, little) }
}

/**
 * The pages of a TIFF, in order. Only the tags of a page are read, counts and offsets are held against the file's size and the chain of
 * directories against loops.
 * @throws AppError QT-011 for what is no TIFF or cut off
 */
export function readTiffDirectories(bytes: Uint8Array): Directory[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8) throw badImage('tiff-truncated')
  const little = bytes[0] === 0x49
  if (bytes[0] !== bytes[1] || (!little && bytes[0] !== 0x4d) || view.getUint16(2, little) !== 42) throw badImage('tiff-start')
  const found: Directory[] = []
  const seen = new Set<number>()
  for (let at = view.getUint32(4, little); at !== 0;) {
    if (seen.has(at) || seen.size >= IMAGE_LIMITS.frames) throw badImage('tiff-chain')
    seen.add(at)
    const { directory, next } = directoryAt(view, at, little)
    if (directory.values.has('width')) found.push(directory)
    at = next
  }
  if (found.length === 0) throw badImage('tiff-empty')
  return found
}

export const first = ({ values }: Directory, tag: Tag, otherwise: number): number => values.get(tag)?.[0] ?? otherwise

/** Width and height, checked. @throws AppError QT-011, QT-013 */
export function sizeOf(directory: Directory): { width: number; height: number } {
  const [width, height] = [first(directory, 'width', 0), first(directory, 'height', 0)]
  refuseSize(width, height)
  return { width, height }
}

export function dpiOf(directory: Directory): number | null {
  const unit = first(directory, 'unit', 2)
  const value = first(directory, 'xDpi', 0)
  return unit === 1 ? null : believableDpi(Math.round(unit === 3 ? value * 2.54 : value))
}
