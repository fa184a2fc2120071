import { drawPicture, type Pages } from './pages'
import type { TiffAnswer, TiffAsk } from './tiff-messages'

/** TIFF of any number of pages (scanners' multi-page files), decoded in a thread of its own. @throws when it is no readable TIFF */
export async function openTiff(bytes: Blob): Promise<Pages> {
  const worker = new Worker(new URL('./tiff-worker.ts', import.meta.url), { type: 'module' })
  const ask = inTurn(worker)
  const opened = await ask({ kind: 'open', bytes: await bytes.arrayBuffer() })
  if (opened.kind !== 'opened') {
    worker.terminate()
    throw new Error('not a readable TIFF')
  }
  return {
    count: opened.count,
    draw: async ({ page, turn, width, signal }) => {
      const found = await ask({ kind: 'page', page })
      signal.throwIfAborted()
      if (found.kind !== 'page') throw new Error('a page that cannot be read')
      const picture = await createImageBitmap(new ImageData(found.pixels, found.width, found.height))
      try {
        return drawPicture(picture, picture, { turn, width })
      } finally {
        picture.close()
      }
    },
    close: () => worker.terminate(),
  }
}

/** One question at a time: the thread answers in order and names nothing. */
function inTurn(worker: Worker): (ask: TiffAsk) => Promise<TiffAnswer> {
  let last: Promise<unknown> = Promise.resolve()
  return (ask) => {
    const next = last.then(() => new Promise<TiffAnswer>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<TiffAnswer>) => resolve(event.data)
      worker.onerror = () => reject(new Error('the TIFF thread stopped'))
      worker.postMessage(ask, ask.kind === 'open' ? [ask.bytes] : [])
    }))
    last = next.catch(() => undefined)
    return next
  }
}
