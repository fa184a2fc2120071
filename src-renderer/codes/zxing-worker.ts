import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import wasm from '../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm?url'
import { enlargeAndSharpen, type GreyImage, SECOND_TRY_PIXELS, toGrey, toPgm } from '@contract/code-image'
import type { CodeAnswer, CodeAsk, SeenCode } from './messages'

// Reading takes longer than a frame and looks at strangers' pictures: not in the window's own thread.

// The package would fetch its WebAssembly from the net; ours is a file of the app.
const ready = prepareZXingModule({ overrides: { locateFile: () => wasm, print: () => undefined, printErr: () => undefined }, fireImmediately: true })

let canvas: OffscreenCanvas | undefined

function greyOf(picture: ImageBitmap | ImageData): GreyImage {
  if (picture instanceof ImageData) return toGrey(picture.width, picture.height, picture.data)
  const { width, height } = picture
  canvas ??= new OffscreenCanvas(width, height)
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const drawing = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  if (!drawing) return { width: 0, height: 0, data: new Uint8Array(0) }
  drawing.drawImage(picture, 0, 0)
  picture.close()
  return toGrey(width, height, drawing.getImageData(0, 0, width, height).data)
}

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

async function find(image: GreyImage, ways: readonly ReaderOptions[]): Promise<readonly SeenCode[]> {
  for (const options of ways) {
    const found = await look(image, options, 1)
    if (found.length > 0) return found
  }
  const last = ways.at(-1)
  return last && image.data.length <= SECOND_TRY_PIXELS ? look(enlargeAndSharpen(image), last, 2) : []
}

async function answer({ id, picture, live }: CodeAsk): Promise<CodeAnswer> {
  try {
    await ready
    const image = greyOf(picture)
    if (image.data.length === 0) return { id, codes: [], failed: true }
    return { id, codes: await find(image, live ? LIVE : PAGE), failed: false }
  } catch {
    return { id, codes: [], failed: true }
  }
}

self.onmessage = (event: MessageEvent<CodeAsk>): void => {
  void answer(event.data).then((told) => self.postMessage(told))
}
