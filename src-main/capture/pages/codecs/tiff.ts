import { AppError } from '@contract/errors'
import { badImage, DPI } from '../limits'
import { newRaster, type Raster } from '../raster'
import { flipped, turned } from '../turn'
import { decodeJpeg } from './jpeg'
import { type Directory, dpiOf, first, readTiffDirectories, sizeOf } from './tiff-directory'
import { mirroredBits, unpack, unpredicted } from './tiff-unpack'

const JPEG = 7
const MOST_PIECE = 450_000_000

/** A strip or a tile: where it lies in the file and in the picture. */
type Piece = Readonly<{ offset: number; length: number; x: number; y: number; rows: number }>
type Layout = Readonly<{ pieces: Piece[]; pieceWidth: number; bits: number; samples: number; photometric: number; compression: number }>

function kindOf(directory: Directory): Pick<Layout, 'bits' | 'samples' | 'photometric' | 'compression'> {
  const [bits, samples, photometric, compression] = [first(directory, 'bits', 1), first(directory, 'samples', 1), first(directory, 'photometric', 0), first(directory, 'compression', 1)]
  const predictor = first(directory, 'predictor', 1)
  const known = [1, 2, 4, 8, 16].includes(bits) && samples >= 1 && samples <= 4 && (samples === 1 || first(directory, 'planar', 1) === 1)
  // White is zero, black is zero, colour, palette; YCbCr only inside of a JPEG.
  const colours = photometric <= 1 || (photometric === 2 && samples >= 3 && bits >= 8) || (photometric === 3 && samples === 1 && bits <= 8) || (photometric === 6 && compression === JPEG)
  const fax = compression < 2 || compression > 4 || (bits === 1 && samples === 1)
  if (!known || !colours || !fax || predictor > 2 || (predictor === 2 && bits !== 8)) throw badImage('tiff-kind')
  return { bits, samples, photometric, compression }
}

function layoutOf(bytes: Uint8Array, directory: Directory): Layout {
  const { width, height } = sizeOf(directory)
  const kind = kindOf(directory)
  const tiled = directory.values.has('tileWidth')
  const pieceWidth = tiled ? first(directory, 'tileWidth', 0) : width
  const rows = tiled ? first(directory, 'tileHeight', 0) : Math.min(first(directory, 'rowsPerStrip', height), height)
  if (rows < 1 || pieceWidth < 1 || pieceWidth * rows * kind.samples * Math.ceil(kind.bits / 8) > MOST_PIECE) throw badImage('tiff-pieces')
  const across = Math.ceil(width / pieceWidth)
  const offsets = directory.values.get(tiled ? 'tiles' : 'strips') ?? []
  // One strip without a length: what old fax programs write.
  const lengths = directory.values.get(tiled ? 'tileBytes' : 'stripBytes') ?? (offsets.length === 1 ? [bytes.length - (offsets[0] ?? 0)] : [])
  if (offsets.length !== across * Math.ceil(height / rows) || lengths.length !== offsets.length) throw badImage('tiff-pieces')
  const pieces = offsets.map((offset, i): Piece => {
    const y = Math.floor(i / across) * rows
    return { offset, length: lengths[i] ?? 0, x: (i % across) * pieceWidth, y, rows: tiled ? rows : Math.min(rows, height - y) }
  })
  if (pieces.some(({ offset, length }) => offset + length > bytes.length)) throw badImage('tiff-truncated')
  return { ...kind, pieces, pieceWidth }
}

