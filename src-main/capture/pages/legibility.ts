import type { Background } from './background'
import { type Cells, clumpsOf } from './cells'
import type { Box } from './raster'

export type FindingKind = 'blurred' | 'dark' | 'glare' | 'cut-edge' | 'low-resolution'

/** Why a page may have to be taken again: what, where (pixels of the page), how much, and the limit that it misses. */
export type Finding = Readonly<{ kind: FindingKind; region: Box; measure: number; limit: number }>

/** Every threshold of the legibility check. Found on pages degraded with known truth (test/capture/pages/legibility.test.ts). */
export const LEGIBILITY = {
  /** Zones that a page is judged in. */
  zones: { columns: 4, rows: 6 },
  /** Median width of the edges of ink in millimetres: 0.2 on a sharp scan, 0.3 on a sharp camera picture. At least so many cells of ink a zone, at least so dark. */
  blurred: { limit: 0.52, cells: 25, ink: 30 },
  /** Brightness of the paper, 0 … 255: of the whole page, and of a zone when the rest is brighter by `ratio`. */
  dark: { limit: 105, zone: 70, ratio: 1.7 },
  /** Paper that burns out: as bright as `limit` where the page's paper is at most `paper`, on at least so many square millimetres. */
  glare: { limit: 250, paper: 222, area: 120 },
  /** Cells of ink at the very edge, not counting a line along it that covers more than `line` of the side (a border's shadow). */
  'cut-edge': { limit: 3, ink: 80, line: 0.2 },
  /** Pixels an inch: A4 that fills the frame of a 5-megapixel camera has 135, and its text is read without fault. */
  'low-resolution': { limit: 110 },
} as const

const medianOf = (values: number[]): number => values.sort((p, q) => p - q)[values.length >> 1] ?? 0

const around = (boxes: readonly Box[]): Box => {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))]
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y }
}

const scaled = (box: Box, size: number): Box => ({ x: box.x * size, y: box.y * size, width: box.width * size, height: box.height * size })

/** Cells or tiles of each zone, with the zone's box in them. */
function zonesOf(columns: number, rows: number): Box[] {
  const { zones } = LEGIBILITY
  return Array.from({ length: zones.columns * zones.rows }, (_, i) => {
    const [u, v] = [i % zones.columns, Math.floor(i / zones.columns)]
    const [x, y] = [Math.floor((u * columns) / zones.columns), Math.floor((v * rows) / zones.rows)]
    return { x, y, width: Math.floor(((u + 1) * columns) / zones.columns) - x, height: Math.floor(((v + 1) * rows) / zones.rows) - y }
  })
}

function valuesIn(box: Box, columns: number, value: (cell: number) => number | null): number[] {
  const values: number[] = []
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      const found = value(y * columns + x)
      if (found !== null) values.push(found)
    }
  }
  return values
}

/** Median width of the edges of ink in millimetres; null without enough ink. */
export function edgeWidth(cells: Cells, contrasts: Uint8Array, box: Box = { x: 0, y: 0, width: cells.columns, height: cells.rows }): number | null {
  const { cells: least, ink } = LEGIBILITY.blurred
  const values = valuesIn(box, cells.columns, (cell) => {
    const contrast = contrasts[cell] ?? 0
    const own = (cells.high[cell] ?? 0) - (cells.low[cell] ?? 0)
    return contrast >= ink && own >= contrast * 0.7 ? (own / Math.max(1, cells.steep[cell] ?? 1)) * (25.4 / cells.dpi) : null
  })
  return values.length >= least ? medianOf(values) : null
}

function blurred(cells: Cells, contrasts: Uint8Array): Finding[] {
  const { limit } = LEGIBILITY.blurred
  const found = zonesOf(cells.columns, cells.rows).flatMap((box) => {
    const width = edgeWidth(cells, contrasts, box)
    return width !== null && width > limit ? [{ box, width }] : []
  })
  if (found.length === 0) return []
  return [{ kind: 'blurred', region: scaled(around(found.map(({ box }) => box)), cells.size), measure: Math.max(...found.map(({ width }) => width)), limit }]
}

