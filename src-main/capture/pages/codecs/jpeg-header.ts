import { badImage, believableDpi, IMAGE_LIMITS, refuseSize } from '../limits'

/** What a JPEG says of itself before it is decoded. */
export type JpegHeader = Readonly<{
  width: number
  height: number
  components: 1 | 3
  progressive: boolean
  /** From JFIF or Exif; null where it says nothing believable. */
  dpi: number | null
  /** Quarter turns clockwise that the picture needs (Exif), and whether it is mirrored. */
  turns: 0 | 1 | 2 | 3
  mirrored: boolean
}>

type Found = { frame: Omit<JpegHeader, 'dpi' | 'turns' | 'mirrored'> | null; jfifDpi: number | null; exifDpi: number | null; orientation: number; scans: number }

const SOS = 0xda
const EOI = 0xd9
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7
/** Frames that libjpeg-turbo decodes: baseline, extended, progressive; not lossless, hierarchical or arithmetic. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function frameOf(marker: number, segment: DataView): Found['frame'] {
  if (!FRAMES.has(marker)) throw badImage('jpeg-kind')
  if (segment.byteLength < 6) throw badImage('jpeg-frame')
  const components = segment.getUint8(5)
  if (segment.getUint8(0) !== 8 || (components !== 1 && components !== 3)) throw badImage('jpeg-colours')
  const [height, width] = [segment.getUint16(1), segment.getUint16(3)]
  refuseSize(width, height)
  return { width, height, components, progressive: marker === 0xc2 }
}

const startsWith = (segment: DataView, text: string): boolean =>
  segment.byteLength >= text.length && [...text].every((char, index) => segment.getUint8(index) === char.charCodeAt(0))

function jfifDpiOf(segment: DataView): number | null {
  if (segment.byteLength < 12) return null
  const [unit, x, y] = [segment.getUint8(7), segment.getUint16(8), segment.getUint16(10)]
  if (x !== y || (unit !== 1 && unit !== 2)) return null
  return believableDpi(unit === 1 ? x : Math.round(x * 2.54))
}

/** Orientation and resolution of an Exif block (TIFF 6.0 fields 0x0112, 0x011a, 0x0128). What does not fit is passed over: it is a hint only. */
function exifOf(segment: DataView): { orientation: number; dpi: number | null } {
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6)
  const result = { orientation: 1, dpi: null as number | null }
  try {
    const little = tiff.getUint16(0) === 0x4949
    const directory = tiff.getUint32(4, little)
    let unit = 2
    let resolution = 0
    for (let entry = 0; entry < Math.min(tiff.getUint16(directory, little), 64); entry += 1) {
      const at = directory + 2 + entry * 12
      const tag = tiff.getUint16(at, little)
      if (tag === 0x0112) result.orientation = tiff.getUint16(at + 8, little)
      if (tag === 0x0128) unit = tiff.getUint16(at + 8, little)
      if (tag === 0x011a) {
        const value = tiff.getUint32(at + 8, little)
        resolution = tiff.getUint32(value, little) / tiff.getUint32(value + 4, little)
      }
    }
    // 72 is what cameras write when they mean nothing.
    const dpi = Math.round(unit === 3 ? resolution * 2.54 : resolution)
    result.dpi = dpi === 72 ? null : believableDpi(dpi)
  } catch {
    return result
  }
  return result
}

function readSegment(found: Found, marker: number, segment: DataView): void {
  if (isFrame(marker)) {
    if (found.frame) throw badImage('jpeg-frames')
    found.frame = frameOf(marker, segment)
  } else if (marker === 0xe0 && startsWith(segment, 'JFIF\0')) found.jfifDpi = jfifDpiOf(segment)
  else if (marker === 0xe1 && startsWith(segment, 'Exif\0\0')) {
    const { orientation, dpi } = exifOf(segment)
    found.orientation = orientation
    found.exifDpi = dpi
  } else if (marker === SOS) {
    if (!found.frame) throw badImage('jpeg-frame')
    found.scans += 1
    if (found.scans > IMAGE_LIMITS.scans) throw badImage('jpeg-scans')
  }
}

/** Where the entropy-coded bytes that begin at `from` end: at the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    at = bytes.indexOf(0xff, at)
    if (at < 0 || at + 1 >= bytes.length) throw badImage('jpeg-truncated')
    const next = bytes[at + 1] ?? 0
    if (next === 0xff) at += 1
    else if (next === 0 || isRestart(next)) at += 2
    else return at
  }
}

/** Exif orientation 1 … 8 as quarter turns clockwise after mirroring left to right. */
const ORIENTATIONS: Readonly<Record<number, readonly [turns: 0 | 1 | 2 | 3, mirrored: boolean]>> = {
  1: [0, false], 2: [0, true], 3: [2, false], 4: [2, true], 5: [3, true], 6: [1, false], 7: [1, true], 8: [3, false],
}

/**
 * Walks all markers of a JPEG up to its end, so that a cut-off file, a bomb, an unusual kind (arithmetic, lossless, 12 bits, CMYK) or
 * one of very many scans is refused before anything is decoded.
 * @throws AppError QT-011 for what is broken or of no known kind, QT-013 beyond 150 million pixels
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw badImage('jpeg-start')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Found = { frame: null, jfifDpi: null, exifDpi: null, orientation: 1, scans: 0 }
  let at = 2
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    if (at + 2 > bytes.length || bytes[at] !== 0xff) throw badImage('jpeg-truncated')
    const marker = bytes[at + 1] ?? 0
    if (marker === EOI) break
    if (at + 4 > bytes.length) throw badImage('jpeg-truncated')
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) throw badImage('jpeg-truncated')
    readSegment(found, marker, new DataView(bytes.buffer, bytes.byteOffset + at + 4, length - 2))
    at += 2 + length
    if (marker === SOS) at = endOfScan(bytes, at)
  }
  if (!found.frame || found.scans === 0) throw badImage('jpeg-empty')
  const [turns, mirrored] = ORIENTATIONS[found.orientation] ?? [0, false]
  return { ...found.frame, dpi: found.jfifDpi ?? found.exifDpi, turns, mirrored }
}
