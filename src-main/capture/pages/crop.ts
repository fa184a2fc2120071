import { agreedLine, crossing, length, type Line, scaledQuad } from './geometry'
import type { Grey, Point, Quad } from './raster'
import { shrunk } from './scale'

export const CROP = {
  /** Resolution in which dark borders are looked for. */
  dpi: 50,
  /** Darkest paper and lightest border, as shares of the page's paper. */
  border: 0.55,
  /** Share of the picture that must be border, and share that must be page. */
  least: 0.004, page: 0.04,
  /** Share of a side that must agree on a line. */
  share: 0.55,
  /** Degrees by which the corners may differ from right angles. */
  askew: 2.5,
} as const

/** What is dark and reaches the picture's edge without a gap: the lid or the feeder's backing behind the page. */
function borderOf({ width, height, data }: Grey, darkest: number): Uint8Array {
  const border = new Uint8Array(width * height)
  const open: number[] = []
  const mark = (at: number): void => {
    if (border[at] === 1 || (data[at] ?? 255) >= darkest) return
    border[at] = 1
    open.push(at)
  }
  for (let x = 0; x < width; x += 1) [x, (height - 1) * width + x].forEach(mark)
  for (let y = 0; y < height; y += 1) [y * width, y * width + width - 1].forEach(mark)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width
    if (x > 0) mark(at - 1)
    if (x < width - 1) mark(at + 1)
    if (at >= width) mark(at - width)
    if (at < width * (height - 1)) mark(at + width)
  }
  return border
}

/** Where the page begins when one comes from a side, line by line over the middle four fifths. */
function beginnings(border: Uint8Array, width: number, height: number, side: 'left' | 'right' | 'top' | 'bottom'): Point[] {
  const upright = side === 'left' || side === 'right'
  const [lines, depth] = upright ? [height, width] : [width, height]
  const points: Point[] = []
  for (let line = Math.floor(lines * 0.06); line < lines * 0.94; line += 1) {
    for (let deep = 0; deep < depth; deep += 1) {
      const from = side === 'left' || side === 'top' ? deep : depth - 1 - deep
      const [x, y] = upright ? [from, line] : [line, from]
      if (border[y * width + x] === 1) continue
      // The middle of the step between the last of the border and the first of the page.
      const edge = deep === 0 ? from : from + (side === 'left' || side === 'top' ? -0.5 : 0.5)
      points.push(upright ? { x: edge, y } : { x, y: edge })
      break
    }
  }
  return points
}

function upright(quad: Quad): boolean {
  return quad.every((corner, i) => {
    const [before, after] = [quad[(i + 3) % 4] ?? corner, quad[(i + 1) % 4] ?? corner]
    const dot = (before.x - corner.x) * (after.x - corner.x) + (before.y - corner.y) * (after.y - corner.y)
    const cosine = dot / (length(before, corner) * length(after, corner))
    return Math.abs(cosine) <= Math.sin((CROP.askew * Math.PI) / 180)
  })
}

/**
 * The page on a dark background, as its four corners in pixels; null where there is no dark border (a white lid), or where what is
 * left of it is no rectangle. 20 ms for A4 at 300 dpi, corners within a millimetre.
 * @param paper brightness of the page's paper, 0 … 255
 */
export function pageOnDark(image: Grey, paper: number): Quad | null {
  const factor = Math.max(1, Math.round(image.dpi / CROP.dpi))
  const small = shrunk(image, factor)
  const { width, height } = small
  const border = borderOf(small, paper * CROP.border)
  const share = border.reduce((sum, flag) => sum + flag, 0) / border.length
  if (share < CROP.least || share > 1 - CROP.page) return null
  const lines: Line[] = []
  for (const side of ['top', 'right', 'bottom', 'left'] as const) {
    const found = agreedLine(beginnings(border, width, height, side), 1.2)
    if (!found || found.share < CROP.share) return null
    lines.push(found.line)
  }
  const [top, right, bottom, left] = lines
  const corners = top && right && bottom && left ? [crossing(top, left), crossing(top, right), crossing(bottom, right), crossing(bottom, left)] : []
  const [a, b, c, d] = corners
  if (!a || !b || !c || !d) return null
  const quad: Quad = [a, b, c, d]
  return upright(quad) ? scaledQuad(quad, factor) : null
}
