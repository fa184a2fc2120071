import { newRaster, type Raster } from './raster'
import { shrunk } from './scale'

/**
 * How bright bare paper is over a page: one value a tile and channel (0 … 255), from a copy of 75 dpi. `paper` is the share of tiles
 * in which paper was seen; a photograph or a dark cover has little.
 */
export type Background = Readonly<{ columns: number; rows: number; /** pixels of the page a tile */ tile: number; channels: 1 | 3; levels: Float32Array; paper: number; luma: Float32Array }>

export const BACKGROUND = {
  dpi: 75,
  /** Pixels of the copy a tile: 2.7 mm. */
  tile: 8,
  /** What is within this share of a tile's brightest counts as its paper. */
  near: 0.9,
  /** A tile darker than this share of the page's paper is no paper: a photograph, a seal, a table's head. */
  darkest: 0.55,
} as const

const lumaAt = (data: Uint8Array, at: number, channels: number): number =>
  channels === 1 ? (data[at] ?? 0) : ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) / 256

/** Mean of the brightest pixels of each tile. */
function tilesOf(small: Raster, columns: number, rows: number): { levels: Float32Array; luma: Float32Array } {
  const { channels, width, height, data } = small
  const [levels, luma] = [new Float32Array(columns * rows * channels), new Float32Array(columns * rows)]
  const inTile = (tileX: number, tileY: number, act: (at: number) => void): void => {
    for (let y = tileY * BACKGROUND.tile; y < Math.min(height, (tileY + 1) * BACKGROUND.tile); y += 1) {
      for (let x = tileX * BACKGROUND.tile; x < Math.min(width, (tileX + 1) * BACKGROUND.tile); x += 1) act((y * width + x) * channels)
    }
  }
  for (let tileY = 0, tile = 0; tileY < rows; tileY += 1) {
    for (let tileX = 0; tileX < columns; tileX += 1, tile += 1) {
      let [most, sum, count] = [0, 0, 0]
      inTile(tileX, tileY, (at) => (most = Math.max(most, lumaAt(data, at, channels))))
      inTile(tileX, tileY, (at) => {
        const value = lumaAt(data, at, channels)
        if (value < most * BACKGROUND.near) return
        sum += value
        count += 1
        for (let c = 0; c < channels; c += 1) levels[tile * channels + c] = (levels[tile * channels + c] ?? 0) + (data[at + c] ?? 0)
      })
      for (let c = 0; c < channels; c += 1) levels[tile * channels + c] = (levels[tile * channels + c] ?? 0) / Math.max(1, count)
      luma[tile] = sum / Math.max(1, count)
    }
  }
  return { levels, luma }
}

type Grid = Readonly<{ columns: number; rows: number; channels: 1 | 3 }>

/** For each tile the brightest of itself and its eight neighbours: a tile in the middle of writing takes the paper beside it. */
function brightest({ columns, rows, channels }: Grid, levels: Float32Array, luma: Float32Array): { levels: Float32Array; luma: Float32Array } {
  const out = { levels: new Float32Array(levels.length), luma: new Float32Array(luma.length) }
  for (let y = 0, tile = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1, tile += 1) {
      let best = tile
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v += 1) {
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u += 1) if ((luma[v * columns + u] ?? 0) > (luma[best] ?? 0)) best = v * columns + u
      }
      out.luma[tile] = luma[best] ?? 0
      for (let c = 0; c < channels; c += 1) out.levels[tile * channels + c] = levels[best * channels + c] ?? 0
    }
  }
  return out
}

/** Gives tiles without paper the mean of their neighbours that have it, ring by ring. */
function filledIn({ columns, rows, channels }: Grid, levels: Float32Array, known: Uint8Array): void {
  for (let left = known.reduce((sum, flag) => sum + 1 - flag, 0); left > 0;) {
    const before = Uint8Array.from(known)
    for (let tile = 0; tile < known.length; tile += 1) {
      if (before[tile] === 1) continue
      const [x, y] = [tile % columns, Math.floor(tile / columns)]
      const near = [[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]].flatMap(([u = -1, v = -1]) =>
        u >= 0 && v >= 0 && u < columns && v < rows && before[v * columns + u] === 1 ? [v * columns + u] : [])
      if (near.length === 0) continue
      for (let c = 0; c < channels; c += 1) levels[tile * channels + c] = near.reduce((sum, other) => sum + (levels[other * channels + c] ?? 0), 0) / near.length
      known[tile] = 1
      left -= 1
    }
  }
}

function smoothed({ columns, rows, channels }: Grid, levels: Float32Array): Float32Array {
  const out = new Float32Array(levels.length)
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      for (let c = 0; c < channels; c += 1) {
        let [sum, count] = [0, 0]
        for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v += 1) {
          for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u += 1, count += 1) sum += levels[(v * columns + u) * channels + c] ?? 0
        }
        out[(y * columns + x) * channels + c] = sum / count
      }
    }
  }
  return out
}

const copies = new WeakMap<Raster, Raster>()

