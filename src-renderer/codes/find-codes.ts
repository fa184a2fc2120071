import { readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { enlargeAndSharpen, type GreyImage, SECOND_TRY_PIXELS, toPgm } from '@contract/code-image'
import type { SeenCode } from './messages'

async function look(image: GreyImage, options: ReaderOptions, scale: number): Promise<readonly SeenCode[]> {
  const found = await readBarcodes(toPgm(image), options)
  return found.filter(({ isValid }) => isValid).map(({ text, position }) => ({
    text, corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft].map(({ x, y }): readonly [number, number] => [x / scale, y / scale]),
  }))
}

/** Cards and sheets are never white on black, and a QR is found at any angle; the quick look finds most within a third of the time. */
const QUICK: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: false, tryInvert: false, tryRotate: false }
const LIVE: readonly ReaderOptions[] = [QUICK, { ...QUICK, tryHarder: true }]
const PAGE: readonly ReaderOptions[] = [{ formats: ['QRCode', 'Code128'], maxNumberOfSymbols: 8, tryHarder: true }]

/**
 * The codes on a picture, by a decoder that is loaded already; small pictures on which none was found are looked at once more, enlarged and sharpened.
 * `live`: a frame of the camera, one QR, the quick way first; else all codes of a page.
 */
export async function findCodes(image: GreyImage, live: boolean): Promise<readonly SeenCode[]> {
  const ways = live ? LIVE : PAGE
  for (const options of ways) {
    const found = await look(image, options, 1)
    if (found.length > 0) return found
  }
  const last = ways.at(-1)
  return last && image.data.length <= SECOND_TRY_PIXELS ? look(enlargeAndSharpen(image), last, 2) : []
}
