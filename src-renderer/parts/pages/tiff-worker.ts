import * as UTIF from 'utif2'
import type { TiffAnswer, TiffAsk } from './tiff-messages'

// Decoding a fax page takes longer than a frame and reads a stranger's file: not in the window's own thread.

/** Pixels of the largest page taken in: A3 at 600 dots an inch is 70 million. */
const MAX_PIXELS = 120_000_000
/** Tags of TIFF 6.0: ImageWidth and ImageLength. */
const [WIDTH, LENGTH] = ['t256', 't257']

let file = new ArrayBuffer(0)
let pages: UTIF.IFD[] = []

function numberOf(value: UTIF.IFD[string] | undefined): number {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'number' ? first : 0
}

function open(bytes: ArrayBuffer): TiffAnswer {
  file = bytes
  pages = UTIF.decode(bytes).filter((page) => numberOf(page[WIDTH]) > 0 && numberOf(page[LENGTH]) > 0)
  return pages.length > 0 ? { kind: 'opened', count: pages.length } : { kind: 'failed' }
}

function draw(number: number): TiffAnswer {
  const kept = pages[number - 1]
  if (!kept || numberOf(kept[WIDTH]) * numberOf(kept[LENGTH]) > MAX_PIXELS) return { kind: 'failed' }
  // The decoder writes its pixels into what it is given and skips what has some: a copy is thrown away with them.
  const page = { ...kept }
  UTIF.decodeImage(file, page)
  return { kind: 'page', width: page.width, height: page.height, pixels: new Uint8ClampedArray(UTIF.toRGBA8(page)) }
}

function answer(ask: TiffAsk): TiffAnswer {
  try {
    return ask.kind === 'open' ? open(ask.bytes) : draw(ask.page)
  } catch {
    return { kind: 'failed' }
  }
}

self.onmessage = (event: MessageEvent<TiffAsk>): void => {
  const told = answer(event.data)
  self.postMessage(told, { transfer: told.kind === 'page' ? [told.pixels.buffer] : [] })
}
