import { setImmediate as turn } from 'node:timers/promises'
import { type Bits, type Box, type Grey, newBits, newGrey } from '../pages/raster'
import { tooLarge } from './failures'
import { isBits, type PageImage } from './types'

/**
 * What an engine is given. Its memory grows with the pixels: A4 at 400 dpi, or A3 at 300 dpi, is as much as text needs;
 * what is larger is made smaller by a whole factor first.
 */
export const PICTURE_LIMITS = { pixels: 18_000_000, input: 300_000_000 } as const

/** Output rows between two turns of the event loop. */
export const ROWS_A_TURN = 32

/** A picture for an engine, and how many pixels of the page one of its pixels is. */
export type Picture = Readonly<{ bytes: Uint8Array; scale: number; dpi: number }>

const header = (kind: 'P4' | 'P5', width: number, height: number): Buffer => Buffer.from(`${kind}\n${width} ${height}\n${kind === 'P5' ? '255\n' : ''}`, 'latin1')

/** Netpbm: a header and the pixels as they are. In P4, as in `Bits`, 1 is ink. */
export function encodePnm(image: PageImage): Uint8Array {
  return Buffer.concat([header(isBits(image) ? 'P4' : 'P5', image.width, image.height), image.data])
}

/** The part of an area that lies on the page. */
export function within(area: Box, { width, height }: Readonly<{ width: number; height: number }>): Box {
  const x = Math.min(Math.max(Math.floor(area.x), 0), width - 1)
  const y = Math.min(Math.max(Math.floor(area.y), 0), height - 1)
  const right = Math.min(Math.max(Math.ceil(area.x + area.width), x + 1), width)
  const bottom = Math.min(Math.max(Math.ceil(area.y + area.height), y + 1), height)
  return { x, y, width: right - x, height: bottom - y }
}

function cropBits(bits: Bits, box: Box): Bits {
  const out = newBits(box.width, box.height, bits.dpi)
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const from = box.x + x
      if (((bits.data[(box.y + y) * bits.stride + (from >> 3)] ?? 0) & (0x80 >> (from & 7))) === 0) continue
      const at = y * out.stride + (x >> 3)
      out.data[at] = (out.data[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return out
}

/** A part of a page, by a box from `within`. */
export function crop(image: PageImage, box: Box): PageImage {
  if (isBits(image)) return cropBits(image, box)
  const out = newGrey(box.width, box.height, image.dpi)
  for (let y = 0; y < box.height; y += 1) {
    const from = (box.y + y) * image.width + box.x
    out.data.set(image.data.subarray(from, from + box.width), y * box.width)
  }
  return out
}

/** Grey of a pixel, whatever the image is. */
export function pixelsOf(image: PageImage): (x: number, y: number) => number {
  if (!isBits(image)) return (x, y) => image.data[y * image.width + x] ?? 255
  return (x, y) => (((image.data[y * image.stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0 ? 255 : 0)
}

/** Mean of squares of `factor` × `factor` pixels. Lets the event loop turn, so that a page of 1,200 dpi holds nothing up. */
async function shrunk(image: PageImage, factor: number): Promise<Grey> {
  const out = newGrey(Math.max(1, Math.floor(image.width / factor)), Math.max(1, Math.floor(image.height / factor)), Math.round(image.dpi / factor))
  const pixel = pixelsOf(image)
  const area = factor * factor
  for (let y = 0; y < out.height; y += 1) {
    if (y % ROWS_A_TURN === ROWS_A_TURN - 1) await turn()
    for (let x = 0; x < out.width; x += 1) {
      let sum = 0
      for (let dy = 0; dy < factor; dy += 1) for (let dx = 0; dx < factor; dx += 1) sum += pixel(x * factor + dx, y * factor + dy)
      out.data[y * out.width + x] = sum / area
    }
  }
  return out
}

/** A page as an engine takes it. @throws AppError QT-018 beyond 300 million pixels */
export async function pictureOf(image: PageImage): Promise<Picture> {
  const pixels = image.width * image.height
  if (pixels > PICTURE_LIMITS.input || pixels < 1) throw tooLarge(image.width, image.height)
  const factor = Math.ceil(Math.sqrt(pixels / PICTURE_LIMITS.pixels))
  const small = factor > 1 ? await shrunk(image, factor) : image
  return { bytes: encodePnm(small), scale: factor, dpi: small.dpi }
}
