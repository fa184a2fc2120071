import { type Cells, clumpsOf, contrastsOf } from './cells'

export const BLANK = {
  /** Contrast that counts as ink, in grey levels; the back side's writing that shows through has less. */
  ink: 46,
  /** Millimetres along the edges that do not count: punched holes, shadows, feeder rollers. */
  margin: 8,
  /** A page number has a few cells that touch, dust has one or two: the largest group and all together, at most. */
  group: 2, cells: 14,
} as const

export type Blankness = Readonly<{ blank: boolean; cells: number; largest: number }>

/** Whether nothing is written on a page. Rather keeps a page too many: a lone page number or a short signature is writing. */
export function blanknessOf(cells: Cells, contrasts = contrastsOf(cells)): Blankness {
  const margin = Math.ceil((BLANK.margin * cells.dpi) / 25.4 / 8)
  const ink = Uint8Array.from(contrasts, (contrast, cell) => {
    const [x, y] = [cell % cells.columns, Math.floor(cell / cells.columns)]
    const inside = x >= margin && y >= margin && x < cells.columns - margin && y < cells.rows - margin
    return inside && contrast >= BLANK.ink ? 1 : 0
  })
  const clumps = clumpsOf(ink, cells.columns)
  const all = clumps.reduce((sum, clump) => sum + clump.cells, 0)
  const largest = clumps.reduce((most, clump) => Math.max(most, clump.cells), 0)
  return { blank: largest <= BLANK.group && all <= BLANK.cells, cells: all, largest }
}
