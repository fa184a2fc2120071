import type { ScanColour } from '@contract/capture'
import { backgroundOf, greyBackground, whitened } from './background'
import { blanknessOf } from './blank'
import { cellsOf, contrastsOf, type Cells } from './cells'
import { chosen, type Encoded, jpegWithin, SIZES } from './choose'
import { encodeJpeg } from './codecs/jpeg'
import { colourOf } from './colour'
import { type Fingerprint, fingerprintOf } from './fingerprint'
import { blurredMore } from './keep'
import { type Finding, findingsOf } from './legibility'
import { type PaperSize, upright } from './upright'
import { type Box, type Quad, type Raster, toGrey } from './raster'
import { atMostDpi, thumbnailOf } from './scale'
import { turned, type Turns } from './turn'

export type PageWish = Readonly<{
  /** `auto`: colour where a seal, a signature or a photograph has it, grey for pictures, black and white for text. */
  colour: ScanColour | 'auto'
  /** A camera's picture has a desk around the page and no resolution; a scanner's has neither. */
  from: 'scanner' | 'camera' | 'file'
  /** Millimetres of the paper, as it lies in the picture or turned; null when it is not known. A camera's page is made so large. */
  paper: PaperSize | null
  /** Corners that the officer set, in pixels of the picture. */
  corners: Quad | null
  /** Quarter turns clockwise before everything else; which way is up is not guessed. */
  turns: Turns
  straighten: boolean
  crop: boolean
  whiten: boolean
  /** Resolution above which a page is brought down. */
  mostDpi: number
}>

export const USUAL_WISH: PageWish = { colour: 'auto', from: 'scanner', paper: null, corners: null, turns: 0, straighten: true, crop: true, whiten: true, mostDpi: 300 }

export type Thumbnail = Readonly<{ mediaType: 'image/jpeg'; bytes: Uint8Array; width: number; height: number }>

export type ProcessedPage = Readonly<{
  /** The page as it was made straight and white, for reading text from. */
  image: Raster
  /** Degrees clockwise by which the page leant. */
  angle: number
  /** Corners of the page in the turned picture, when it was cut out. */
  crop: Quad | null
  colour: ScanColour
  seal: Box | null
  blank: boolean
  findings: readonly Finding[]
  fingerprint: Fingerprint
  thumbnail: Thumbnail
  encoded: Encoded
  /** Why the original was kept rather than the cleaned page; null when it was not. */
  keptOriginal: 'less-legible' | 'smaller' | null
}>

/** The file that the pixels came from, to be kept where cleaning made nothing better. */
export type Original = Readonly<{ mediaType: string; bytes: Uint8Array }>

/** Resolution of a camera's page that becomes black and white. */
const BLACK_DPI = 300

export const THUMBNAIL = { side: 360, quality: 78 } as const

/** A small picture of a page. 60 ms for a colour page of A4 at 300 dpi. */
export async function pageThumbnail(image: Raster): Promise<Thumbnail> {
  const small = thumbnailOf(image, THUMBNAIL.side)
  return { mediaType: 'image/jpeg', bytes: await encodeJpeg(small, THUMBNAIL.quality), width: small.width, height: small.height }
}

async function originalOf(image: Raster, colour: ScanColour, original: Original | null): Promise<{ colour: ScanColour; encoded: Encoded }> {
  const kept = image.channels === 1 ? 'grey' : 'colour'
  // What a PDF takes as it is stays as it is; other kinds are encoded without any cleaning.
  if (original?.mediaType === 'image/jpeg') return { colour: kept, encoded: { mediaType: 'image/jpeg', bytes: original.bytes, width: image.width, height: image.height, dpi: image.dpi } }
  const plain = colour === 'colour' ? image : toGrey(image)
  return { colour: plain.channels === 1 ? 'grey' : 'colour', encoded: await jpegWithin(plain, SIZES.colour) }
}

/** Whether straightening has cost sharpness: seen against the picture as it came, if the page was not enlarged from a camera's. */
const costsSharpness = (before: Cells, after: Cells, wish: PageWish, moved: boolean): boolean => moved && wish.from !== 'camera' && blurredMore(before, after)

/**
 * A page made straight, cut out, white, and as small as it can be without losing writing; with what the officer has to know of it.
 * Never worse than the original: where writing would be lost or blurred, the original is kept and that is said.
 * Blocks its thread for 0.5–1.1 s at A4 300 dpi: for the pages thread.
 * @param original its file, kept byte for byte when it is a JPEG and nothing was gained
 * @throws AppError QT-011 when encoding fails
 */
export async function processPage(picture: Raster, wish: PageWish, original: Original | null = null): Promise<ProcessedPage> {
  const taken = turned(wish.from === 'camera' ? picture : atMostDpi(picture, wish.mostDpi), wish.turns)
  const light = backgroundOf(taken)
  const camera = wish.from === 'camera'
  // A scanner's picture is the page, and grey pixels are a third of the work where its colours are not kept. Around a camera's page lies a desk.
  const seen = camera ? null : colourOf(taken, light)
  const source = camera || (wish.colour === 'auto' ? seen?.kind : wish.colour) === 'colour' ? taken : toGrey(taken)
  const straight = upright(source, wish, light)
  const moved = straight.image !== source
  const cut = camera ? (moved ? backgroundOf(straight.image) : light) : null
  const needs = seen && !(moved && source.channels === 3) ? seen : colourOf(straight.image, cut ?? backgroundOf(straight.image))
  const colour = wish.colour === 'auto' ? (seen ?? needs).kind : wish.colour
  // Black and white takes its outlines from the greys between the pixels: it needs more of them than a camera gives.
  const finer = camera && colour === 'black' && straight.crop ? upright(toGrey(taken), { ...wish, corners: straight.crop, leastDpi: BLACK_DPI }, light) : straight
  const image = colour === 'colour' ? finer.image : toGrey(finer.image)
  const grey = toGrey(image)
  const cells = cellsOf(grey)
  const contrasts = contrastsOf(cells)
  const background = moved ? backgroundOf(image) : image.channels === light.channels ? light : greyBackground(light)
  const findings = findingsOf({ cells, contrasts, background, dpi: straight.sourceDpi, pageDpi: image.dpi, camera })
  const clean = wish.whiten ? whitened(image, background) : image
  const common = {
    angle: straight.angle, crop: straight.crop, findings, blank: blanknessOf(cells, contrasts).blank, fingerprint: fingerprintOf(toGrey(clean)),
    seal: needs.seal,
  }
  if (costsSharpness(cellsOf(toGrey(source)), cells, wish, moved)) {
    const kept = await originalOf(taken, colour, wish.turns === 0 ? original : null)
    return { ...common, ...kept, angle: 0, crop: null, image: taken, thumbnail: await pageThumbnail(taken), keptOriginal: 'less-legible' }
  }
  const result = await chosen(colour, { before: image, after: clean, cells, contrasts })
  const unmoved = !moved && wish.turns === 0 && taken === picture
  if (unmoved && original?.mediaType === 'image/jpeg' && original.bytes.length <= result.encoded.bytes.length) {
    return { ...common, ...(await originalOf(taken, colour, original)), image: clean, thumbnail: await pageThumbnail(clean), keptOriginal: 'smaller' }
  }
  return { ...common, ...result, image: clean, thumbnail: await pageThumbnail(clean), keptOriginal: null }
}
