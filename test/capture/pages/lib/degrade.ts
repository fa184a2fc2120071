import { newRaster, type Point, type Quad, type Raster } from '../../../../src-main/capture/pages/raster'
import { homographyTo } from '../../../../src-main/capture/pages/warp'
import { seeded } from '../../../seeded'

// Written apart from the code under test on purpose: sums of squares of nearby pixels instead of its bilinear warp.

const at = (image: Raster, x: number, y: number, c: number): number => {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const pick = (u: number, v: number): number =>
    image.data[(Math.min(image.height - 1, Math.max(0, v)) * image.width + Math.min(image.width - 1, Math.max(0, u))) * image.channels + c] ?? 255
  const [fx, fy] = [x - left, y - top]
  return (pick(left, top) * (1 - fx) + pick(left + 1, top) * fx) * (1 - fy) + (pick(left, top + 1) * (1 - fx) + pick(left + 1, top + 1) * fx) * fy
}

/** The page lies askew on the glass: its content leans by `degrees` clockwise; outside it is `background`. */
export function leaning(image: Raster, degrees: number, background = 255): Raster {
  const out = newRaster(image.width, image.height, image.channels, image.dpi)
  const angle = (degrees * Math.PI) / 180
  const [cos, sin, cx, cy] = [Math.cos(angle), Math.sin(angle), (image.width - 1) / 2, (image.height - 1) / 2]
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const [u, v] = [cos * (x - cx) + sin * (y - cy) + cx, -sin * (x - cx) + cos * (y - cy) + cy]
      const inside = u > -0.5 && v > -0.5 && u < image.width - 0.5 && v < image.height - 0.5
      for (let c = 0; c < image.channels; c += 1) out.data[(y * image.width + x) * image.channels + c] = inside ? Math.round(at(image, u, v, c)) : background
    }
  }
  return out
}

/** Noise of a sensor: about normal, standard deviation `sigma`. */
export function noisy(image: Raster, sigma: number, seed = 7): Raster {
  const roll = seeded(seed)
  const data = new Uint8Array(image.data.length)
  for (let i = 0; i < data.length; i += 1) data[i] = Math.max(0, Math.min(255, Math.round((image.data[i] ?? 0) + (roll() + roll() + roll() + roll() - 2) * sigma * 1.73)))
  return { ...image, data }
}

/** Light that falls off over the page: factor at each of its corners, top left first, clockwise. */
export function shaded(image: Raster, corners: readonly [number, number, number, number]): Raster {
  const data = new Uint8Array(image.data.length)
  for (let y = 0; y < image.height; y += 1) {
    const v = y / image.height
    for (let x = 0; x < image.width; x += 1) {
      const u = x / image.width
      const light = (corners[0] * (1 - u) + corners[1] * u) * (1 - v) + (corners[3] * (1 - u) + corners[2] * u) * v
      for (let c = 0, i = (y * image.width + x) * image.channels; c < image.channels; c += 1, i += 1) data[i] = Math.min(255, Math.round((image.data[i] ?? 0) * light))
    }
  }
  return { ...image, data }
}

type Rgb = readonly [number, number, number]

/** Colour over a ring: `cover` 0 … 1 within `inner` … `outer` pixels of the middle, by multiplication as ink and coffee do. */
export function ringed(image: Raster, middle: Point, inner: number, outer: number, colour: Rgb, cover: number): Raster {
  const data = Uint8Array.from(image.data)
  for (let y = Math.max(0, Math.floor(middle.y - outer)); y < Math.min(image.height, middle.y + outer); y += 1) {
    for (let x = Math.max(0, Math.floor(middle.x - outer)); x < Math.min(image.width, middle.x + outer); x += 1) {
      const far = Math.hypot(x - middle.x, y - middle.y)
      if (far < inner || far > outer) continue
      for (let c = 0, i = (y * image.width + x) * image.channels; c < image.channels; c += 1, i += 1) {
        data[i] = Math.round((data[i] ?? 0) * (1 - cover + (cover * (colour[c] ?? 255)) / 255))
      }
    }
  }
  return { ...image, data }
}

export const coffee = (image: Raster, middle: Point, radius: number): Raster => ringed(ringed(image, middle, 0, radius, [205, 175, 130], 0.5), middle, radius * 0.92, radius, [150, 100, 50], 0.5)

/** A round seal in red: two rings and a star of sorts. */
export function sealed(image: Raster, middle: Point, radius: number): Raster {
  const red: Rgb = [205, 30, 45]
  return ringed(ringed(ringed(image, middle, radius * 0.94, radius, red, 0.9), middle, radius * 0.7, radius * 0.74, red, 0.9), middle, 0, radius * 0.3, red, 0.85)
}

