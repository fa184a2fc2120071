import { cellsOf, contrastsOf } from './cells'
import { findPage } from './find/find-page'
import { type Grey, type Quad, type Raster, toGrey } from './raster'

/** What a camera sees: the page's corners in pixels of the frame, how bright its paper is (0 … 255) and how sharp its writing (0 … 1). */
export type FrameLook = Readonly<{ corners: Quad | null; sure: number; light: number; sharpness: number }>

export const LOOK = {
  /** Places along each side of the page at which its brightness is taken, and the share of them that are darker than its paper. */
  grid: 48, paper: 0.75,
  /** Contrast that counts as writing in a frame, in grey levels. */
  ink: 40,
  /** Cells of writing below which nothing is said about sharpness: an empty page is not blurred. */
  cells: 12,
} as const

const whole = ({ width, height }: Raster): Quad => [{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }]

/** Greys at places spread evenly over a quadrangle. */
function greysIn({ width, height, data }: Grey, [a, b, c, d]: Quad): number[] {
  const greys: number[] = []
  for (let i = 0; i < LOOK.grid; i += 1) {
    for (let k = 0; k < LOOK.grid; k += 1) {
      const [u, v] = [(i + 0.5) / LOOK.grid, (k + 0.5) / LOOK.grid]
      const x = Math.floor((1 - v) * ((1 - u) * a.x + u * b.x) + v * ((1 - u) * d.x + u * c.x))
      const y = Math.floor((1 - v) * ((1 - u) * a.y + u * b.y) + v * ((1 - u) * d.y + u * c.y))
      if (x >= 0 && y >= 0 && x < width && y < height) greys.push(data[y * width + x] ?? 0)
    }
  }
  return greys
}

const inside = (quad: Quad, x: number, y: number): boolean => quad.every((from, i) => {
  const to = quad[(i + 1) % 4] ?? from
  return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0
})

/** Median share of their contrast that the edges of writing make in one step of a pixel: 1 is as sharp as a picture can be. */
function sharpnessIn(grey: Grey, quad: Quad): number {
  // In its own pixels: a frame is so coarse already that a stroke is one of them wide.
  const cells = cellsOf({ ...grey, dpi: 1 })
  const contrasts = contrastsOf(cells)
  const shares: number[] = []
  contrasts.forEach((contrast, cell) => {
    const [x, y] = [((cell % cells.columns) + 0.5) * cells.size, (Math.floor(cell / cells.columns) + 0.5) * cells.size]
    if (contrast >= LOOK.ink && inside(quad, x, y)) shares.push((cells.steep[cell] ?? 0) / contrast)
  })
  if (shares.length < LOOK.cells) return 1
  shares.sort((p, q) => p - q)
  return Math.min(1, (shares[shares.length >> 1] ?? 0) * 1.4)
}

/** A small frame of a camera (640 … 960 pixels), several times a second: the outline that is drawn, and whether it is light and sharp enough. */
export function lookAtFrame(frame: Raster): FrameLook {
  const found = findPage(frame)
  const grey = toGrey(frame)
  const quad = found?.quad ?? whole(frame)
  const greys = greysIn(grey, quad).sort((p, q) => p - q)
  return { corners: found?.quad ?? null, sure: found?.sure ?? 0, light: greys[Math.floor(greys.length * LOOK.paper)] ?? 0, sharpness: sharpnessIn(grey, quad) }
}
