import { prepareZXingModule } from 'zxing-wasm/reader'
import wasm from '../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm?url'
import { type GreyImage, toGrey } from '@contract/code-image'
import { findCodes } from './find-codes'
import type { CodeAnswer, CodeAsk } from './messages'

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

async function answer({ id, picture, live }: CodeAsk): Promise<CodeAnswer> {
  try {
    await ready
    const image = greyOf(picture)
    if (image.data.length === 0) return { id, codes: [], failed: true }
    return { id, codes: await findCodes(image, live), failed: false }
  } catch {
    return { id, codes: [], failed: true }
  }
}

self.onmessage = (event: MessageEvent<CodeAsk>): void => {
  void answer(event.data).then((told) => self.postMessage(told))
}
