import { type Background } from './background'
import { pageOnDark } from './crop'
import { findPage } from './find/find-page'
import { inset, length } from './geometry'
import { paperOf } from './legibility'
import { type Grey, pixels, type Quad, type Raster, toGrey } from './raster'
import { skewOf } from './skew'
import { rotated, straightened } from './warp'

export type PaperSize = Readonly<{ width: number; height: number }>
export type UprightWish = Readonly<{ from: 'scanner' | 'camera' | 'file'; paper: PaperSize | null; corners: Quad | null; straighten: boolean; crop: boolean; /** least resolution of a camera's page */ leastDpi?: number }>
export type Upright = Readonly<{ image: Raster; angle: number; crop: Quad | null; /** resolution of the picture as it was taken, on the paper */ sourceDpi: number }>

export const UPRIGHT = {
  /** Degrees below which turning costs more sharpness than it brings. */
  least: 0.12,
  /** After a page was cut out by its edges, its text is turned only beyond this. */
  leastAfterCrop: 0.5,
  /** Resolution of a camera's page: what the camera gave, within these. */
  camera: { least: 200, most: 300 },
  /** What is left away along the edges of a page that was cut out: pixels of a camera's picture, millimetres of a scan. */
  inset: 2, glassInset: 0.5,
  /** Share of the picture that a page on a dark background may fill without being cut out. */
  whole: 0.995,
} as const

const sidesOf = ([a, b, c, d]: Quad): { width: number; height: number } => ({ width: (length(a, b) + length(d, c)) / 2, height: (length(a, d) + length(b, c)) / 2 })

/** Paper as it lies in the picture: turned where the corners say so. */
function lying(paper: PaperSize, wide: boolean): PaperSize {
  return wide === paper.width > paper.height ? paper : { width: paper.height, height: paper.width }
}

const whiteFor = (image: Raster): number[] => Array.from({ length: image.channels }, () => 255)

/** Colour of the paper, for what is turned in from outside. */
function paperColour(image: Raster, background: Background): number[] {
  if (background.paper === 0) return whiteFor(image)
  const channels = image.channels
  const middle = (c: number): number => {
    const values = Float32Array.from({ length: background.levels.length / background.channels }, (_, i) => background.levels[i * background.channels + Math.min(c, background.channels - 1)] ?? 255).sort()
    return Math.round(values[values.length >> 1] ?? 255)
  }
  return Array.from({ length: channels }, (_, c) => (channels < background.channels ? Math.round((middle(0) + middle(1) * 2 + middle(2)) / 4) : middle(c)))
}

function cutFromCamera(image: Raster, quad: Quad, { paper, leastDpi }: UprightWish): Upright {
  const { most } = UPRIGHT.camera
  const least = leastDpi ?? UPRIGHT.camera.least
  const seen = sidesOf(quad)
  // Paper of unknown size keeps the proportions of its sides as they are seen, at the resolution of A4's longer side.
  const size = paper ? lying(paper, seen.width > seen.height) : { width: (297 * seen.width) / Math.max(seen.width, seen.height), height: (297 * seen.height) / Math.max(seen.width, seen.height) }
  const sourceDpi = Math.min(seen.width / size.width, seen.height / size.height) * 25.4
  const dpi = Math.round(Math.min(most, Math.max(least, sourceDpi)))
  const page = { width: Math.round((size.width * dpi) / 25.4), height: Math.round((size.height * dpi) / 25.4), dpi }
  return { image: straightened(image, inset(quad, UPRIGHT.inset), page, whiteFor(image)), angle: 0, crop: quad, sourceDpi }
}

function cutFromGlass(image: Raster, quad: Quad): Upright {
  const { width, height } = sidesOf(quad)
  const page = { width: Math.round(width), height: Math.round(height), dpi: image.dpi }
  const angle = (Math.atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x) * 180) / Math.PI
  return { image: straightened(image, inset(quad, pixels(UPRIGHT.glassInset, image.dpi)), page, whiteFor(image)), angle, crop: quad, sourceDpi: image.dpi }
}

/** A page that leans on a picture of its own size: the window stays as large as the picture. */
function leaned(image: Raster, grey: Grey, least: number, background: readonly number[]): { image: Raster; angle: number } {
  const { degrees, sure } = skewOf(grey)
  return sure && Math.abs(degrees) >= least ? { image: rotated(image, degrees, background), angle: degrees } : { image, angle: 0 }
}

function cutOut(image: Raster, wish: UprightWish, background: Background): Upright | null {
  if (wish.from === 'camera') {
    const quad = wish.corners ?? (wish.crop ? (findPage(image)?.quad ?? null) : null)
    return quad && cutFromCamera(image, quad, wish)
  }
  const quad = wish.corners ?? (wish.crop ? pageOnDark(toGrey(image), paperOf(background)) : null)
  if (!quad) return null
  const { width, height } = sidesOf(quad)
  return width * height > image.width * image.height * UPRIGHT.whole ? null : cutFromGlass(image, quad)
}

/** Resolution of a whole picture of the paper, where a camera does not tell one. */
function dpiOf(image: Raster, { from, paper }: UprightWish): number {
  if (from !== 'camera') return image.dpi
  const size = lying(paper ?? { width: 210, height: 297 }, image.width > image.height)
  return Math.max(50, Math.min(image.width / size.width, image.height / size.height) * 25.4)
}

/**
 * The page cut out of its picture and made upright: by its corners, by a dark border around it, or by the direction of its lines.
 * @param background of the same picture
 */
export function upright(picture: Raster, wish: UprightWish, background: Background): Upright {
  const found = cutOut(picture, wish, background)
  const dpi = dpiOf(picture, wish)
  const start = found ?? { image: dpi === picture.dpi ? picture : { ...picture, dpi }, angle: 0, crop: null, sourceDpi: dpi }
  if (!wish.straighten) return start
  const { image, angle } = leaned(start.image, toGrey(start.image), found ? UPRIGHT.leastAfterCrop : UPRIGHT.least, paperColour(picture, background))
  return { ...start, image, angle: start.angle + angle }
}
