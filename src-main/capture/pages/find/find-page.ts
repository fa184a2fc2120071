import { areaOf, scaledQuad } from '../geometry'
import type { Quad, Raster } from '../raster'
import { shrunk } from '../scale'
import { closed, type Edges, edgesOf, paperness } from './edges'
import { linesOf } from './lines'
import { bestQuad, type FoundQuad } from './quads'
import { refined } from './refine'

/** A page in a camera's picture. `sure` 0 … 1: the share of its outline on which an edge was seen. */
export type FoundPage = Readonly<{ quad: Quad; sure: number }>

export const FIND = {
  /** Longer side of the picture in which the page is looked for. */
  side: 640,
  /** Weakest edge, in grey levels: on a desk of another colour; on a white one, where only a shadow shows. */
  edge: 10, faintEdge: 4,
  /** Lines kept, and the least share of the shorter side that a line must cover. */
  lines: 28, length: 0.22,
  /** A page covers at least this share of the picture. */
  area: 0.08,
  /** Half of the width of what counts as writing, in pixels of the small picture. */
  writing: 3,
} as const

function quadIn(edges: Edges): FoundQuad | null {
  const found = bestQuad(edges, linesOf(edges, FIND.lines, Math.min(edges.width, edges.height) * FIND.length))
  return found && areaOf(found.quad) >= edges.width * edges.height * FIND.area ? found : null
}

/**
 * The four corners of the page in a camera's picture; null when no page is seen whole. Edges of a small copy with the writing taken away,
 * their straight lines, the four that a page's outline fits best, then each side set right on the full picture. On a white desk the
 * shadow along the page's edge is looked for. 60–120 ms at 5 megapixels, corners within 2 pixels on a plain desk.
 */
export function findPage(image: Raster): FoundPage | null {
  const factor = Math.max(1, Math.ceil(Math.max(image.width, image.height) / FIND.side))
  const small = paperness(shrunk(image, factor))
  const plain = closed(small, FIND.writing)
  const found = quadIn(edgesOf(plain, FIND.edge)) ?? quadIn(edgesOf(plain, FIND.faintEdge)) ?? quadIn(edgesOf(small, FIND.faintEdge))
  if (!found) return null
  return { quad: refined(paperness(image), scaledQuad(found.quad, factor), Math.ceil(factor * 2.5)), sure: found.support }
}
