import type { Signature } from '@contract/display'

export type Stroke = Signature['strokes'][number]
export type Point = Stroke[number]
/** Where the pad is on the screen, CSS pixels. */
export type Rect = Readonly<{ left: number; top: number; width: number; height: number }>

/** The pad's width in its own units; everything else is measured in them. */
export const PAD_WIDTH = 1000
/** Points nearer than this to the one before are left out: they are the hand's trembling and the pen's resolution. */
const NEAREST = 3
const MOST_POINTS = 4000
const MOST_STROKES = 200
const LATEST_MS = 600_000
/** Less ink than this, in thousandths of the width, is a touch by mistake. */
const LEAST_INK = 60

const whole = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)))

/** Height of a pad in thousandths of its width, within the contract's bounds. */
export function padHeight({ width, height }: Pick<Rect, 'width' | 'height'>): number {
  return width <= 0 ? PAD_WIDTH : Math.min(4000, Math.max(100, Math.round((height / width) * PAD_WIDTH)))
}

/**
 * A place on the screen as a point of a pad of that height. The pad lies in the middle of its rectangle as large as fits (it keeps its
 * proportions when the window changes under a signature); what is outside falls on its edge.
 * @param t milliseconds since the first point
 */
export function toPoint(rect: Rect, height: number, clientX: number, clientY: number, t: number): Point {
  const scale = Math.min(rect.width / PAD_WIDTH, rect.height / height)
  const left = rect.left + (rect.width - PAD_WIDTH * scale) / 2
  const top = rect.top + (rect.height - height * scale) / 2
  return { x: whole((clientX - left) / scale, PAD_WIDTH), y: whole((clientY - top) / scale, height), t: whole(t, LATEST_MS) }
}

/** The stroke with one more point, unless that is too near to the last or the stroke is as long as it may be. */
export function withPoint(stroke: Stroke, point: Point): Stroke {
  const last = stroke.at(-1)
  if (last !== undefined && (stroke.length >= MOST_POINTS || Math.hypot(point.x - last.x, point.y - last.y) < NEAREST)) return stroke
  return [...stroke, point]
}

/** The strokes with one more, as long as there is room. */
export function withStroke(strokes: readonly Stroke[], stroke: Stroke): readonly Stroke[] {
  return stroke.length === 0 || strokes.length >= MOST_STROKES ? strokes : [...strokes, stroke]
}

const middle = (a: number, b: number): number => Math.round((a + b) * 5) / 10

/** A stroke as an SVG path: quadratic curves through the middles between its points; a single point is a dot. */
export function strokePath(stroke: Stroke): string {
  const [first] = stroke
  if (first === undefined) return ''
  const last = stroke.at(-1) ?? first
  if (stroke.length === 1) return `M${first.x} ${first.y}h0`
  const curves = stroke.slice(1, -1).map((point, index) => {
    const next = stroke[index + 2] ?? last
    return `Q${point.x} ${point.y} ${middle(point.x, next.x)} ${middle(point.y, next.y)}`
  })
  return `M${first.x} ${first.y}${curves.join('')}L${last.x} ${last.y}`
}

const lengthOf = (stroke: Stroke): number =>
  stroke.slice(1).reduce((sum, point, index) => {
    const before = stroke[index]
    return before === undefined ? sum : sum + Math.hypot(point.x - before.x, point.y - before.y)
  }, 0)

/** Whether there is enough ink for a signature; a touch by mistake is none. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= LEAST_INK
}

/** What is drawn as the contract has it; null when it is no signature. */
export function signatureOf(strokes: readonly Stroke[], height: number): Signature | null {
  return isSigned(strokes) ? { height, strokes: strokes.map((stroke) => [...stroke]) } : null
}
