import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { z } from 'zod'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { ReceiptData, ReceiptOptions, type RenderedReceipt } from '@contract/receipt'
import { type CodeSheetData, codeSheetDocument } from './code-sheet'
import { readFontTable, type FontTable } from './font-table'
import { printableTexts } from './glyphs'
import { LEAFLET_SCALES, type LeafletData, leafletDocument } from './leaflet'
import { type RatingSlipData, ratingSlipDocument } from './rating-slip'
import { FONT_FAMILY, newSpan, receiptDocument } from './receipt-document'
import { receiptValues } from './receipt-values'
import { closer, METRICS, type Metrics, type Sheet } from './sheet'
import { metricsOf, signingDocument } from './signing-document'
import { formFor, loadSigningForms, type SigningForm } from './signing-form'
import { SIGNING_PAPERS, type SigningPaper, type SigningPaperWish } from './signing-paper-data'
import { fillingOf } from './signing-values'
import { loadReceiptTemplates, templateFor, type ReceiptTemplate } from './template'
import { type TicketData, ticketDocument } from './ticket'

export const FONT_FILES = { normal: 'Tinos-Regular.ttf', bold: 'Tinos-Bold.ttf', italics: 'Tinos-Italic.ttf', bolditalics: 'Tinos-BoldItalic.ttf' } as const

interface Press {
  fonts: { normal: string; bold: string; italics: string; bolditalics: string }
  regular: FontTable
  bold: FontTable
  templates: ReceiptTemplate[]
}

export interface Renderer {
  /** @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  receipt(data: ReceiptData, options: ReceiptOptions): Promise<RenderedReceipt>
  /** @throws AppError IN-001 for a component that no code can name. */
  sheet(data: CodeSheetData): Promise<Uint8Array<ArrayBuffer>>
  ticket(data: TicketData): Promise<Uint8Array<ArrayBuffer>>
  ratingSlip(data: RatingSlipData): Promise<Uint8Array<ArrayBuffer>>
  leaflet(data: LeafletData): Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  signingPaper(wish: SigningPaperWish): Promise<SigningPaper>
  /** Reads fonts and templates, so that the first receipt does not wait for them. */
  warm(): Promise<void>
}

async function openPress(resourcesFolder: string): Promise<Press> {
  const path = (file: string): string => join(resourcesFolder, 'fonts', 'tinos', file)
  const fonts = { normal: path(FONT_FILES.normal), bold: path(FONT_FILES.bold), italics: path(FONT_FILES.italics), bolditalics: path(FONT_FILES.bolditalics) }
  const [regular, bold, templates] = await Promise.all([readFile(fonts.normal), readFile(fonts.bold), loadReceiptTemplates(resourcesFolder)])
  return { fonts, regular: readFontTable(regular), bold: readFontTable(bold), templates }
}

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('IN-001', { field: issue?.path.join('.') ?? '' }, { cause: parsed.error })
}

function sheetsOf(press: Press, data: ReceiptData, options: ReceiptOptions, metrics: Metrics): [Sheet, ...Sheet[]] {
  const template = templateFor(press.templates, toCivil(new Date(data.receivedAt)).date)
  const values = receiptValues(data, options, template)
  const measure: Sheet['measure'] = (text, size, bold) => (bold ? press.bold : press.regular).width(text, size)
  const [first = 'archive', ...rest] = options.copies
  const sheet = (copy: Sheet['copy']): Sheet => ({ template, data, values, options, copy, metrics, measure })
  return [sheet(first), ...rest.map(sheet)]
}

interface Printed {
  pdf: Uint8Array<ArrayBuffer>
  pages: number
  pagesPerCopy: number
}

async function pdfOf(press: Press, document: TDocumentDefinitions): Promise<Uint8Array<ArrayBuffer>> {
  const allowed = new Set<string>(Object.values(press.fonts))
  // Templates and data can name nothing outside: no address, and of the disk only the four font files.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path))
  pdfmake.setFonts({ [FONT_FAMILY]: { ...press.fonts } })
  return new Uint8Array(await pdfmake.createPdf(document).getBuffer())
}

async function print(press: Press, sheets: [Sheet, ...Sheet[]]): Promise<Printed> {
  const spans = sheets.map(newSpan)
  const pdf = await pdfOf(press, receiptDocument(sheets, spans))
  const pagesPerCopy = Math.max(...spans.map((span) => span.last - span.first + 1))
  return { pdf, pages: Math.max(...spans.map((span) => span.last)), pagesPerCopy }
}

