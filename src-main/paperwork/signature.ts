import type { Signature } from '@contract/display'
import type { CodeDrawing } from './codes'

type Point = Readonly<{ x: number; y: number }>

/** Points; a pen of the thickness that signs papers. */
const PEN = 1
/** A short mark is not blown up to the size of a name: a pad's width is at most so many points on paper. */
const PAD_AT_MOST = 200
/** Thousandths of the pad: what lies nearer to the line is not seen. */
const TOLERANCE = 1.5

const round = (value: number): number => Math.round(value * 10) / 10

/** How far a point lies from the line through two others. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  return length === 0 ? Math.hypot(x - from.x, y - from.y) : Math.abs(dx * (from.y - y) - dy * (from.x - x)) / length
}

/** Fewer points for the same line (Ramer, Douglas, Peucker), without recursion: a stroke may have thousands. */
export function thinned(stroke: readonly Point[], tolerance = TOLERANCE): Point[] {
  const kept = new Set([0, stroke.length - 1])
  const open: [number, number][] = [[0, stroke.length - 1]]
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [first, last] = span
    const [from, to] = [stroke[first], stroke[last]]
    if (!from || !to) continue
    let [farthest, most] = [first, tolerance]
    for (let at = first + 1; at < last; at += 1) {
      const point = stroke[at]
      const far = point ? distance(point, from, to) : 0
      if (far > most) [farthest, most] = [at, far]
    }
    if (farthest === first) continue
    kept.add(farthest)
    open.push([first, farthest], [farthest, last])
  }
  return stroke.filter((_point, index) => kept.has(index))
}

/** A smooth line: through the middles between points, bent by the points themselves. */
function pathOf(stroke: readonly Point[]): string {
  const [first, ...rest] = thinned(stroke)
  if (!first) return ''
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`
  // A dot is a line of no length with round ends.
  if (rest.length === 0) return `M${at(first)}L${at({ x: first.x + 0.1, y: first.y })}`
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`
  })
  return `M${at(first)}${bends.join('')}L${at(rest.at(-1) ?? first)}`
}

/** A signature as vectors, cut to what was drawn and as large as the room allows. Sizes in points. */
export function drawSignature({ strokes }: Signature, room: Readonly<{ width: number; height: number }>): CodeDrawing {
  const points = strokes.flat()
  const span = (values: readonly number[]): [number, number] => values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])
  const [left, right] = span(points.map(({ x }) => x))
  const [top, bottom] = span(points.map(({ y }) => y))
  const scale = Math.min(PAD_AT_MOST / 1000, (room.width - 2 * PEN) / Math.max(1, right - left), (room.height - 2 * PEN) / Math.max(1, bottom - top))
  const pen = PEN / scale
  // As high as the room whatever was drawn, so that the name below stands where it always does; the drawing stands at its foot.
  const [width, height] = [right - left + 2 * pen, room.height / scale]
  const box = [left - pen, bottom + pen - height, width, height].map(round).join(' ')
  const line = `fill="none" stroke="#000" stroke-width="${round(pen)}" stroke-linecap="round" stroke-linejoin="round"`
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path d="${strokes.map(pathOf).join('')}" ${line}/></svg>`,
    width: width * scale, height: room.height,
  }
}
