import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

// The shell's hidden print page: draws every page of one PDF at printing resolution, then says so by the title (which also names the print job).

/** Dots an inch: what office laser printers print at least. PDF points are 1/72 inch, CSS pixels 1/96. */
const DPI = 300
const POINT = 72
const PIXEL = 96
/** Sizes of the papers in mm. */
const PAPERS = { A4: [210, 297], A5: [148, 210] } as const

const asked = new URLSearchParams(location.search)

async function draw(): Promise<void> {
  GlobalWorkerOptions.workerPort = new Worker(worker, { type: 'module' })
  const answer = await fetch(`/${asked.get('pdf') ?? ''}`)
  if (!answer.ok) throw new Error('no such job')
  const document = await getDocument({ data: await answer.arrayBuffer(), isEvalSupported: false, useWasm: false, enableXfa: false }).promise
  await setPaper(document)
  for (let number = 1; number <= document.numPages; number += 1) await drawPage(document, number)
}

async function drawPage(pdf: PDFDocumentProxy, number: number): Promise<void> {
  const page = await pdf.getPage(number)
  const viewport = page.getViewport({ scale: DPI / POINT })
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(viewport.width)
  canvas.height = Math.round(viewport.height)
  canvas.style.width = `${String((viewport.width * PIXEL) / DPI)}px`
  // A hair less than the sheet, or rounding makes an empty page after each.
  canvas.style.height = `${String((viewport.height * PIXEL) / DPI - 1)}px`
  await page.render({ canvas, viewport, intent: 'print' }).promise
  document.body.append(canvas)
  page.cleanup()
}

/** A roll is as long as the page on it. */
async function setPaper(pdf: PDFDocumentProxy): Promise<void> {
  const paper = asked.get('paper')
  const [width, height] = paper === 'T80' ? await rollOf(pdf) : PAPERS[paper === 'A4' ? 'A4' : 'A5']
  const sheet = new CSSStyleSheet()
  sheet.insertRule(`@page { size: ${String(width)}mm ${String(height)}mm; margin: 0 }`)
  document.adoptedStyleSheets = [sheet]
}

async function rollOf(pdf: PDFDocumentProxy): Promise<readonly [number, number]> {
  const { height } = (await pdf.getPage(1)).getViewport({ scale: 1 })
  return [80, Math.ceil((height * 25.4) / POINT)]
}

draw().then(
  () => {
    document.title = 'mot-cua'
  },
  () => {
    document.title = 'mot-cua: failed'
  },
)
