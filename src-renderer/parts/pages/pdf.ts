import { getDocument, PDFWorker, type RenderTask } from 'pdfjs-dist'
import workerFile from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import jpeg2000 from 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url'
import { type Pages, scaleFor } from './pages'

const fonts = import.meta.glob<string>('/../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url', import: 'default', eager: true })
const fontAddresses = new Map(Object.entries(fonts).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]))

/** Fonts for files that name one of the fourteen standard fonts without carrying it. */
class BundledFonts {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const answer = await fetch(fontAddresses.get(filename) ?? '')
    if (!answer.ok) throw new Error('no such font')
    return new Uint8Array(await answer.arrayBuffer())
  }
}

let shared: PDFWorker | undefined
// One thread for all files; handed to each document so that closing one does not end the others.
const thread = (): PDFWorker => (shared ??= PDFWorker.create({ port: new Worker(workerFile, { type: 'module' }) }))

/**
 * A PDF for looking at. Nothing of the file runs: no scripts, no forms, no eval. The policy of the window allows no WebAssembly, so
 * JPEG 2000 is read by the library's plain decoder; its file name follows a folder in the library, hence the `#/`.
 * @throws when it cannot be read or wants a password
 */
export async function openPdf(bytes: Blob): Promise<Pages> {
  const task = getDocument({
    data: await bytes.arrayBuffer(), worker: thread(), isEvalSupported: false, useWasm: false, enableXfa: false, verbosity: 0,
    useWorkerFetch: false, StandardFontDataFactory: BundledFonts, wasmUrl: new URL(`${jpeg2000}#/`, location.href).href,
  })
  const pdf = await task.promise
  return {
    count: pdf.numPages,
    draw: async ({ page: number, turn, width, signal }) => {
      const page = await pdf.getPage(number)
      signal.throwIfAborted()
      const rotation = (page.rotate + turn) % 360
      const viewport = page.getViewport({ scale: scaleFor(page.getViewport({ scale: 1, rotation }), width), rotation })
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.floor(viewport.width))
      canvas.height = Math.max(1, Math.floor(viewport.height))
      const drawing = page.render({ canvas, viewport })
      await endingWith(drawing, signal)
      page.cleanup()
      return canvas
    },
    close: () => void task.destroy(),
  }
}

function endingWith(drawing: RenderTask, signal: AbortSignal): Promise<void> {
  signal.addEventListener('abort', () => drawing.cancel(), { once: true })
  return drawing.promise
}

