import type { Box, Point, Quad, Turns } from '@contract/pages'

export type Size = Readonly<{ width: number; height: number }>
/** Which corner of a quad: upper left, upper right, lower right, lower left of the picture. */
export type Corner = 0 | 1 | 2 | 3
export const CORNERS: readonly Corner[] = [0, 1, 2, 3]

/** Least bend at a corner, as the side of a square, in parts of the picture's shorter side: less could not be made a page. */
const LEAST = 0.04
/** Room at each side where nobody knows yet where the paper lies. */
const INSET = 0.04
const HALVINGS = 30

/** Clockwise (y downwards) a bend to the right is positive. */
const bend = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)

/** A paper a little smaller than its picture. */
export function usualCorners({ width, height }: Size): Quad {
  const [x, y] = [width * INSET, height * INSET]
  return [{ x, y }, { x: width - x, y }, { x: width - x, y: height - y }, { x, y: height - y }]
}

/** True when four corners lie in the picture and span a convex quadrilateral that is no sliver. */
export function isPage(quad: Quad, { width, height }: Size): boolean {
  const least = (LEAST * Math.min(width, height)) ** 2
  const [a, b, c, d] = quad
  return quad.every(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height) && [bend(d, a, b), bend(a, b, c), bend(b, c, d), bend(c, d, a)].every((each) => each >= least)
}

const between = (from: Point, to: Point, part: number): Point => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })

function withCorner([a, b, c, d]: Quad, corner: Corner, point: Point): Quad {
  return corner === 0 ? [point, b, c, d] : corner === 1 ? [a, point, c, d] : corner === 2 ? [a, b, point, d] : [a, b, c, point]
}

/**
 * A quad with one corner moved to a point, or as near to it as it may: it stays in the picture and the quad convex.
 * Where a corner may be is convex itself, so the way there is good up to one place and no further.
 */
export function moveCorner(quad: Quad, corner: Corner, to: Point, size: Size): Quad {
  const inside = { x: Math.min(size.width, Math.max(0, to.x)), y: Math.min(size.height, Math.max(0, to.y)) }
  const whole = withCorner(quad, corner, inside)
  if (isPage(whole, size)) return whole
  if (!isPage(quad, size)) return quad
  let [good, bad] = [0, 1]
  for (let turn = 0; turn < HALVINGS; turn += 1) {
    const middle = (good + bad) / 2
    if (isPage(withCorner(quad, corner, between(quad[corner], inside, middle)), size)) good = middle
    else bad = middle
  }
  return withCorner(quad, corner, between(quad[corner], inside, good))
}

/** Corners that are a page in this picture, else the usual ones. */
export const pageOr = (quad: Quad | null, size: Size): Quad => (quad && isPage(quad, size) ? quad : usualCorners(size))

/** Whole pixels: finer than that no hand is. */
export const rounded = ([a, b, c, d]: Quad): Quad => {
  const whole = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
  return [whole(a), whole(b), whole(c), whole(d)]
}

/** A picture's size once it is turned. */
export const turnedSize = ({ width, height }: Size, turns: Turns): Size => (turns % 2 === 0 ? { width, height } : { width: height, height: width })

/** Where a point of a picture lies once the picture is turned clockwise. @param size of the picture before */
export function turnPoint({ x, y }: Point, turns: Turns, { width, height }: Size): Point {
  if (turns === 0) return { x, y }
  if (turns === 1) return { x: height - y, y: x }
  return turns === 2 ? { x: width - x, y: height - y } : { x: y, y: width - x }
}

/** The point of a picture that lies there once it is turned: the other way of {@link turnPoint}. @param size of the picture before */
export const turnPointBack = (point: Point, turns: Turns, size: Size): Point => turnPoint(point, ((4 - turns) % 4) as Turns, turnedSize(size, turns))

/** Where a box of a picture lies once the picture is turned. @param size of the picture before */
export function turnBox(box: Box, turns: Turns, size: Size): Box {
  const [one, other] = [turnPoint(box, turns, size), turnPoint({ x: box.x + box.width, y: box.y + box.height }, turns, size)]
  return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) }
}

/** Which corner of what is seen a corner of the picture is, once turned. */
export const seenCorner = (corner: Corner, turns: Turns): Corner => ((corner + turns) % 4) as Corner

/** The step of an arrow key in pixels of the picture. @param scale pixels of the screen for one of the picture */
export function arrowStep(key: string, far: boolean, scale: number): Point | null {
  const step = (far ? 10 : 1) / scale
  return key === 'ArrowLeft' ? { x: -step, y: 0 } : key === 'ArrowRight' ? { x: step, y: 0 } : key === 'ArrowUp' ? { x: 0, y: -step } : key === 'ArrowDown' ? { x: 0, y: step } : null
}
