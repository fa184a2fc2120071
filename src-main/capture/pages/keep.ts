import { cellsOf, contrastsOf, type Cells } from './cells'
import { edgeWidth } from './legibility'
import type { Bits, Grey } from './raster'

/** When a cleaned page counts as worse than what it was made from. */
export const WORSE = {
  /** Contrast of what must not get lost, and how steep it must be: a stain has soft edges, a faint pencil line has not. */
  ink: 32, steep: 14,
  /** Share of such cells that may lose more than half of their contrast, and the least number that says anything. */
  lost: 0.015, cells: 40,
  /** Edges may get wider by this factor. */
  edge: 1.4,
} as const

function lostShare(cells: Cells, contrasts: Uint8Array, isLost: (cell: number, contrast: number) => boolean): number {
  let [ink, lost] = [0, 0]
  contrasts.forEach((contrast, cell) => {
    if (contrast < WORSE.ink || (cells.steep[cell] ?? 0) < WORSE.steep) return
    ink += 1
    if (isLost(cell, contrast)) lost += 1
  })
  return ink < WORSE.cells ? (lost > WORSE.cells / 4 ? 1 : 0) : lost / ink
}

/** Share of the writing that black and white has lost: cells of ink in which nothing is black. The same geometry as `cells`. 10 ms. */
export function lostInBits(cells: Cells, contrasts: Uint8Array, bits: Bits): number {
  const bytes = cells.size >> 3
  return lostShare(cells, contrasts, (cell) => {
    const [x, y] = [cell % cells.columns, Math.floor(cell / cells.columns)]
    // A little beyond the cell as well: the grey rim of a stroke whose black lies next door is not lost.
    const slack = cells.size >> 2
    for (let row = Math.max(0, y * cells.size - slack); row < Math.min(bits.height, (y + 1) * cells.size + slack); row += 1) {
      for (let i = Math.max(0, x * bytes - 1); i < Math.min(bits.stride, (x + 1) * bytes + 1); i += 1) if ((bits.data[row * bits.stride + i] ?? 0) !== 0) return false
    }
    return true
  })
}

/** Share of the writing that has lost more than half of its contrast in a grey copy of the same geometry. 30 ms. */
export function lostInGrey(cells: Cells, contrasts: Uint8Array, result: Grey): number {
  const after = contrastsOf(cellsOf(result))
  return lostShare(cells, contrasts, (cell, contrast) => (after[cell] ?? 0) * 2 < contrast)
}

/** True when the edges of a page got wider by being straightened than they were: it is to be kept as it was. */
export function blurredMore(before: Cells, after: Cells): boolean {
  const [was, is] = [edgeWidth(before, contrastsOf(before)), edgeWidth(after, contrastsOf(after))]
  return was !== null && is !== null && is > was * WORSE.edge
}
