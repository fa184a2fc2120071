/**
 * Pixels in rows from the top, without padding: one byte a pixel (grey, 0 = black) or three (red, green, blue, as sRGB).
 * `dpi` is the same both ways; whoever makes a raster knows it or says what is assumed.
 */
export type Raster = Readonly<{ width: number; height: number; channels: 1 | 3; data: Uint8Array; dpi: number }>
export type Grey = Raster & Readonly<{ channels: 1 }>

/** One bit a pixel, 1 = ink, the first pixel in the highest bit; each row begins in a new byte. The unused bits of a row are 0. */
export type Bits = Readonly<{ width: number; height: number; stride: number; data: Uint8Array; dpi: number }>

export type Point = Readonly<{ x: number; y: number }>
/** In pixels. */
export type Box = Readonly<{ x: number; y: number; width: number; height: number }>
/** The corners of a page as it is read: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point]

export const newGrey = (width: number, height: number, dpi: number): Grey => ({ width, height, channels: 1, data: new Uint8Array(width * height), dpi })

export const newRaster = (width: number, height: number, channels: 1 | 3, dpi: number): Raster =>
  ({ width, height, channels, data: new Uint8Array(width * height * channels), dpi })

export const newBits = (width: number, height: number, dpi: number): Bits => {
  const stride = (width + 7) >> 3
  return { width, height, stride, data: new Uint8Array(stride * height), dpi }
}

export const isGrey = (image: Raster): image is Grey => image.channels === 1

/** Pixels of a length on paper. */
export const pixels = (millimetres: number, dpi: number): number => (millimetres * dpi) / 25.4

/** Grey copies by the image they were made of: several steps ask for the same one, and it goes with its image. */
const greys = new WeakMap<Raster, Grey>()

/** Luma by Rec. 601 in integers (77, 150, 29 of 256): what scanners and JPEG call grey. A grey image comes back as it is. 20 ms for A4 at 300 dpi, once an image. */
export function toGrey(image: Raster): Grey {
  if (isGrey(image)) return image
  const known = greys.get(image)
  if (known) return known
  const grey = greyOf(image)
  greys.set(image, grey)
  return grey
}

function greyOf(image: Raster): Grey {
  const { width, height, data, dpi } = image
  const grey = newGrey(width, height, dpi)
  const out = grey.data
  for (let i = 0, from = 0; i < out.length; i += 1, from += 3) {
    out[i] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29 + 128) >> 8
  }
  return grey
}

/** Bits as grey pixels: ink 0, paper 255. */
export function bitsToGrey(bits: Bits): Grey {
  const { width, height, stride, data, dpi } = bits
  const grey = newGrey(width, height, dpi)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      grey.data[y * width + x] = ((data[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0 ? 255 : 0
    }
  }
  return grey
}
