import type { Quad } from '@contract/pages'
import type { Sight } from '../../../src-renderer/camera/sight'

const QUAD: Quad = [{ x: 250, y: 40 }, { x: 700, y: 50 }, { x: 710, y: 680 }, { x: 240, y: 670 }]

/** A page moved by some pixels. */
export const pageAt = (right = 0, down = 0): Quad => [
  { x: QUAD[0].x + right, y: QUAD[0].y + down }, { x: QUAD[1].x + right, y: QUAD[1].y + down }, { x: QUAD[2].x + right, y: QUAD[2].y + down }, { x: QUAD[3].x + right, y: QUAD[3].y + down },
]
/** Pixels of 1 per cent of the diagonal of the frames below. */
export const PER_CENT = Math.hypot(960, 720) / 100

/** A frame of 960 × 720 with a page that could be taken. */
export const sight = (at: number, part: Partial<Sight> = {}): Sight => ({
  at, corners: pageAt(), sure: 0.98, light: 200, sharpness: 0.95, width: 960, height: 720, tiles: Array.from({ length: 12 }, (_, i) => 60 + i * 10), ...part,
})
/** Nothing on the desk. */
export const bare = (at: number): Sight => sight(at, { corners: null, sure: 0, light: 110, sharpness: 1, tiles: Array.from({ length: 12 }, () => 90) })
