import type { CameraLook, Quad } from '@contract/pages'

/** What the camera saw at one moment: the core's look at a small frame, and the frame itself in very small. */
export type Sight = CameraLook & Readonly<{
  /** Milliseconds of a clock that never goes back. */
  at: number
  /** Pixels of the frame in which the corners are told. */
  width: number
  height: number
  /** Greys of the whole frame in a few tiles, 0 … 255: what changes when a hand comes in or another sheet lies there. */
  tiles: readonly number[]
}>

/** Share of the outline on which an edge was seen, from which a page counts as seen whole. */
export const SURE = 0.6
/** Brightness of the paper, 0 … 255, below which it is too dark: the legibility check of the page itself says so from 105 down. */
export const LIGHT = 110
/** Sharpness below which writing is not sharp, in frames of `FRAME_SIDE` pixels: what the page's own check then calls blurred. */
export const SHARP = 0.55

/** Longer side of the frames that are looked at, in pixels. */
export const FRAME_SIDE = 960

/** A sight with a page in it that is seen whole. */
export type Seen = Sight & Readonly<{ corners: Quad }>
export const hasPage = (sight: Sight): sight is Seen => sight.corners !== null && sight.sure >= SURE

/** How far the corner that moved most has moved, as a share of the frame's diagonal. */
export function movedBy(from: Seen, to: Seen): number {
  const scale = Math.hypot(to.width, to.height)
  return Math.max(...to.corners.map((corner, i) => {
    const before = from.corners[i] ?? corner
    return Math.hypot(corner.x / to.width - before.x / from.width, (corner.y / to.height - before.y / from.height) * (to.height / to.width)) * (to.width / scale)
  }))
}

/** By how many greys the tiles differ on average, when all of them growing brighter or darker together counts as nothing (exposure). */
export function changedBy(from: Sight, to: Sight): number {
  const count = Math.min(from.tiles.length, to.tiles.length)
  if (count === 0) return 0
  const steps = Array.from({ length: count }, (_, i) => (to.tiles[i] ?? 0) - (from.tiles[i] ?? 0))
  const common = steps.reduce((sum, step) => sum + step, 0) / count
  return steps.reduce((sum, step) => sum + Math.abs(step - common), 0) / count
}
