export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The counter PCs' common panel, in CSS pixels. */
export const USUAL = { width: 1366, height: 768 }
export const SMALLEST = { width: 1024, height: 640 }
/** This much of the window must be on a screen, or it counts as lost. */
const GRIP = 120

/**
 * Where the window goes: where it was, when a good part of that is still on a screen; otherwise the usual size in the middle of the first screen.
 * @param screens work areas (without task bars), the primary one first
 */
export function placeWindow(before: Box | null, screens: readonly Box[]): Box {
  const [primary] = screens
  if (primary === undefined) return { x: 0, y: 0, ...USUAL }
  const home = before === null ? undefined : screens.find((screen) => overlap(before, screen))
  if (before === null || home === undefined) return centred(primary)
  const width = clamp(before.width, SMALLEST.width, home.width)
  const height = clamp(before.height, SMALLEST.height, home.height)
  return { x: clamp(before.x, home.x, home.x + home.width - width), y: clamp(before.y, home.y, home.y + home.height - height), width, height }
}

/** The middle of a screen; no larger than it. */
export function centred(screen: Box, size: Pick<Box, 'width' | 'height'> = USUAL): Box {
  const width = Math.min(size.width, screen.width)
  const height = Math.min(size.height, screen.height)
  return { x: screen.x + Math.floor((screen.width - width) / 2), y: screen.y + Math.floor((screen.height - height) / 2), width, height }
}

function overlap(window: Box, screen: Box): boolean {
  const wide = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const high = Math.min(window.y + window.height, screen.y + screen.height) - Math.max(window.y, screen.y)
  return wide >= GRIP && high >= GRIP
}

/** The upper bound wins, so that a small screen is never exceeded. */
function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Steps of Ctrl + and Ctrl −. 2 is the 200 % that every screen must bear, 4 the reflow limit. */
export const ZOOM_STEPS: readonly number[] = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4]

/** The next zoom step up or down; stays at the ends. */
export function nextZoom(now: number, direction: 'in' | 'out'): number {
  const close = 0.001
  const next = direction === 'in' ? ZOOM_STEPS.find((step) => step > now + close) : ZOOM_STEPS.findLast((step) => step < now - close)
  return next ?? now
}

/** A box of this size inside an area: where it is when it lies there, else in the middle; no larger than the area. */
export function moveInto(box: Box, area: Box): Box {
  const inside = box.x >= area.x && box.y >= area.y && box.x + box.width <= area.x + area.width && box.y + box.height <= area.y + area.height
  return inside ? box : centred(area, box)
}
