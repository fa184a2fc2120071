import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { badImage, DPI } from '../limits'
import { newRaster, type Raster } from '../raster'
import { flipped, turned } from '../turn'
import { type Directory, dpiOf, first, readTiffDirectories, sizeOf, TIFF_TAGS } from './tiff-directory'

/** The parts of utif2 that are used: it decodes one page from a directory that was read, and checked, here. */
type Utif = Readonly<{ decodeImage: (file: Uint8Array, page: Page, pages: readonly Page[]) => void; toRGBA8: (page: Page) => Uint8Array }>
type Page = Record<string, unknown> & { data?: Uint8Array; width?: number; height?: number }

/** None, G3 one-dimensional, G3, G4, LZW, JPEG, deflate (two numbers), PackBits. */
const COMPRESSIONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7, 8, 32_946, 32_773])
const DEFLATE: ReadonlySet<number> = new Set([8, 32_946])

let utif: Utif | null = null
const loadUtif = (): Utif => (utif ??= createRequire(import.meta.url)('utif2') as Utif)

type Layout = Readonly<{ offsets: readonly number[]; lengths: readonly number[]; pieceBytes: number }>

function layoutOf(bytes: Uint8Array, directory: Directory): Layout {
  const { width, height } = sizeOf(directory)
  const [bits, samples] = [first(directory, 'bits', 1), first(directory, 'samples', 1)]
  if (![1, 2, 4, 8, 16].includes(bits) || samples < 1 || samples > 4 || (samples > 1 && first(directory, 'planar', 1) !== 1)) throw badImage('tiff-kind')
  const tiled = directory.values.has('tileWidth')
  const [tileWidth, tileHeight] = [first(directory, 'tileWidth', width), first(directory, 'tileHeight', 0)]
  const rows = tiled ? tileHeight : Math.min(first(directory, 'rowsPerStrip', height), height)
  if (rows < 1 || tileWidth < 1 || tileWidth > 16_384 * 4 || (tiled && rows > 16_384)) throw badImage('tiff-pieces')
  const pieces = (tiled ? Math.ceil(width / tileWidth) : 1) * Math.ceil(height / rows)
  const offsets = directory.values.get(tiled ? 'tiles' : 'strips') ?? []
  const pieceBytes = Math.ceil((tileWidth * bits * samples) / 8) * rows
  const known = directory.values.get(tiled ? 'tileBytes' : 'stripBytes')
  // One strip without a length: what old fax programs write.
  const lengths = known ?? (offsets.length === 1 ? [bytes.length - (offsets[0] ?? 0)] : [])
  if (offsets.length !== pieces || lengths.length !== pieces) throw badImage('tiff-pieces')
  if (offsets.some((offset, index) => offset + (lengths[index] ?? 0) > bytes.length)) throw badImage('tiff-truncated')
  if (tiled && tileWidth * rows > 64_000_000) throw badImage('tiff-pieces')
  return { offsets, lengths, pieceBytes }
}

/** The page's pieces behind a byte-order mark, with deflated ones unpacked (utif2 would unpack without a limit). */
function gathered(bytes: Uint8Array, directory: Directory, layout: Layout): { file: Uint8Array; offsets: number[]; lengths: number[] } {
  const deflated = DEFLATE.has(first(directory, 'compression', 1))
  const pieces = layout.offsets.map((offset, index) => {
    const piece = bytes.subarray(offset, offset + (layout.lengths[index] ?? 0))
    return deflated ? inflateSync(piece, { maxOutputLength: layout.pieceBytes }) : piece
  })
  const lengths = pieces.map(({ length }) => length)
  let at = 2
  const offsets = lengths.map((length) => (at += length) - length)
  return { file: Buffer.concat([Uint8Array.of(bytes[0] ?? 0, bytes[1] ?? 0), ...pieces]), offsets, lengths }
}

function pageOf(directory: Directory, offsets: readonly number[], lengths: readonly number[]): Page {
  const { width, height } = sizeOf(directory)
  const page: Page = {}
  for (const [name, values] of directory.values) page[`t${TIFF_TAGS[name]}`] = [...values]
  const tiled = directory.values.has('tileWidth')
  const compression = first(directory, 'compression', 1)
  return Object.assign(page, {
    t256: [width], t257: [height], t258: directory.values.get('bits') ?? [1], t259: [DEFLATE.has(compression) ? 1 : compression], t262: [first(directory, 'photometric', 0)],
    t278: [Math.min(first(directory, 'rowsPerStrip', height), height)], [tiled ? 't324' : 't273']: [...offsets], [tiled ? 't325' : 't279']: [...lengths],
    ...(directory.jpegTables ? { t347: directory.jpegTables } : {}),
  })
}

function toRaster(directory: Directory, rgba: Uint8Array, dpi: number): Raster {
  const { width, height } = sizeOf(directory)
  if (rgba.length < width * height * 4) throw badImage('tiff-data')
  const grey = first(directory, 'photometric', 0) <= 1
  const raster = newRaster(width, height, grey ? 1 : 3, dpi)
  const out = raster.data
  if (grey) for (let i = 0; i < out.length; i += 1) out[i] = rgba[i * 4] ?? 0
  else for (let i = 0, from = 0; i < out.length; i += 3, from += 4) {
    out[i] = rgba[from] ?? 0
    out[i + 1] = rgba[from + 1] ?? 0
    out[i + 2] = rgba[from + 2] ?? 0
  }
  return raster
}

/** TIFF's orientation 1 … 8 is the one of Exif. */
function uprightOf(raster: Raster, orientation: number): Raster {
  const [turns, mirrored] = ([[0, false], [0, true], [2, false], [2, true], [3, true], [1, false], [1, true], [3, false]] as const)[orientation - 1] ?? ([0, false] as const)
  return turned(mirrored ? flipped(raster) : raster, turns)
}

/** Pages in a TIFF, 1 … 1,000. @throws AppError QT-011 */
export const tiffPages = (bytes: Uint8Array): number => readTiffDirectories(bytes).length

/**
 * One page of a TIFF as pixels: bilevel, grey, palette, colour; uncompressed, G3, G4, LZW, deflate, PackBits, JPEG.
 * @param page from 0
 * @param dpi where the file does not tell
 * @throws AppError QT-011 for a broken or cut-off file, QT-013 beyond 150 million pixels (before decoding)
 */
export function decodeTiff(bytes: Uint8Array, page = 0, dpi: number = DPI.assumed): Raster {
  const directory = readTiffDirectories(bytes)[page]
  if (!directory) throw badImage('tiff-page')
  if (!COMPRESSIONS.has(first(directory, 'compression', 1)) || first(directory, 'photometric', 0) > 6 || [4, 5].includes(first(directory, 'photometric', 0))) throw badImage('tiff-kind')
  const layout = layoutOf(bytes, directory)
  try {
    const { file, offsets, lengths } = gathered(bytes, directory, layout)
    const decoded = pageOf(directory, offsets, lengths)
    loadUtif().decodeImage(file, decoded, [decoded])
    const raster = toRaster(directory, loadUtif().toRGBA8(decoded), dpiOf(directory) ?? dpi)
    return uprightOf(raster, first(directory, 'orientation', 1))
  } catch (error) {
    throw error instanceof Error && error.name === 'AppError' ? error : badImage('tiff-data', error)
  }
}
