import { BACKGROUND, type Background, overviewOf } from './background'
import { type Clump, clumpsOf } from './cells'
import type { Box, Raster } from './raster'

export const COLOUR = {
  dpi: BACKGROUND.dpi,
  /** Pixels of the copy a cell (1.35 mm). */
  cell: 4,
  /** Difference of the strongest and weakest colour against the paper, in 255ths, and how many pixels of a cell must have it. */
  chroma: 42, pixels: 3,
  /** Cells that touch, from which on colour is worth keeping: 15 mm². */
  clump: 8,
  /** A seal: red, so large in millimetres both ways. */
  seal: { least: 16, most: 65 },
  /** A picture: cells of a middle brightness that changes little, this share of all. */
  middle: { low: 0.1, high: 0.78, range: 0.22, share: 0.006 },
} as const

/** What a page has in it: its seal (in pixels of the page), coloured places, and whether it is a picture rather than ink on paper. */
export type PageColour = Readonly<{ kind: 'colour' | 'grey' | 'black'; seal: Box | null; coloured: number; picture: number }>

type Cell = { coloured: number; red: number; low: number; high: number }

function cellAt(small: Raster, background: Background, cellX: number, cellY: number): Cell {
  const { width, channels, data } = small
  const cell = { coloured: 0, red: 0, low: 255, high: 0 }
  const scale = COLOUR.cell / BACKGROUND.tile
  const tile = (Math.min(background.rows - 1, Math.floor(cellY * scale)) * background.columns + Math.min(background.columns - 1, Math.floor(cellX * scale))) * channels
  const gain = [0, 1, 2].map((c) => 255 / Math.max(16, background.levels[tile + (channels === 3 ? c : 0)] ?? 255))
  for (let y = cellY * COLOUR.cell; y < (cellY + 1) * COLOUR.cell; y += 1) {
    for (let x = cellX * COLOUR.cell; x < (cellX + 1) * COLOUR.cell; x += 1) {
      const at = (y * width + x) * channels
      const red = (data[at] ?? 0) * (gain[0] ?? 1)
      const green = channels === 3 ? (data[at + 1] ?? 0) * (gain[1] ?? 1) : red
      const blue = channels === 3 ? (data[at + 2] ?? 0) * (gain[2] ?? 1) : red
      const most = Math.max(red, green, blue)
      const luma = (red * 77 + green * 150 + blue * 29) / 256
      cell.low = Math.min(cell.low, luma)
      cell.high = Math.max(cell.high, luma)
      if (most - Math.min(red, green, blue) < COLOUR.chroma) continue
      cell.coloured += 1
      if (red === most && red - Math.max(green, blue) > COLOUR.chroma * 0.7) cell.red += 1
    }
  }
  return cell
}

function sealOf(clumps: readonly Clump[], pixelsPerCell: number, dpi: number): Box | null {
  const millimetres = (cells: number): number => (cells * pixelsPerCell * 25.4) / dpi
  const { least, most } = COLOUR.seal
  const fits = (cells: number): boolean => millimetres(cells) >= least && millimetres(cells) <= most
  const seal = clumps.filter(({ box }) => fits(box.width) && fits(box.height)).sort((p, q) => q.cells - p.cells)[0]
  if (!seal) return null
  const { x, y, width, height } = seal.box
  return { x: x * pixelsPerCell, y: y * pixelsPerCell, width: width * pixelsPerCell, height: height * pixelsPerCell }
}

/**
 * Whether a page needs its colours (a seal, a signature in blue ink, a photograph), its greys (a picture without colour) or neither.
 * Colours are judged against the paper beside them, so that yellow light and yellowed paper are no colour. 40 ms at 300 dpi.
 */
export function colourOf(image: Raster, background: Background): PageColour {
  const factor = Math.max(1, Math.round(image.dpi / COLOUR.dpi))
  const small = overviewOf(image)
  const [columns, rows] = [Math.floor(small.width / COLOUR.cell), Math.floor(small.height / COLOUR.cell)]
  const [coloured, red] = [new Uint8Array(columns * rows), new Uint8Array(columns * rows)]
  let [picture, marked] = [0, 0]
  const { low, high, range, share } = COLOUR.middle
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const cell = cellAt(small, background, x, y)
      if (cell.low > low * 255 && cell.high < high * 255 && cell.high - cell.low < range * 255) picture += 1
      if (cell.coloured >= COLOUR.pixels) coloured[y * columns + x] = 1
      if (cell.red >= COLOUR.pixels) red[y * columns + x] = 1
    }
  }
  const kept = clumpsOf(coloured, columns).filter(({ cells }) => cells >= COLOUR.clump)
  marked = kept.reduce((sum, { cells }) => sum + cells, 0)
  const pictureShare = picture / Math.max(1, columns * rows)
  const kind = image.channels === 3 && marked > 0 ? 'colour' : pictureShare >= share ? 'grey' : 'black'
  return { kind, seal: sealOf(clumpsOf(red, columns), COLOUR.cell * factor, image.dpi), coloured: marked / Math.max(1, columns * rows), picture: pictureShare }
}
