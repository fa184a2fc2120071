import type { Grey } from './raster'
import { shrunk } from './scale'

/** A page as a coarse map of its ink about its middle of mass, in text (base64, 5,976 characters): cells of 2 mm, four bits each. */
export type Fingerprint = string

export const FINGERPRINT = {
  /** Resolution of the copy, and its pixels a cell. */
  dpi: 50, cell: 4,
  columns: 80, rows: 112,
  /** Darkness against white that is no ink: what is left of noise and shadow on a whitened page. */
  paper: 18,
  /** Cells by which two maps are moved against each other. */
  shift: 2,
  /** Likeness from which on two pages are the same sheet. The same form filled in otherwise has up to 0.7, a second scan 0.9 and more. */
  same: 0.8,
  /** Mean ink of a map below which a page says too little to compare. */
  least: 0.02,
} as const

/** Ink of each pixel and where its middle is. */
function inkOf({ width, height, data }: Grey): { ink: Float32Array; x: number; y: number } {
  const ink = new Float32Array(data.length)
  let [sum, x, y] = [0, 0, 0]
  for (let at = 0; at < data.length; at += 1) {
    const dark = Math.max(0, 255 - FINGERPRINT.paper - (data[at] ?? 255))
    ink[at] = dark
    sum += dark
    x += dark * (at % width)
    y += dark * Math.floor(at / width)
  }
  return sum === 0 ? { ink, x: width / 2, y: height / 2 } : { ink, x: x / sum, y: y / sum }
}

/** The fingerprint of a page that lies straight and is white. The map lies about the ink's middle, so that where the sheet lay does not matter. 20 ms. */
export function fingerprintOf(page: Grey): Fingerprint {
  const { dpi, cell, columns, rows } = FINGERPRINT
  const small = shrunk(page, Math.max(1, Math.round(page.dpi / dpi)))
  const { ink, x, y } = inkOf(small)
  const pixels = (cell * small.dpi) / dpi
  const [left, top] = [x - (columns * pixels) / 2, y - (rows * pixels) / 2]
  const sums = new Float32Array(columns * rows)
  for (let v = 0, at = 0; v < small.height; v += 1) {
    const row = Math.floor((v - top) / pixels)
    for (let u = 0; u < small.width; u += 1, at += 1) {
      const column = Math.floor((u - left) / pixels)
      if (row >= 0 && row < rows && column >= 0 && column < columns) sums[row * columns + column] = (sums[row * columns + column] ?? 0) + (ink[at] ?? 0)
    }
  }
  const packed = new Uint8Array((columns * rows) / 2)
  sums.forEach((sum, i) => {
    const level = Math.min(15, Math.round((sum / (pixels * pixels) / 255) * 30))
    packed[i >> 1] = (packed[i >> 1] ?? 0) | (i % 2 === 0 ? level << 4 : level)
  })
  return Buffer.from(packed.buffer).toString('base64')
}

function unpacked(print: Fingerprint): Uint8Array | null {
  const bytes = Buffer.from(print, 'base64')
  const { columns, rows } = FINGERPRINT
  return bytes.length === (columns * rows) / 2 ? Uint8Array.from({ length: columns * rows }, (_, i) => (i % 2 === 0 ? (bytes[i >> 1] ?? 0) >> 4 : (bytes[i >> 1] ?? 0) & 15)) : null
}

/** Correlation of two maps, with the one moved by so many cells. */
function correlation(one: Uint8Array, other: Uint8Array, byX: number, byY: number): number {
  const { columns, rows } = FINGERPRINT
  let [n, p, q, pp, qq, pq] = [0, 0, 0, 0, 0, 0]
  for (let y = Math.max(0, byY); y < Math.min(rows, rows + byY); y += 1) {
    for (let x = Math.max(0, byX); x < Math.min(columns, columns + byX); x += 1) {
      const [a, b] = [one[y * columns + x] ?? 0, other[(y - byY) * columns + x - byX] ?? 0]
      n += 1
      p += a
      q += b
      pp += a * a
      qq += b * b
      pq += a * b
    }
  }
  const spread = (n * pp - p * p) * (n * qq - q * q)
  return spread <= 0 ? 0 : (n * pq - p * q) / Math.sqrt(spread)
}

/** How alike two pages are, 0 … 1; from `FINGERPRINT.same` on they are taken for one sheet. Empty pages are like nothing. 3 ms. */
export function likeness(one: Fingerprint, other: Fingerprint): number {
  const [p, q] = [unpacked(one), unpacked(other)]
  if (!p || !q) return 0
  const mean = (map: Uint8Array): number => map.reduce((sum, level) => sum + level, 0) / map.length
  if (Math.min(mean(p), mean(q)) < FINGERPRINT.least) return 0
  let best = 0
  for (let byY = -FINGERPRINT.shift; byY <= FINGERPRINT.shift; byY += 1) {
    for (let byX = -FINGERPRINT.shift; byX <= FINGERPRINT.shift; byX += 1) best = Math.max(best, correlation(p, q, byX, byY))
  }
  return best
}

export const samePage = (one: Fingerprint, other: Fingerprint): boolean => likeness(one, other) >= FINGERPRINT.same
