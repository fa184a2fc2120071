import type { ScanOptions } from '@contract/capture'

export const MM_PER_INCH = 25.4

export type Size = Readonly<{ width: number; height: number }>

/** Millimetres, upright. `card` is ISO 7810 ID-1 with a margin of 5 mm, so that an edge is seen all round. */
const SIZES: Readonly<Record<Exclude<ScanOptions['paper'], 'whole'>, Size>> = {
  A4: { width: 210, height: 297 },
  A5: { width: 148, height: 210 },
  A3: { width: 297, height: 420 },
  Letter: { width: 215.9, height: 279.4 },
  Legal: { width: 215.9, height: 355.6 },
  card: { width: 95.6, height: 64 },
}

/** The area to scan, in millimetres, never more than the device has. */
export function areaOf(paper: ScanOptions['paper'], most: Size): Size {
  if (paper === 'whole') return most
  const { width, height } = SIZES[paper]
  return { width: Math.min(width, most.width), height: Math.min(height, most.height) }
}

const USUAL_DPIS = [75, 100, 150, 200, 240, 300, 400, 600, 1200]

/** The usual resolutions of a range; a range without one gives its upper end. Step 0 or 1: any. */
export function dpisInRange(min: number, max: number, step: number): number[] {
  const fits = (dpi: number) => dpi >= min && dpi <= max && (step <= 1 || Math.abs((dpi - min) % step) < 0.001)
  const usual = USUAL_DPIS.filter(fits)
  return usual.length > 0 ? usual : [Math.round(max)].filter((dpi) => dpi > 0)
}

/** The resolution of a list that stands nearest to the wish; on a tie the finer one. */
export function nearestDpi(wish: number, dpis: readonly number[]): number {
  return [...dpis].sort((one, other) => Math.abs(one - wish) - Math.abs(other - wish) || other - one)[0] ?? wish
}

/**
 * The true resolution of an image: drivers round silently, so where both sides of the picture say the same other scale than was asked,
 * the picture is believed. A side alone may be cut or filled by the feeder.
 */
export function trueDpi(asked: number, area: Size | null, image: Readonly<{ width: number; height: number }>): number {
  if (!area || area.width <= 0 || area.height <= 0) return asked
  const across = (image.width * MM_PER_INCH) / area.width
  const down = (image.height * MM_PER_INCH) / area.height
  const agree = Math.abs(across - down) <= 0.03 * Math.max(across, down)
  return agree && Math.abs(across - asked) > 0.1 * asked ? Math.round(across) : asked
}

/** Where an image does not tell its resolution: as if it were as long as an A4 page. */
export const dpiLikeA4 = ({ width, height }: Readonly<{ width: number; height: number }>): number =>
  Math.max(1, Math.round((Math.max(width, height) * MM_PER_INCH) / SIZES.A4.height))
