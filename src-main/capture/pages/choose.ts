import type { ScanColour } from '@contract/capture'
import { binarised, despeckled } from './binarise'
import type { Cells } from './cells'
import { encodeG4 } from './codecs/g4'
import { wrapG4 } from './codecs/g4-tiff'
import { encodeJpeg } from './codecs/jpeg'
import { lostInBits, lostInGrey, WORSE } from './keep'
import { type Raster, toGrey } from './raster'
import { averagedTo } from './scale'

/** How large an A4 page may get, in bytes; other sizes by their area. */
export const SIZES = {
  /** Black and white; more than that has noise in it, and a grey page may be smaller. */
  black: 60_000,
  grey: 350_000,
  colour: 900_000,
  /** Square inches of A4. */
  area: 96.7,
  /**
   * How a JPEG is made smaller, best first: share of the page's resolution, and quality. Text suffers less from 225 dpi than from
   * a quality below 50 at 300 dpi.
   */
  steps: [[1, 80], [1, 64], [0.84, 62], [0.75, 64], [0.67, 60], [0.67, 44], [0.5, 44]],
} as const

export type Encoded = Readonly<{ mediaType: 'image/jpeg' | 'image/tiff' | 'image/png'; bytes: Uint8Array; width: number; height: number; dpi: number }>
export type Chosen = Readonly<{ colour: ScanColour; encoded: Encoded }>

/** A page before and after whitening, in the same geometry, with what was measured of it before. */
export type Candidates = Readonly<{ before: Raster; after: Raster; cells: Cells; contrasts: Uint8Array }>

const squareInches = ({ width, height, dpi }: Raster): number => (width * height) / dpi ** 2

const resized = (image: Raster, share: number): Raster =>
  share === 1 ? image : { ...averagedTo(image, Math.round(image.width * share), Math.round(image.height * share)), dpi: Math.round(image.dpi * share) }

/** As a JPEG of at most so many bytes (for A4, by area) where a step does it; by the last step otherwise. The first is a baseline JPEG, which is made in half the time; what is too large is made progressive, a tenth smaller. */
export async function jpegWithin(image: Raster, bytes: number): Promise<Encoded> {
  const most = bytes * Math.max(0.2, squareInches(image) / SIZES.area)
  let at = 0
  for (;;) {
    const [share, quality] = SIZES.steps[at] ?? [0.5, 44]
    const { width, height, dpi, ...rest } = resized(image, share)
    const jpeg = await encodeJpeg({ width, height, dpi, ...rest }, quality, { progressive: at > 0 })
    if (jpeg.length <= most || at >= SIZES.steps.length - 1) return { mediaType: 'image/jpeg', bytes: jpeg, width, height, dpi }
    // What is half again too large does not come down by one step.
    at = Math.min(SIZES.steps.length - 1, at + (jpeg.length > most * 1.9 ? 4 : jpeg.length > most * 1.45 ? 3 : jpeg.length > most * 1.2 ? 2 : 1))
  }
}

/** Black and white in one strip of Group 4, in a TIFF; null where it loses writing or is no smaller than a grey page would be. */
function blackOf({ after, cells, contrasts }: Candidates): Encoded | null {
  const bits = despeckled(binarised(toGrey(after)))
  if (lostInBits(cells, contrasts, bits) > WORSE.lost) return null
  const strip = encodeG4(bits)
  if (strip.length > SIZES.black * 3 * Math.max(0.2, squareInches(after) / SIZES.area)) return null
  return { mediaType: 'image/tiff', bytes: wrapG4(strip, bits.width, bits.height, after.dpi), width: bits.width, height: bits.height, dpi: after.dpi }
}

async function greyOf({ before, after, cells, contrasts }: Candidates): Promise<Encoded> {
  const grey = toGrey(after)
  // Whitening that takes writing away is left out; the page keeps its shadows.
  return jpegWithin(lostInGrey(cells, contrasts, grey) > WORSE.lost ? toGrey(before) : grey, SIZES.grey)
}

async function colourOf({ before, after, cells, contrasts }: Candidates): Promise<Encoded> {
  return jpegWithin(lostInGrey(cells, contrasts, toGrey(after)) > WORSE.lost ? before : after, SIZES.colour)
}

/** The page in the way that was asked for, or in the next that loses nothing: black and white, grey, colour. */
export async function chosen(colour: ScanColour, candidates: Candidates): Promise<Chosen> {
  if (colour === 'colour' && candidates.after.channels === 3) return { colour, encoded: await colourOf(candidates) }
  if (colour === 'black') {
    const black = blackOf(candidates)
    if (black) return { colour, encoded: black }
  }
  return { colour: 'grey', encoded: await greyOf(candidates) }
}
