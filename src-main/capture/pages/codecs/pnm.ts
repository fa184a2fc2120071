import { badImage, DPI, refuseSize } from '../limits'
import { newRaster, type Raster } from '../raster'

type Head = Readonly<{ kind: 4 | 5 | 6; width: number; height: number; most: number; length: number }>

/** Longest header that is read: comments of scanners are a line or two. */
const HEAD_BYTES = 4_096

/** Reads the header of P4, P5 or P6 (Netpbm); null while it is not complete. @throws AppError QT-011, QT-013 */
export function readPnmHead(bytes: Uint8Array): Head | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1')
  const kind = /^P([456])/.exec(text)?.[1]
  if (text.length >= 2 && kind === undefined) throw badImage('pnm-kind')
  const gap = String.raw`(?:\s|#[^\n\r]*[\n\r])+`
  const found = new RegExp(kind === '4' ? `^P4${gap}(\\d{1,9})${gap}(\\d{1,9})\\s` : `^P[56]${gap}(\\d{1,9})${gap}(\\d{1,9})${gap}(\\d{1,5})\\s`).exec(text)
  if (!found) {
    if (text.length >= HEAD_BYTES) throw badImage('pnm-head')
    return null
  }
  const [width, height, most] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 1)]
  refuseSize(width, height)
  if (most < 1 || most > 65_535) throw badImage('pnm-depth')
  return { kind: kind === '4' ? 4 : kind === '5' ? 5 : 6, width, height, most, length: found[0].length }
}

/** Takes a picture as it comes from a scanner, piece by piece; holds the pixels that came and nothing else. */
export type PnmReader = Readonly<{
  /** @throws AppError QT-011 for what is no PNM, QT-013 beyond the limits */
  push(piece: Uint8Array): void
  /** Share of the picture that is there, 0 … 1; 0 before the header. */
  ratio(): number
  /** @throws AppError QT-011 while pixels are missing */
  end(): Raster
}>

/** Spreads one row of the file into pixels. */
function spread({ kind, width, most }: Head, row: Uint8Array, out: Uint8Array, to: number): void {
  if (kind === 4) {
    for (let x = 0; x < width; x += 1) out[to + x] = ((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) === 0 ? 255 : 0
    return
  }
  const samples = width * (kind === 6 ? 3 : 1)
  if (most === 255) out.set(row.subarray(0, samples), to)
  else if (most < 255) for (let i = 0; i < samples; i += 1) out[to + i] = Math.min(255, Math.round(((row[i] ?? 0) * 255) / most))
  else for (let i = 0; i < samples; i += 1) out[to + i] = Math.min(255, Math.round((((row[i * 2] ?? 0) * 256 + (row[i * 2 + 1] ?? 0)) * 255) / most))
}

const rowBytesOf = ({ kind, width, most }: Head): number => (kind === 4 ? (width + 7) >> 3 : width * (kind === 6 ? 3 : 1) * (most > 255 ? 2 : 1))

/** A reader of PNM that comes in pieces (`scanimage --format=pnm`). @param dpi PNM does not tell it */
export function createPnmReader(dpi: number = DPI.assumed): PnmReader {
  let waiting: Uint8Array = new Uint8Array(0)
  let head: Head | null = null
  let image: Raster | null = null
  let rows = 0
  const readRows = (known: Head, target: Raster): void => {
    const rowBytes = rowBytesOf(known)
    let at = 0
    while (rows < known.height && at + rowBytes <= waiting.length) {
      spread(known, waiting.subarray(at, at + rowBytes), target.data, rows * known.width * target.channels)
      rows += 1
      at += rowBytes
    }
    waiting = rows === known.height ? new Uint8Array(0) : waiting.subarray(at)
  }
  return {
    push: (piece) => {
      if (head && rows === head.height) return
      waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece])
      if (!head) {
        head = readPnmHead(waiting)
        if (!head) return
        waiting = waiting.subarray(head.length)
        image = newRaster(head.width, head.height, head.kind === 6 ? 3 : 1, dpi)
      }
      if (image) readRows(head, image)
    },
    ratio: () => (head ? rows / head.height : 0),
    end: () => {
      if (!head || !image || rows < head.height) throw badImage('pnm-truncated')
      return image
    },
  }
}

/** A whole PNM (P4, P5, P6; up to 16 bits). @throws AppError QT-011, QT-013 */
export function decodePnm(bytes: Uint8Array, dpi?: number): Raster {
  const reader = createPnmReader(dpi)
  reader.push(bytes)
  return reader.end()
}
