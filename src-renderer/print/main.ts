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
  const dots = Number(asked.get('dots') ?? 0)
  if (dots > 0) return layDown(document, dots)
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

/** The first page in greys, so many dots wide, for a printer that draws dots: told in attributes, for this page has no other way out. */
async function layDown(pdf: PDFDocumentProxy, dots: number): Promise<void> {
  const page = await pdf.getPage(1)
  const viewport = page.getViewport({ scale: dots / page.getViewport({ scale: 1 }).width })
  const canvas = new OffscreenCanvas(dots, Math.ceil(viewport.height))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  // The types want the context of an element; it draws the same.
  await page.render({ canvas: null, canvasContext: context as unknown as CanvasRenderingContext2D, viewport, intent: 'print' }).promise
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  let grey = ''
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(Math.round(0.299 * (data[at] ?? 255) + 0.587 * (data[at + 1] ?? 255) + 0.114 * (data[at + 2] ?? 255)))
  Object.assign(document.body.dataset, { width: String(width), height: String(height), grey: btoa(grey) })
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
