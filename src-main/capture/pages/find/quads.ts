import { areaOf, crossing, length, orderedQuad } from '../geometry'
import type { Point, Quad } from '../raster'
import type { Edges } from './edges'
import type { FoundLine } from './lines'

export type FoundQuad = Readonly<{ quad: Quad; score: number; support: number }>

export const QUAD = {
  /** Sides across from each other may differ by so much in direction, neighbours must differ by so much at least (degrees). */
  parallel: 25, upright: 58,
  /** Sides across from each other are apart by this share of the picture's shorter side. */
  apart: 0.18,
  /** Share of a side on which an edge lies: of each side, and of all four. */
  leastSide: 0.4, leastMean: 0.62,
  /** Corners may lie outside of the picture by so much of its longer side. */
  outside: 0.004,
  samples: 48,
} as const

const turnBetween = (one: number, other: number): number => {
  const turn = Math.abs(one - other) % 180
  return Math.min(turn, 180 - turn)
}

/** Share of the points between two places at which an edge lies that runs along and is bright on the inner side (or on either). */
function supportOf(edges: Edges, from: Point, to: Point, samples: number): number {
  const { width, height, strength, direction } = edges
  const far = length(from, to)
  const normal = { x: -(to.y - from.y) / far, y: (to.x - from.x) / far }
  // Corners go clockwise, so the normal to the right of the way points inwards.
  const inwards = (Math.atan2(normal.y, normal.x) * 180) / Math.PI + 360
  let hits = 0
  for (let i = 0; i < samples; i += 1) {
    const part = (i + 0.5) / samples
    const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part]
    for (let offset = -2; offset <= 2; offset += 1) {
      const [u, v] = [Math.round(x + normal.x * offset), Math.round(y + normal.y * offset)]
      if (u < 0 || v < 0 || u >= width || v >= height) continue
      const at = v * width + u
      if ((strength[at] ?? 0) === 0) continue
      const turn = Math.abs((((direction[at] ?? 0) - inwards + 900) % 360) - 180)
      if (turn <= 14) {
        hits += 1
        break
      }
    }
  }
  return hits / samples
}

function judged(edges: Edges, quad: Quad, size: number): FoundQuad | null {
  const sides: number[] = []
  let beyond = 0
  for (let i = 0; i < 4; i += 1) {
    const [from, to] = [quad[i] ?? quad[0], quad[(i + 1) % 4] ?? quad[0]]
    const support = supportOf(edges, from, to, QUAD.samples)
    if (support < QUAD.leastSide) return null
    sides.push(support)
    // A page's edge ends at its corners; a desk's and a table's line goes on.
    const past = (place: Point, other: Point): Point => ({ x: place.x + (place.x - other.x) * 0.12, y: place.y + (place.y - other.y) * 0.12 })
    beyond += (supportOf(edges, past(from, to), from, 8) + supportOf(edges, to, past(to, from), 8)) / 8
  }
  const support = sides.reduce((sum, side) => sum + side, 0) / 4
  if (support < QUAD.leastMean) return null
  return { quad, support, score: support * support * Math.sqrt(areaOf(quad) / size) * (1 - 0.5 * beyond) }
}

type Pair = readonly [FoundLine, FoundLine]

function pairsOf(lines: readonly FoundLine[], apart: number, middle: Point): Pair[] {
  const pairs: Pair[] = []
  lines.forEach((one, i) => {
    for (const other of lines.slice(i + 1)) {
      if (turnBetween(one.degrees, other.degrees) > QUAD.parallel) continue
      // Distances from the picture's middle, on opposite sides or not: how far the lines are apart there.
      const sign = Math.sign(one.cos * other.cos + one.sin * other.sin)
      const [d1, d2] = [one, other].map(({ cos, sin, rho }) => rho - cos * middle.x - sin * middle.y)
      if (Math.abs((d1 ?? 0) - sign * (d2 ?? 0)) >= apart) pairs.push([one, other])
    }
  })
  return pairs
}

/** The quadrilateral of four lines that looks most like the edge of a page; null when none does. */
export function bestQuad(edges: Edges, lines: readonly FoundLine[]): FoundQuad | null {
  const { width, height } = edges
  const pairs = pairsOf(lines, Math.min(width, height) * QUAD.apart, { x: width / 2, y: height / 2 })
  const slack = Math.max(width, height) * QUAD.outside + 1
  const inside = ({ x, y }: Point): boolean => x >= -slack && y >= -slack && x <= width - 1 + slack && y <= height - 1 + slack
  let best: FoundQuad | null = null
  pairs.forEach(([a, b], i) => {
    for (const [c, d] of pairs.slice(i + 1)) {
      if (turnBetween(a.degrees, c.degrees) < QUAD.upright) continue
      const corners = [crossing(a, c), crossing(a, d), crossing(b, c), crossing(b, d)].filter((corner) => corner !== null)
      if (corners.length < 4 || !corners.every(inside)) continue
      const quad = orderedQuad(corners)
      const found = quad && judged(edges, quad, width * height)
      if (found && found.score > (best?.score ?? 0)) best = found
    }
  })
  return best
}
