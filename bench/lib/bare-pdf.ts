import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ReportSheet } from '@contract/reports'
import { cellWords, isNumeric } from '@contract/report-words'
import { resourcesFolder } from './places'

/** What of the library is used here: it comes with pdfmake and has no types of its own. */
interface BareDocument {
  page: Readonly<{ width: number; height: number }>
  on(event: 'data', listener: (chunk: Uint8Array) => void): void
  on(event: 'end', listener: () => void): void
  registerFont(name: string, file: string): BareDocument
  font(name: string): BareDocument
  fontSize(size: number): BareDocument
  lineWidth(width: number): BareDocument
  rect(x: number, y: number, width: number, height: number): BareDocument
  stroke(): BareDocument
  text(text: string, x: number, y: number, options: object): BareDocument
  heightOfString(text: string, options: object): number
  addPage(): BareDocument
  end(): void
}
type Library = new (options: object) => BareDocument

const MARGIN = 40
const PADDING = 3
const SIZE = 8.5

/** The rows of a sheet as a PDF with lines, wrapped cells and a heading on each page, and nothing else: drawn row by row. @returns its bytes */
export async function barePdf({ columns, rows }: Pick<ReportSheet, 'columns' | 'rows'>, widths: readonly number[]): Promise<number> {
  const require = createRequire(createRequire(import.meta.url).resolve('pdfmake'))
  // The library is untyped; the interface above is what is used of it.
  const PDFDocument = require('pdfkit') as Library
  const document = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, compress: true })
  let bytes = 0
  document.on('data', (chunk) => { bytes += chunk.length })
  const ended = new Promise<void>((resolve) => { document.on('end', resolve) })
  const font = (file: string): string => join(resourcesFolder, 'fonts/tinos', file)
  document.registerFont('regular', font('Tinos-Regular.ttf')).registerFont('bold', font('Tinos-Bold.ttf')).fontSize(SIZE).lineWidth(0.5)
  let y = MARGIN
  const draw = (cells: readonly string[]): void => {
    const heights = cells.map((text, index) => (text === '' ? 0 : document.heightOfString(text, { width: (widths[index] ?? 0) - 2 * PADDING })))
    const height = Math.max(SIZE, ...heights) + 2 * PADDING
    if (y + height > document.page.height - MARGIN) {
      document.addPage()
      y = MARGIN
      head()
    }
    let x = MARGIN
    for (const [index, text] of cells.entries()) {
      const width = widths[index] ?? 0
      document.rect(x, y, width, height).stroke()
      if (text !== '') document.text(text, x + PADDING, y + PADDING, { width: width - 2 * PADDING, align: isNumeric(columns[index]?.kind ?? 'text') ? 'right' : 'left' })
      x += width
    }
    y += height
  }
  const head = (): void => {
    document.font('bold')
    draw(columns.map(({ title }) => title))
    document.font('regular')
  }
  head()
  for (const { cells } of rows) draw(columns.map(({ kind }, index) => cellWords(cells[index] ?? null, kind)))
  document.end()
  await ended
  return bytes
}
