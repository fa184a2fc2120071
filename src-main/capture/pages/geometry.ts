import type { Point, Quad } from './raster'

/** A line as cos·x + sin·y = rho; `degrees` of its normal, 0 … 180. */
export type Line = Readonly<{ cos: number; sin: number; rho: number }>

export const lineOf = (degrees: number, rho: number): Line => ({ cos: Math.cos((degrees * Math.PI) / 180), sin: Math.sin((degrees * Math.PI) / 180), rho })

/** Where two lines meet; null when they are near parallel. */
export function crossing(one: Line, other: Line): Point | null {
  const cross = one.cos * other.sin - one.sin * other.cos
  if (Math.abs(cross) < 0.05) return null
  return { x: (one.rho * other.sin - one.sin * other.rho) / cross, y: (one.cos * other.rho - other.cos * one.rho) / cross }
}

/** Total least squares through weighted points; null for fewer than two. */
export function fittedLine(points: readonly Point[], weights: readonly number[]): Line | null {
  let [sum, meanX, meanY] = [0, 0, 0]
  points.forEach(({ x, y }, i) => {
    const weight = weights[i] ?? 0
    sum += weight
    meanX += x * weight
    meanY += y * weight
  })
  if (points.length < 2 || sum <= 0) return null
  meanX /= sum
  meanY /= sum
  let [xx, xy, yy] = [0, 0, 0]
  points.forEach(({ x, y }, i) => {
    const weight = weights[i] ?? 0
    xx += weight * (x - meanX) ** 2
    xy += weight * (x - meanX) * (y - meanY)
    yy += weight * (y - meanY) ** 2
  })
  const along = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [cos, sin] = [-Math.sin(along), Math.cos(along)]
  return { cos, sin, rho: cos * meanX + sin * meanY }
}

const distance = ({ cos, sin, rho }: Line, { x, y }: Point): number => Math.abs(cos * x + sin * y - rho)

/** The line that most points agree on: pairs at fixed distances in the list are tried, then the points near the best are fitted. `share` of all within `near`. */
export function agreedLine(points: readonly Point[], near: number): Readonly<{ line: Line; share: number }> | null {
  let best: { line: Line; count: number } | null = null
  for (const step of [2, 3, 4, 6]) {
    const reach = Math.floor(points.length / step)
    for (let i = 0; reach > 0 && i + reach < points.length; i += Math.max(1, points.length >> 5)) {
      const line = fittedLine([points[i] ?? { x: 0, y: 0 }, points[i + reach] ?? { x: 0, y: 0 }], [1, 1])
      if (!line) continue
      const count = points.reduce((sum, point) => sum + (distance(line, point) <= near ? 1 : 0), 0)
      if (!best || count > best.count) best = { line, count }
    }
  }
  if (!best) return null
  let { line } = best
  for (let round = 0; round < 3; round += 1) {
    const rough = line
    line = fittedLine(points, points.map((point) => (distance(rough, point) <= near ? 1 : 0))) ?? rough
  }
  const final = line
  return { line, share: points.filter((point) => distance(final, point) <= near).length / points.length }
}

export const length = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y)

/** Area of a simple polygon. */
export function areaOf(quad: Quad): number {
  return Math.abs(quad.reduce((sum, { x, y }, i) => {
    const next = quad[(i + 1) % 4] ?? quad[0]
    return sum + x * next.y - next.x * y
  }, 0)) / 2
}

/** Four corners in the order of a page: clockwise from the one nearest the upper left; null unless they span a convex quadrilateral. */
export function orderedQuad(corners: readonly Point[]): Quad | null {
  const middle = { x: corners.reduce((sum, { x }) => sum + x, 0) / 4, y: corners.reduce((sum, { y }) => sum + y, 0) / 4 }
  const around = [...corners].sort((p, q) => Math.atan2(p.y - middle.y, p.x - middle.x) - Math.atan2(q.y - middle.y, q.x - middle.x))
  const start = around.reduce((best, { x, y }, i) => (x + y < (around[best]?.x ?? 0) + (around[best]?.y ?? 0) ? i : best), 0)
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => around[(start + i) % 4])
  if (!a || !b || !c || !d) return null
  const quad: Quad = [a, b, c, d]
  const convex = quad.every((p, i) => {
    const [q, r] = [quad[(i + 1) % 4] ?? a, quad[(i + 2) % 4] ?? a]
    return (q.x - p.x) * (r.y - q.y) - (q.y - p.y) * (r.x - q.x) > 0
  })
  return convex ? quad : null
}

export const scaledQuad = (quad: Quad, factor: number): Quad => {
  // A pixel of the smaller picture stands for `factor` pixels; their middles fall together.
  const scaled = ({ x, y }: Point): Point => ({ x: (x + 0.5) * factor - 0.5, y: (y + 0.5) * factor - 0.5 })
  return [scaled(quad[0]), scaled(quad[1]), scaled(quad[2]), scaled(quad[3])]
}

/** The quadrilateral with each side so many pixels further in: what lies beside a page must not show along its edge. */
export function inset(quad: Quad, pixels: number): Quad {
  const moved = (i: number): Point => {
    const [corner, before, after] = [quad[i] ?? quad[0], quad[(i + 3) % 4] ?? quad[0], quad[(i + 1) % 4] ?? quad[0]]
    const [back, on] = [length(corner, before), length(corner, after)]
    return { x: corner.x + pixels * ((before.x - corner.x) / back + (after.x - corner.x) / on), y: corner.y + pixels * ((before.y - corner.y) / back + (after.y - corner.y) / on) }
  }
  return [moved(0), moved(1), moved(2), moved(3)]
}
