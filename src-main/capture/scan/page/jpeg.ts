import type { ImageFacts } from './facts'

const SOF = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])
const CM_PER_INCH = 2.54

type Found = { frame: number; scan: number; dpi: number | null }

/** Walks the segments up to the first scan, so that a thumbnail's frame or end is not taken for the picture's. */
function walk(bytes: Buffer): Found | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  const found: Found = { frame: -1, scan: -1, dpi: null }
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return null
    if (SOF.has(marker) && length >= 8) found.frame = at
    if (marker === 0xe0 && length >= 14 && bytes.toString('latin1', at + 4, at + 8) === 'JFIF') found.dpi = densityOf(bytes, at)
    if (marker === 0xda) {
      found.scan = at + 2 + length
      return found
    }
    at += 2 + length
  }
  return null
}

function densityOf(bytes: Buffer, at: number): number | null {
  const unit = bytes[at + 11]
  const density = bytes.readUInt16BE(at + 12)
  if (density < 20) return null
  return unit === 1 ? density : unit === 2 ? Math.round(density * CM_PER_INCH) : null
}

/** Size and end mark of a JPEG; null where it is none, or is cut. A height that comes after the picture (DNL) is read from there. */
export function jpegFacts(bytes: Buffer): ImageFacts | null {
  const found = walk(bytes)
  if (!found || found.frame < 0 || bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') < found.scan) return null
  const height = bytes.readUInt16BE(found.frame + 5) || lateHeight(bytes, found.scan)
  const width = bytes.readUInt16BE(found.frame + 7)
  return width > 0 && height > 0 ? { mediaType: 'image/jpeg', width, height, dpi: found.dpi } : null
}

function lateHeight(bytes: Buffer, from: number): number {
  const at = bytes.indexOf('\xff\xdc\x00\x04', from, 'latin1')
  return at >= 0 && at + 6 <= bytes.length ? bytes.readUInt16BE(at + 4) : 0
}

/**
 * Feeders that do not know the length of the paper write height 0 and the true one behind the picture; most decoders refuse that.
 * Where it is so, gives the place and the two bytes to write; else null.
 */
export function heightRepair(bytes: Buffer): Readonly<{ at: number; height: number }> | null {
  const found = walk(bytes)
  if (!found || found.frame < 0 || bytes.readUInt16BE(found.frame + 5) !== 0) return null
  const height = lateHeight(bytes, found.scan)
  return height > 0 ? { at: found.frame + 5, height } : null
}
