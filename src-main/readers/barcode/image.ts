import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, purgeZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { enlargeAndSharpen, type GreyImage, SECOND_TRY_PIXELS, toPgm } from '@contract/code-image'

export type { GreyImage }
/** A code on a picture: its text and its corners in pixels, clockwise from the code's own top left. */
export type ReadCode = Readonly<{ text: string; format: 'QRCode' | 'Code128'; corners: readonly (readonly [x: number, y: number])[] }>
export type ReadOptions = Readonly<{ formats?: readonly ReadCode['format'][]; most?: number; secondTry?: boolean }>

/** Pixels of the largest picture taken: A3 at 600 dots an inch is 70 million. */
const MAX_PIXELS = 120_000_000

let loaded: Promise<unknown> | null = null

/** The package would fetch its WebAssembly from the net; ours lies beside it, inside the asar as well. */
async function load(): Promise<void> {
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer, print: () => undefined, printErr: () => undefined }, fireImmediately: true })
}

/** Loads the decoder ahead of the first picture. @throws when its file is missing */
export const warmUpCodes = async (): Promise<void> => {
  loaded ??= load()
  await loaded
}

async function look(image: GreyImage, options: ReaderOptions, scale: number): Promise<ReadCode[]> {
  const found = await readBarcodes(toPgm(image), options)
  return found.filter(({ isValid }) => isValid).map(({ text, format, position }) => ({
    text, format: format === 'QRCode' ? 'QRCode' : 'Code128',
    corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft].map(({ x, y }): readonly [number, number] => [x / scale, y / scale]),
  }))
}

/**
 * The QR codes and Code 128 on a picture of a page or a camera (`devices.md` C.1): once as it is, and where nothing was found, enlarged
 * and sharpened. A damaged or hostile picture gives nothing. 5 million pixels take some 30 ms.
 * @throws when the decoder's file is missing
 */
export async function readCodes(image: GreyImage, { formats = ['QRCode', 'Code128'], most = 8, secondTry = true }: ReadOptions = {}): Promise<readonly ReadCode[]> {
  const { width, height, data } = image
  if (width < 8 || height < 8 || width * height > MAX_PIXELS || data.length < width * height) return []
  await warmUpCodes()
  const options: ReaderOptions = { formats: [...formats], maxNumberOfSymbols: most, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true }
  try {
    const first = await look(image, options, 1)
    if (first.length > 0 || !secondTry || width * height > SECOND_TRY_PIXELS) return first
    return await look(enlargeAndSharpen(image), options, 2)
  } catch {
    // WebAssembly that failed once, for want of memory as a rule, is not used again.
    loaded = null
    purgeZXingModule()
    return []
  }
}