/** Writes rows of a piece into the picture: plain rows of samples as the directory says. */
function spread(directory: Directory, { bits, samples, photometric }: Layout, piece: Piece, rows: Uint8Array, rowBytes: number, columns: number, image: Raster): void {
  const palette = directory.values.get('palette') ?? []
  if (photometric === 3 && palette.length < 3 << bits) throw badImage('tiff-palette')
  const scale = 255 / ((1 << Math.min(bits, 8)) - 1)
  const high = directory.little ? 1 : 0
  const sample = (row: number, index: number): number => {
    if (bits === 8) return rows[row + index] ?? 0
    if (bits === 16) return rows[row + index * 2 + high] ?? 0
    const bit = index * bits
    return ((rows[row + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
  }
  for (let y = 0; y < Math.min(piece.rows, image.height - piece.y); y += 1) {
    let to = ((piece.y + y) * image.width + piece.x) * image.channels
    for (let x = 0; x < columns; x += 1) {
      if (photometric <= 1) {
        const value = Math.round(sample(y * rowBytes, x * samples) * scale)
        image.data[to++] = photometric === 0 ? 255 - value : value
      } else if (photometric === 3) {
        const entry = sample(y * rowBytes, x)
        // Three tables of 16 bits, one a colour.
        for (let c = 0; c < 3; c += 1) image.data[to++] = (palette[(c << bits) + entry] ?? 0) >> 8
      } else for (let c = 0; c < 3; c += 1) image.data[to++] = sample(y * rowBytes, x * samples + c)
    }
  }
}

/** A piece that is a JPEG of its own, with the tables that all of them share. */
async function spreadJpeg(directory: Directory, piece: Piece, bytes: Uint8Array, columns: number, image: Raster): Promise<void> {
  const tables = directory.jpegTables
  const whole = tables && tables.length > 4 ? Buffer.concat([tables.subarray(0, tables.length - 2), bytes.subarray(2)]) : bytes
  const part = await decodeJpeg(whole)
  if (part.channels !== image.channels || part.width < columns || part.height < Math.min(piece.rows, image.height - piece.y)) throw badImage('tiff-jpeg')
  for (let y = 0; y < Math.min(piece.rows, image.height - piece.y); y += 1) {
    const from = y * part.width * part.channels
    image.data.set(part.data.subarray(from, from + columns * part.channels), ((piece.y + y) * image.width + piece.x) * image.channels)
  }
}

async function pixelsOf(bytes: Uint8Array, directory: Directory, image: Raster, layout: Layout): Promise<void> {
  const rowBytes = Math.ceil((layout.pieceWidth * layout.bits * layout.samples) / 8)
  const [mirrored, predicted] = [first(directory, 'fillOrder', 1) === 2, first(directory, 'predictor', 1) === 2]
  const twoDimensional = (first(directory, 'options', 0) & 1) === 1
  for (const piece of layout.pieces) {
    const packed = bytes.subarray(piece.offset, piece.offset + piece.length)
    const columns = Math.min(layout.pieceWidth, image.width - piece.x)
    if (layout.compression === JPEG) {
      await spreadJpeg(directory, piece, packed, columns, image)
      continue
    }
    const rows = unpack(mirrored ? mirroredBits(packed) : packed, { compression: layout.compression, width: layout.pieceWidth, rows: piece.rows, rowBytes, twoDimensional })
    spread(directory, layout, piece, predicted ? unpredicted(rows, piece.rows, rowBytes, layout.samples) : rows, rowBytes, columns, image)
  }
}

/** TIFF's orientation 1 … 8 is the one of Exif. */
function uprightOf(raster: Raster, orientation: number): Raster {
  const [turns, mirrored] = ([[0, false], [0, true], [2, false], [2, true], [3, true], [1, false], [1, true], [3, false]] as const)[orientation - 1] ?? ([0, false] as const)
  return turned(mirrored ? flipped(raster) : raster, turns)
}

/** Pages in a TIFF, 1 … 1,000. @throws AppError QT-011 */
export const tiffPages = (bytes: Uint8Array): number => readTiffDirectories(bytes).length

/**
 * One page of a TIFF as pixels: bilevel, grey, palette, colour of 8 or 16 bits; strips or tiles; uncompressed, fax (all four kinds),
 * LZW, deflate, PackBits, JPEG. Read by our own code: utif2 runs for minutes, or out of memory, on a few changed bytes.
 * @param page from 0
 * @param dpi where the file does not tell
 * @throws AppError QT-011 for a broken or cut-off file, QT-013 beyond 150 million pixels (before decoding)
 */
export async function decodeTiff(bytes: Uint8Array, page = 0, dpi: number = DPI.assumed): Promise<Raster> {
  const directory = readTiffDirectories(bytes)[page]
  if (!directory) throw badImage('tiff-page')
  const layout = layoutOf(bytes, directory)
  const { width, height } = sizeOf(directory)
  const grey = layout.photometric <= 1
  try {
    const image = newRaster(width, height, grey ? 1 : 3, dpiOf(directory) ?? dpi)
    await pixelsOf(bytes, directory, image, layout)
    return uprightOf(image, first(directory, 'orientation', 1))
  } catch (error) {
    throw error instanceof AppError ? error : badImage('tiff-data', error)
  }
}
