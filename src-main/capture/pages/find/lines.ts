import { type Line, lineOf } from '../geometry'
import type { Edges } from './edges'

export type FoundLine = Line & Readonly<{ degrees: number; votes: number }>

const SPREAD = 2

/** Straight lines of an edge picture by Hough's transform, strongest first; each edge point votes only near its own direction. */
export function linesOf(edges: Edges, most: number, leastVotes: number): FoundLine[] {
  const { width, height, strength, direction } = edges
  const reach = Math.ceil(Math.hypot(width, height)) + 2
  const rows = reach * 2
  const votes = new Float32Array(180 * rows)
  const turns = Array.from({ length: 180 }, (_, degrees) => lineOf(degrees, 0))
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      if ((strength[i] ?? 0) === 0) continue
      for (let spread = -SPREAD; spread <= SPREAD; spread += 1) {
        const degrees = ((direction[i] ?? 0) + spread + 360) % 180
        const { cos, sin } = turns[degrees] ?? { cos: 1, sin: 0 }
        const at = degrees * rows + Math.round(cos * x + sin * y) + reach
        votes[at] = (votes[at] ?? 0) + 1
      }
    }
  }
  return peaks(votes, rows, reach, most, leastVotes)
}

/** Takes the highest place again and again and clears what belongs to the same line. */
function peaks(votes: Float32Array, rows: number, reach: number, most: number, least: number): FoundLine[] {
  const found: FoundLine[] = []
  // Neighbouring distances together: a line of the picture wavers by a pixel.
  const candidates: { at: number; votes: number }[] = []
  for (let at = 1; at < votes.length - 1; at += 1) {
    const sum = (votes[at - 1] ?? 0) + (votes[at] ?? 0) + (votes[at + 1] ?? 0)
    if (sum >= least && (votes[at] ?? 0) >= (votes[at - 1] ?? 0) && (votes[at] ?? 0) >= (votes[at + 1] ?? 0)) candidates.push({ at, votes: sum })
  }
  candidates.sort((p, q) => q.votes - p.votes)
  for (const candidate of candidates) {
    if (found.length >= most) break
    const degrees = Math.floor(candidate.at / rows)
    const line = { ...lineOf(degrees, (candidate.at % rows) - reach), degrees, votes: candidate.votes }
    if (!found.some((other) => same(line, other))) found.push(line)
  }
  return found
}

function same(one: FoundLine, other: FoundLine): boolean {
  const turn = Math.abs(one.degrees - other.degrees)
  if (turn <= 3) return Math.abs(one.rho - other.rho) <= 7
  // 179° and 0° are the same direction with the distance counted the other way.
  return turn >= 177 && Math.abs(one.rho + other.rho) <= 7
}
