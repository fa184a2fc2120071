import { agreedLine, crossing, length, type Line } from '../geometry'
import type { Grey, Point, Quad } from '../raster'

export const REFINE = {
  /** Places along a side that are looked at, and the share of it left out at each end (rounded corners, fingers). */
  places: 72, ends: 0.04,
  /** Pixels that count as on the line. */
  near: 1.6,
  /** Share of the places that must agree on one line. */
  share: 0.35,
} as const

/** Brightness at a place, the mean of five pixels along the side. */
function brightness({ width, height, data }: Grey, x: number, y: number, along: Point): number {
  let sum = 0
  for (let k = -2; k <= 2; k += 1) {
    const u = Math.min(width - 1, Math.max(0, Math.round(x + along.x * k * 1.5)))
    const v = Math.min(height - 1, Math.max(0, Math.round(y + along.y * k * 1.5)))
    sum += data[v * width + u] ?? 0
  }
  return sum / 5
}

/** The place across a side at which it gets brighter inwards the most; null where nothing stands out. */
function edgeAcross(image: Grey, place: Point, along: Point, inwards: Point, reach: number): Point | null {
  const profile = Float32Array.from({ length: 2 * reach + 1 }, (_, i) => brightness(image, place.x + inwards.x * (i - reach), place.y + inwards.y * (i - reach), along))
  let best = { at: -1, step: 5 }
  for (let i = 1; i < profile.length - 1; i += 1) {
    const step = (profile[i + 1] ?? 0) - (profile[i - 1] ?? 0)
    if (step > best.step) best = { at: i, step }
  }
  if (best.at < 0) return null
  const step = (i: number): number => Math.max(0, (profile[i + 1] ?? 0) - (profile[i - 1] ?? 0))
  const [left, middle, right] = [step(best.at - 1), step(best.at), step(best.at + 1)]
  const bend = left - 2 * middle + right
  const offset = best.at - reach + (bend < 0 ? (0.5 * (left - right)) / bend : 0)
  return { x: place.x + inwards.x * offset, y: place.y + inwards.y * offset }
}

function sideLine(image: Grey, from: Point, to: Point, reach: number): Line | null {
  const far = length(from, to)
  const along = { x: (to.x - from.x) / far, y: (to.y - from.y) / far }
  const inwards = { x: -along.y, y: along.x }
  const points: Point[] = []
  for (let i = 0; i < REFINE.places; i += 1) {
    const part = REFINE.ends + ((1 - 2 * REFINE.ends) * (i + 0.5)) / REFINE.places
    const point = edgeAcross(image, { x: from.x + along.x * far * part, y: from.y + along.y * far * part }, along, inwards, reach)
    if (point) points.push(point)
  }
  const agreed = points.length >= REFINE.places * REFINE.share ? agreedLine(points, REFINE.near) : null
  return agreed && agreed.share * points.length >= REFINE.places * REFINE.share ? agreed.line : null
}

/** Corners set right on the full picture: each side is fitted to where it gets brighter inwards, within `reach` pixels of where it was thought to be. */
export function refined(image: Grey, quad: Quad, reach: number): Quad {
  const lines = quad.map((from, i) => sideLine(image, from, quad[(i + 1) % 4] ?? from, reach))
  const corner = (i: number): Point => {
    const [before, after] = [lines[(i + 3) % 4], lines[i]]
    const rough = quad[i] ?? quad[0]
    const meet = before && after ? crossing(before, after) : null
    return meet && length(meet, rough) <= reach * 3 ? meet : rough
  }
  return [corner(0), corner(1), corner(2), corner(3)]
}
