import { newRaster, type Point, type Quad, type Raster } from './raster'

/** Maps a place in the result to one in the source: x = (a·u + b·v + c) / (g·u + h·v + 1), y likewise with d, e, f. */
export type Homography = readonly [a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number]

/** The homography that takes the rectangle (0, 0) … (width, height) to a quadrilateral (Heckbert's closed form). */
export function homographyTo(quad: Quad, width: number, height: number): Homography {
  const [p0, p1, p2, p3] = quad
  const sum = { x: p0.x - p1.x + p2.x - p3.x, y: p0.y - p1.y + p2.y - p3.y }
  const [d1, d2] = [{ x: p1.x - p2.x, y: p1.y - p2.y }, { x: p3.x - p2.x, y: p3.y - p2.y }]
  const area = d1.x * d2.y - d2.x * d1.y
  const g = (sum.x * d2.y - d2.x * sum.y) / area
  const h = (d1.x * sum.y - sum.x * d1.y) / area
  return [
    (p1.x - p0.x + g * p1.x) / width, (p3.x - p0.x + h * p3.x) / height, p0.x, (p1.y - p0.y + g * p1.y) / width, (p3.y - p0.y + h * p3.y) / height, p0.y, g / width, h / height,
  ]
}

/** Where a place of the result lies in the source. */
export function mapped([a, b, c, d, e, f, g, h]: Homography, { x, y }: Point): Point {
  const w = g * x + h * y + 1
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
}

function sampleGrey(image: Raster, x: number, y: number, background: number): number {
  const { width, height, data } = image
  if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) {
    const [nearX, nearY] = [Math.round(x), Math.round(y)]
    return nearX >= 0 && nearY >= 0 && nearX < width && nearY < height ? (data[nearY * width + nearX] ?? background) : background
  }
  const left = x | 0
  const top = y | 0
  const fx = ((x - left) * 256) | 0
  const fy = ((y - top) * 256) | 0
  const at = top * width + left
  const upper = (data[at] ?? 0) * (256 - fx) + (data[at + 1] ?? 0) * fx
  const lower = (data[at + width] ?? 0) * (256 - fx) + (data[at + width + 1] ?? 0) * fx
  return (upper * (256 - fy) + lower * fy + 32_768) >> 16
}

/** Writes the three colours of a place between pixels. */
function sampleColour(image: Raster, x: number, y: number, background: readonly number[], out: Uint8Array, to: number): void {
  const { width, height, data } = image
  if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) {
    const [nearX, nearY] = [Math.round(x), Math.round(y)]
    const inside = nearX >= 0 && nearY >= 0 && nearX < width && nearY < height
    const at = (nearY * width + nearX) * 3
    for (let c = 0; c < 3; c += 1) out[to + c] = (inside ? data[at + c] : background[c]) ?? 255
    return
  }
  const left = x | 0
  const top = y | 0
  const fx = ((x - left) * 256) | 0
  const fy = ((y - top) * 256) | 0
  // The four weights together are 65,536.
  const w0 = (256 - fx) * (256 - fy)
  const w1 = fx * (256 - fy)
  const w2 = (256 - fx) * fy
  const w3 = fx * fy
  const at = (top * width + left) * 3
  const below = at + width * 3
  out[to] = ((data[at] ?? 0) * w0 + (data[at + 3] ?? 0) * w1 + (data[below] ?? 0) * w2 + (data[below + 3] ?? 0) * w3 + 32_768) >> 16
  out[to + 1] = ((data[at + 1] ?? 0) * w0 + (data[at + 4] ?? 0) * w1 + (data[below + 1] ?? 0) * w2 + (data[below + 4] ?? 0) * w3 + 32_768) >> 16
  out[to + 2] = ((data[at + 2] ?? 0) * w0 + (data[at + 5] ?? 0) * w1 + (data[below + 2] ?? 0) * w2 + (data[below + 5] ?? 0) * w3 + 32_768) >> 16
}

/**
 * An image seen through a homography, bilinear. 150 ms for grey, 350 ms for colour, A4 at 300 dpi.
 * @param background one value a channel, for what lies outside the source
 */
export function warped(image: Raster, width: number, height: number, map: Homography, background: readonly number[], dpi: number): Raster {
  const [a, b, c, d, e, f, g, h] = map
  const out = newRaster(width, height, image.channels, dpi)
  const paper = background[0] ?? 255
  let to = 0
  for (let v = 0; v < height; v += 1) {
    // Pixel centres: half a pixel in, half a pixel out.
    const y = v + 0.5
    for (let u = 0; u < width; u += 1) {
      const x = u + 0.5
      const w = 1 / (g * x + h * y + 1)
      const sourceX = (a * x + b * y + c) * w - 0.5
      const sourceY = (d * x + e * y + f) * w - 0.5
      if (image.channels === 1) out.data[to++] = sampleGrey(image, sourceX, sourceY, paper)
      else {
        sampleColour(image, sourceX, sourceY, background, out.data, to)
        to += 3
      }
    }
  }
  return out
}

/** What lies between four corners, made upright on a page of known size. @param quad corners in pixels, top left first, clockwise */
export function straightened(image: Raster, quad: Quad, page: Readonly<{ width: number; height: number; dpi: number }>, background: readonly number[]): Raster {
  return warped(image, page.width, page.height, homographyTo(quad, page.width, page.height), background, page.dpi)
}

/**
 * Turned about its middle so that what leant by `degrees` clockwise stands upright; the window may be larger than the source.
 * @param window of the result, its middle on the middle of the source but for `shift` (pixels)
 */
export function rotated(
  image: Raster, degrees: number, background: readonly number[], window: Readonly<{ width: number; height: number; shift?: Point }> = image,
): Raster {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const { x: shiftX, y: shiftY } = window.shift ?? { x: 0, y: 0 }
  const [u0, v0] = [window.width / 2 - shiftX, window.height / 2 - shiftY]
  const [cx, cy] = [image.width / 2, image.height / 2]
  const map: Homography = [cos, -sin, cx - cos * u0 + sin * v0, sin, cos, cy - sin * u0 - cos * v0, 0, 0]
  return warped(image, window.width, window.height, map, background, image.dpi)
}
