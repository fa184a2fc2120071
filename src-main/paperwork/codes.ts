import { toSVG } from 'bwip-js/node'
import type { QrPicture } from '@contract/display'

/** A code drawn as vectors. Sizes in points; the quiet zone is inside the drawing. */
export interface CodeDrawing {
  svg: string
  width: number
  height: number
}

// The library draws a QR module as two units.
const QR_QUIET = 2 * 4
const BAR_QUIET = 10
const MAX_BAR_MODULE = (0.33 * 72) / 25.4

/** Width in modules and the shapes of a symbol drawn at one unit a module, quiet zone included. */
function symbol(drawn: string): { units: [number, number]; shapes: string } {
  const box = /^<svg viewBox="0 0 (\d+) (\d+)"[^>]*>([\s\S]*)<\/svg>\s*$/.exec(drawn)
  if (!box) throw new Error('barcode library drew an unknown picture')
  return { units: [Number(box[1]), Number(box[2])], shapes: box[3] ?? '' }
}

function drawing(drawn: string, width: number, height: number): CodeDrawing {
  const { units, shapes } = symbol(drawn)
  const frame = `viewBox="0 0 ${units[0]} ${units[1]}" width="${width}" height="${height}" preserveAspectRatio="none"`
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" ${frame}>${shapes}</svg>`, width, height }
}

function drawnQr(text: string): string {
  // The library's types list only options that all symbologies share.
  const options = { bcid: 'qrcode', text, eclevel: 'M', scale: 1, padding: QR_QUIET }
  return toSVG(options)
}

/** QR of a text, error correction M, quiet zone of 4 modules (ISO/IEC 18004). @param size side in points, quiet zone included. */
export function qrCode(text: string, size: number): CodeDrawing {
  return drawing(drawnQr(text), size, size)
}

/** The same QR for a screen: one path on a square of `size` units, dark on nothing. */
export function qrPicture(text: string): QrPicture {
  const { units: [size], shapes } = symbol(drawnQr(text))
  return { size, path: [...shapes.matchAll(/ d="([^"]+)"/gu)].map((match) => match[1]).join('') }
}

/**
 * Code 128 of a text, quiet zones of 10 modules (ISO/IEC 15417).
 * @param maxWidth room in points; the narrow bar is at most 0.33 mm and shrinks for long codes.
 */
export function barCode(text: string, maxWidth: number, height: number): CodeDrawing {
  const drawn = toSVG({ bcid: 'code128', text, scale: 1, paddingwidth: BAR_QUIET, includetext: false })
  const [modules] = symbol(drawn).units
  return drawing(drawn, modules * Math.min(MAX_BAR_MODULE, maxWidth / modules), height)
}
