import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'

/** Reading a document again for each of its pages costs more than holding it; two are held. */
const HELD = 2
const open = new Map<Blob, Promise<PDFDocumentProxy>>()
let worker: Promise<{ library: typeof import('pdfjs-dist'); worker: PDFWorker }> | undefined

/** The library and its worker are loaded when the first PDF is looked at. The worker is a file of the app: blobs may not run. */
async function start() {
  const [library, { default: url }] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.min.mjs?url')])
  return { library, worker: new library.PDFWorker({ port: new Worker(url, { type: 'module' }) }) }
}

async function read(blob: Blob): Promise<PDFDocumentProxy> {
  worker ??= start()
  const running = await worker
  return running.library.getDocument({ data: await blob.arrayBuffer(), worker: running.worker, isEvalSupported: false, useWasm: false, enableXfa: false }).promise
}

function documentOf(blob: Blob): Promise<PDFDocumentProxy> {
  const known = open.get(blob)
  if (known) return known
  const reading = read(blob)
  reading.catch(() => open.delete(blob))
  open.set(blob, reading)
  const [oldest] = open
  if (open.size > HELD && oldest) {
    open.delete(oldest[0])
    void oldest[1].then((document) => document.loadingTask.destroy(), () => undefined)
  }
  return reading
}

/** Draws one page (from 1), `width` pixels wide. A page beyond the last gives the last. */
export async function pdfPage(blob: Blob, page: number, width: number): Promise<{ canvas: OffscreenCanvas; pages: number }> {
  const document = await documentOf(blob)
  const sheet = await document.getPage(Math.min(page, document.numPages))
  const viewport = sheet.getViewport({ scale: width / sheet.getViewport({ scale: 1 }).width })
  const drawn = window.document.createElement('canvas')
  drawn.width = Math.round(viewport.width)
  drawn.height = Math.round(viewport.height)
  await sheet.render({ canvas: drawn, viewport }).promise
  const canvas = new OffscreenCanvas(drawn.width, drawn.height)
  canvas.getContext('2d')?.drawImage(drawn, 0, 0)
  sheet.cleanup()
  return { canvas, pages: document.numPages }
}