/** One page a copy where a closer setting allows it: a second page with two lines on it is a waste and gets lost. */
async function fit(press: Press, data: ReceiptData, options: ReceiptOptions): Promise<Printed> {
  const metrics = METRICS[options.paper]
  const usual = await print(press, sheetsOf(press, data, options, metrics))
  if (usual.pagesPerCopy !== 2) return usual
  const close = await print(press, sheetsOf(press, data, options, closer(metrics)))
  return close.pagesPerCopy === 1 ? close : usual
}

const CLOSER_UP_TO_PAGES = 3

/** Set closer where that saves a page; a long list is as long as it is. */
async function signingPaper(press: Press, forms: readonly SigningForm[], input: SigningPaperWish): Promise<SigningPaper> {
  const data = checked<SigningPaperWish['data']>(SIGNING_PAPERS[input.paper], input.data)
  // Checked by the schema of its kind.
  const wish = { paper: input.paper, data: printableTexts(data, (codePoint) => press.regular.has(codePoint)).value } as SigningPaperWish
  const { frame } = wish.data
  const form = formFor(forms, wish.paper, toCivil(new Date(frame.at)).date)
  const common = { form, frame, filling: fillingOf(wish), measure: (text: string, size: number, bold: boolean): number => (bold ? press.bold : press.regular).width(text, size) }
  const print = async (metrics: Metrics): Promise<SigningPaper> => {
    const { document, learnt } = signingDocument({ ...common, metrics })
    return { pdf: await pdfOf(press, document), ...learnt() }
  }
  const [usual, ...closerOnes] = metricsOf(form, 'paper' in wish.data ? wish.data.paper : 'A4')
  let best = await print(usual)
  for (const metrics of closerOnes) {
    if (best.pages === 1 || best.pages > CLOSER_UP_TO_PAGES) break
    const close = await print(metrics)
    if (close.pages < best.pages) best = close
  }
  return best
}

/** Set smaller until it stands on one page; at the smallest it may take more. */
async function onOnePage(made: (scale: number, onPages: (pages: number) => void) => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  let pdf: Uint8Array<ArrayBuffer> = new Uint8Array()
  for (const scale of LEAFLET_SCALES) {
    let pages = 1
    pdf = await made(scale, (count) => { pages = count })
    if (pages === 1) break
  }
  return pdf
}

/**
 * Mẫu 01 as PDF/A-2b with embedded, subset fonts; runs in the calling thread (about 0.1 s a receipt).
 * @param resourcesFolder holds fonts/tinos and forms.
 */
export function createRenderer({ resourcesFolder }: { resourcesFolder: string }): Renderer {
  let press: Promise<Press> | undefined
  const open = (): Promise<Press> => (press ??= openPress(resourcesFolder))
  // Apart from the rest: a broken form of signing stops no receipt.
  let forms: Promise<SigningForm[]> | undefined
  const openForms = (): Promise<SigningForm[]> => (forms ??= loadSigningForms(resourcesFolder))
  return {
    receipt: async (input, inputOptions) => {
      const ready = await open()
      const has = (codePoint: number): boolean => ready.regular.has(codePoint)
      const options = printableTexts(checked(ReceiptOptions, inputOptions), has)
      const data = printableTexts(checked(ReceiptData, input), has)
      const { pdf, pages } = await fit(ready, data.value, options.value)
      return { pdf, pages, warnings: [...data.warnings, ...options.warnings] }
    },
    sheet: async (input) => {
      const ready = await open()
      return pdfOf(ready, codeSheetDocument(printableTexts(input, (codePoint) => ready.regular.has(codePoint)).value, (text, size) => ready.bold.width(text, size)))
    },
    ticket: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return pdfOf(ready, ticketDocument({ ...value, qr: input.qr }, (text, size) => ready.bold.width(text, size)))
    },
    ratingSlip: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return pdfOf(ready, ratingSlipDocument({ ...value, qr: input.qr }, (text, size) => ready.bold.width(text, size)))
    },
    leaflet: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return onOnePage((scale, onPages) => pdfOf(ready, leafletDocument({ ...value, qr: input.qr }, scale, onPages)))
    },
    signingPaper: async (wish) => signingPaper(await open(), await openForms(), wish),
    warm: async () => {
      await open()
    },
  }
}