function dark(background: Background, paper: number): Finding[] {
  const { limit, zone, ratio } = LEGIBILITY.dark
  const { columns, rows, tile, luma } = background
  if (paper < limit) return [{ kind: 'dark', region: { x: 0, y: 0, width: columns * tile, height: rows * tile }, measure: paper, limit }]
  const found = zonesOf(columns, rows).flatMap((box) => {
    const level = medianOf(valuesIn(box, columns, (cell) => luma[cell] ?? 0))
    return level < zone && level * ratio < paper ? [{ box, level }] : []
  })
  if (found.length === 0) return []
  return [{ kind: 'dark', region: scaled(around(found.map(({ box }) => box)), tile), measure: Math.min(...found.map(({ level }) => level)), limit: zone }]
}

function glare(background: Background, paper: number, dpi: number): Finding[] {
  const { limit, paper: most, area } = LEGIBILITY.glare
  if (paper > most) return []
  const marked = Uint8Array.from(background.luma, (luma) => (luma >= limit ? 1 : 0))
  const square = ((background.tile * 25.4) / dpi) ** 2
  return clumpsOf(marked, background.columns).filter(({ cells }) => cells * square >= area)
    .map(({ box, cells }) => ({ kind: 'glare', region: scaled(box, background.tile), measure: Math.round(cells * square), limit: area }))
}

/** Cells of ink along one side, without lines that run along it. */
function touching(contrasts: Uint8Array, ring: readonly number[]): number[] {
  const { ink, line } = LEGIBILITY['cut-edge']
  const longest = ring.length * line
  const kept: number[] = []
  let run: number[] = []
  for (const cell of [...ring, -1]) {
    if (cell >= 0 && (contrasts[cell] ?? 0) >= ink) run.push(cell)
    else {
      if (run.length <= longest) kept.push(...run)
      run = []
    }
  }
  return kept
}

function cutEdge(cells: Cells, contrasts: Uint8Array): Finding[] {
  const { columns, rows, size } = cells
  const [xs, ys] = [Array.from({ length: columns }, (_, x) => x), Array.from({ length: rows }, (_, y) => y)]
  const sides = [xs, xs.map((x) => (rows - 1) * columns + x), ys.map((y) => y * columns), ys.map((y) => y * columns + columns - 1)]
  const { limit } = LEGIBILITY['cut-edge']
  return sides.flatMap((side): Finding[] => {
    const cut = touching(contrasts, side)
    if (cut.length < limit) return []
    const boxes = cut.map((cell) => ({ x: cell % columns, y: Math.floor(cell / columns), width: 1, height: 1 }))
    return [{ kind: 'cut-edge', region: scaled(around(boxes), size), measure: cut.length, limit }]
  })
}

/** What was measured of a page before it was whitened. `dpi` of the picture as it was taken, before any enlargement. */
export type Measured = Readonly<{ cells: Cells; contrasts: Uint8Array; background: Background; dpi: number; pageDpi: number; camera: boolean }>

/** Brightness of a page's paper, 0 … 255. */
export function paperOf({ luma }: Background): number {
  const sorted = Float32Array.from(luma).sort()
  return sorted[Math.floor(sorted.length * 0.85)] ?? 0
}

/** Everything about a page that says "take it again", worst place first within a kind. 5 ms. */
export function findingsOf({ cells, contrasts, background, dpi, pageDpi, camera }: Measured): Finding[] {
  const paper = paperOf(background)
  const limit = LEGIBILITY['low-resolution'].limit
  const page = { x: 0, y: 0, width: cells.columns * cells.size, height: cells.rows * cells.size }
  return [
    ...(dpi < limit ? [{ kind: 'low-resolution', region: page, measure: Math.round(dpi), limit } as const] : []),
    ...blurred(cells, contrasts), ...dark(background, paper), ...(camera ? glare(background, paper, pageDpi) : []), ...cutEdge(cells, contrasts),
  ]
}