/** Out of focus: a box of (2 · reach + 1) pixels, twice. */
export function blurred(image: Raster, reach: number): Raster {
  const { width, height, channels } = image
  const pass = (data: Uint8Array, step: number, length: number, lines: number, lineStep: number): Uint8Array => {
    const out = new Uint8Array(data.length)
    for (let line = 0; line < lines; line += 1) {
      for (let c = 0; c < channels; c += 1) {
        const start = line * lineStep + c
        const pick = (i: number): number => data[start + Math.min(length - 1, Math.max(0, i)) * step] ?? 0
        let sum = 0
        for (let i = -reach; i <= reach; i += 1) sum += pick(i)
        for (let i = 0; i < length; i += 1) {
          out[start + i * step] = Math.round(sum / (2 * reach + 1))
          sum += pick(i + reach + 1) - pick(i - reach)
        }
      }
    }
    return out
  }
  let data = image.data
  for (let round = 0; round < 2; round += 1) {
    data = pass(data, channels, width, height, width * channels)
    data = pass(data, width * channels, height, width, channels)
  }
  return { ...image, data }
}

export type Desk = Readonly<{ colour: Rgb; grain: number }>
export const DESKS = {
  brown: { colour: [120, 84, 58], grain: 18 }, dark: { colour: [45, 45, 50], grain: 6 }, grey: { colour: [150, 152, 150], grain: 8 }, white: { colour: [228, 228, 224], grain: 2 },
} as const satisfies Record<string, Desk>

/**
 * What a camera above a desk sees: the page in perspective with its corners at `quad`, a thin shadow along its edges, grain on the desk.
 * The page is taken by area (four by four points a pixel), so that no line breaks up.
 */
export function onDesk(page: Raster, size: Readonly<{ width: number; height: number }>, quad: Quad, desk: Desk, seed = 3): Raster {
  const out = newRaster(size.width, size.height, 3, 0)
  const roll = seeded(seed)
  const inverse = inverted(homographyTo(quad, page.width, page.height))
  const streaks = Array.from({ length: size.height }, () => (roll() - 0.5) * desk.grain)
  const shadow = 7
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const to = (y * size.width + x) * 3
      const grain = (streaks[(y + (x >> 5)) % size.height] ?? 0) + (roll() - 0.5) * desk.grain * 0.5
      const far = outside(quad, x, y)
      const dim = far > 0 && far < shadow ? 0.82 + (0.18 * far) / shadow : 1
      for (let c = 0; c < 3; c += 1) out.data[to + c] = Math.max(0, Math.min(255, Math.round(((desk.colour[c] ?? 0) + grain) * dim)))
      if (far < 1) takePage(page, inverse, x, y, out.data, to)
    }
  }
  return out
}

/** Pixels by which a place lies outside of a convex quadrilateral; below 0 inside. */
function outside(quad: Quad, x: number, y: number): number {
  let most = -Infinity
  for (let i = 0; i < 4; i += 1) {
    const [p, q] = [quad[i] ?? quad[0], quad[(i + 1) % 4] ?? quad[0]]
    const [dx, dy] = [q.x - p.x, q.y - p.y]
    most = Math.max(most, (dy * (x + 0.5 - p.x) - dx * (y + 0.5 - p.y)) / Math.hypot(dx, dy))
  }
  return most
}

type Matrix = readonly number[]

function inverted([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: readonly number[]): Matrix {
  return [e - f * h, c * h - b, b * f - c * e, f * g - d, a - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d]
}

function takePage(page: Raster, m: Matrix, x: number, y: number, out: Uint8Array, to: number): void {
  const sums = [0, 0, 0]
  let count = 0
  for (let i = 0; i < 9; i += 1) {
    const [px, py] = [x + ((i % 3) + 0.5) / 3, y + (Math.floor(i / 3) + 0.5) / 3]
    const w = (m[6] ?? 0) * px + (m[7] ?? 0) * py + (m[8] ?? 0)
    const [u, v] = [((m[0] ?? 0) * px + (m[1] ?? 0) * py + (m[2] ?? 0)) / w, ((m[3] ?? 0) * px + (m[4] ?? 0) * py + (m[5] ?? 0)) / w]
    if (u < 0 || v < 0 || u >= page.width || v >= page.height) continue
    count += 1
    for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (page.data[(Math.floor(v) * page.width + Math.floor(u)) * page.channels + (page.channels === 3 ? c : 0)] ?? 255)
  }
  for (let c = 0; c < 3 && count > 0; c += 1) out[to + c] = Math.round(((sums[c] ?? 0) + (out[to + c] ?? 0) * (9 - count)) / 9)
}