/** The copy of 75 dpi that background and colours are judged on; made once an image. */
export function overviewOf(image: Raster): Raster {
  const known = copies.get(image)
  if (known) return known
  const small = shrunk(image, Math.max(1, Math.round(image.dpi / BACKGROUND.dpi)))
  copies.set(image, small)
  return small
}

/** Brightness of bare paper over a page, however the light falls. 45 ms for a colour page of A4 at 300 dpi. */
export function backgroundOf(image: Raster): Background {
  const factor = Math.max(1, Math.round(image.dpi / BACKGROUND.dpi))
  const small = overviewOf(image)
  const grid = { columns: Math.ceil(small.width / BACKGROUND.tile), rows: Math.ceil(small.height / BACKGROUND.tile), channels: image.channels }
  const seen = tilesOf(small, grid.columns, grid.rows)
  const bright = brightest(grid, seen.levels, seen.luma)
  const sorted = Float32Array.from(bright.luma).sort()
  const paper = sorted[Math.floor(sorted.length * 0.9)] ?? 255
  const known = Uint8Array.from(bright.luma, (luma) => (luma >= paper * BACKGROUND.darkest && luma > 0 ? 1 : 0))
  const share = known.reduce((sum, flag) => sum + flag, 0) / Math.max(1, known.length)
  if (share === 0) return { ...grid, tile: factor * BACKGROUND.tile, levels: newLevels(bright.levels.length), luma: newLevels(seen.luma.length), paper: 0 }
  filledIn(grid, bright.levels, known)
  return { ...grid, tile: factor * BACKGROUND.tile, levels: smoothed(grid, smoothed(grid, bright.levels)), luma: seen.luma, paper: share }
}

const newLevels = (length: number): Float32Array => new Float32Array(length).fill(255)

/** Interpolates one channel of a row of tiles for every pixel of a row of the page. */
function gainsOf(background: Background, y: number, width: number, channel: number, gains: Float32Array): void {
  const { columns, rows, tile, channels, levels } = background
  const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / tile - 0.5))
  const [top, below] = [Math.floor(v), Math.min(rows - 1, Math.floor(v) + 1)]
  const part = v - top
  const level = (column: number): number =>
    (levels[(top * columns + column) * channels + channel] ?? 255) * (1 - part) + (levels[(below * columns + column) * channels + channel] ?? 255) * part
  let from = level(0)
  let to = from
  let column = -1
  for (let x = 0; x < width; x += 1) {
    const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / tile - 0.5))
    const left = u | 0
    if (left !== column) {
      column = left
      from = level(left)
      to = level(Math.min(columns - 1, left + 1))
    }
    gains[x] = 255 / Math.max(16, from + (to - from) * (u - left))
  }
}

export const WHITEN = {
  /** Brightness against the paper from which on it counts as paper, and from which on it is drawn towards it. */
  white: 0.935, knee: 0.86,
  /** Least share of tiles with paper; below it the page is a picture and is left alone. */
  paper: 0.35,
} as const

/** New value for a brightness against the paper of 0 … 2 (in 255ths): nothing darker than the knee changes. */
function curve(): Uint8Array {
  const { white, knee } = WHITEN
  return Uint8Array.from({ length: 511 }, (_, i) => {
    const ratio = i / 255
    if (ratio >= white) return 255
    return Math.round(255 * (ratio <= knee ? ratio : knee + ((ratio - knee) * (1 - knee)) / (white - knee)))
  })
}

/**
 * The page as if lit evenly, its paper white; each channel against its own paper, so that yellow light goes and a red seal stays red.
 * 60 ms for grey, 170 ms for colour, A4 at 300 dpi. A page on which little paper is seen comes back as it is.
 */
export function whitened<T extends Raster>(image: T, background: Background): T {
  if (background.paper < WHITEN.paper) return image
  const { width, height, channels, data, dpi } = image
  const out = newRaster(width, height, channels, dpi)
  const table = curve()
  const gains = Array.from({ length: channels }, () => new Float32Array(width))
  for (let y = 0; y < height; y += 1) {
    gains.forEach((channel, c) => {
      // A tile has 32 rows: four of them share what is between.
      if (y % 4 === 0) gainsOf(background, y + 2, width, c, channel)
      for (let x = 0, at = y * width * channels + c; x < width; x += 1, at += channels) {
        const index = ((data[at] ?? 0) * (channel[x] ?? 1) + 0.5) | 0
        out.data[at] = index >= 511 ? 255 : (table[index] ?? 255)
      }
    })
  }
  return out as T
}

/** The background of a grey copy of the same page. */
export function greyBackground(background: Background): Background {
  if (background.channels === 1) return background
  const { levels } = background
  const grey = Float32Array.from({ length: levels.length / 3 }, (_, i) => ((levels[i * 3] ?? 0) * 77 + (levels[i * 3 + 1] ?? 0) * 150 + (levels[i * 3 + 2] ?? 0) * 29) / 256)
  return { ...background, channels: 1, levels: grey }
}
