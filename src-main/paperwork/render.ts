import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { z } from 'zod'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { OfficeForm } from '@contract/office-forms'
import { ReceiptData, ReceiptOptions, type RenderedReceipt } from '@contract/receipt'
import type { ReportSheet } from '@contract/reports'
import { type CodeSheetData, codeSheetDocument } from './code-sheet'
import { type FeeSlipData, feeSlipDocument, SHEET_SCALES } from './fee-slip'
import { readFontTable, type FontTable } from './font-table'
import { formDocument } from './form-document'
import { metricsOf, officeMetrics } from './form-metrics'
import type { FormSheet } from './form-press'
import { printableTexts } from './glyphs'
import { LEAFLET_SCALES, type LeafletData, leafletDocument } from './leaflet'
import { loadOfficeTemplates, OfficeFormOptions, type OfficePaper, officeTemplateFor, type OfficeTemplate, parseOfficeTemplate } from './office-form'
import { officeFilling } from './office-values'
import { type RatingSlipData, ratingSlipDocument } from './rating-slip'
import { FONT_FAMILY, newSpan, receiptDocument } from './receipt-document'
import { receiptValues } from './receipt-values'
import { registerForm, RegisterTemplate } from './register-form'
import { reportDocument } from './report-document'
import { loadReportForms, reportFormFor, type ReportForm } from './report-form'
import { ReportFrame, ReportHead, type ReportPaper } from './report-paper-data'
import { printableSheet } from './report-texts'
import { SAMPLE_FRAME, sampleRegister } from './sample-dossier'
import { closer, METRICS, type Metrics, type Sheet } from './sheet'
import { formFor, loadSigningForms, type SigningForm } from './signing-form'
import { SIGNING_PAPERS, type SigningPaper, type SigningPaperWish } from './signing-paper-data'
import { fillingOf } from './signing-values'
import { loadReceiptTemplates, ReceiptTemplate, templateFor } from './template'
import { type TestPageData, testPageDocument } from './test-page'
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
  receipt(data: ReceiptData, options: ReceiptOptions, template?: unknown): Promise<RenderedReceipt>
  /** @throws AppError IN-001 for a component that no code can name. */
  sheet(data: CodeSheetData): Promise<Uint8Array<ArrayBuffer>>
  ticket(data: TicketData): Promise<Uint8Array<ArrayBuffer>>
  testPage(data: TestPageData): Promise<Uint8Array<ArrayBuffer>>
  ratingSlip(data: RatingSlipData): Promise<Uint8Array<ArrayBuffer>>
  feeSlip(data: FeeSlipData): Promise<Uint8Array<ArrayBuffer>>
  leaflet(data: LeafletData): Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  signingPaper(wish: SigningPaperWish): Promise<SigningPaper>
  /** A page of an invented register in that wording. @throws AppError IN-001 naming the field that has the wrong form. */
  registerPage(template: unknown): Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  officeForm(form: OfficeForm, options: OfficeFormOptions): Promise<OfficePaper>
  /** @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  report(sheet: ReportSheet, frame: ReportFrame): Promise<ReportPaper>
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

function sheetsOf(press: Press, template: ReceiptTemplate, data: ReceiptData, options: ReceiptOptions, metrics: Metrics): [Sheet, ...Sheet[]] {
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
async function fit(press: Press, template: ReceiptTemplate, data: ReceiptData, options: ReceiptOptions): Promise<Printed> {
  const metrics = METRICS[options.paper]
  const usual = await print(press, sheetsOf(press, template, data, options, metrics))
  if (usual.pagesPerCopy !== 2) return usual
  const close = await print(press, sheetsOf(press, template, data, options, closer(metrics)))
  return close.pagesPerCopy === 1 ? close : usual
}

const CLOSER_UP_TO_PAGES = 3

/** Set closer where that saves a page; a long list is as long as it is. */
async function formPaper(press: Press, sheet: Omit<FormSheet, 'metrics' | 'measure'>, tries: readonly [Metrics, ...Metrics[]]): Promise<SigningPaper> {
  const measure: Sheet['measure'] = (text, size, bold) => (bold ? press.bold : press.regular).width(text, size)
  const print = async (metrics: Metrics): Promise<SigningPaper> => {
    const { document, learnt } = formDocument({ ...sheet, metrics, measure })
    return { pdf: await pdfOf(press, document), ...learnt() }
  }
  const [usual, ...closerOnes] = tries
  let best = await print(usual)
  for (const metrics of closerOnes) {
    if (best.pages === 1 || best.pages > CLOSER_UP_TO_PAGES) break
    const close = await print(metrics)
    if (close.pages < best.pages) best = close
  }
  return best
}

async function signingPaper(press: Press, forms: readonly SigningForm[], input: SigningPaperWish): Promise<SigningPaper> {
  const data = checked<SigningPaperWish['data']>(SIGNING_PAPERS[input.paper], input.data)
  // Checked by the schema of its kind.
  const wish = { paper: input.paper, data: printableTexts(data, (codePoint) => press.regular.has(codePoint)).value } as SigningPaperWish
  const { frame } = wish.data
  const form = formFor(forms, wish.paper, toCivil(new Date(frame.at)).date)
  return formPaper(press, { form, frame, filling: fillingOf(wish), dossier: null }, metricsOf(form, 'paper' in wish.data ? wish.data.paper : 'A4'))
}

async function report(press: Press, forms: readonly ReportForm[], input: ReportSheet, inputFrame: ReportFrame): Promise<ReportPaper> {
  const has = (codePoint: number): boolean => press.regular.has(codePoint)
  const sheet = printableSheet({ ...checked(ReportHead, input), rows: input.rows }, has)
  const frame = printableTexts(checked(ReportFrame, inputFrame), has).value
  const form = reportFormFor(forms, toCivil(new Date(sheet.at)).date)
  let pages = 1
  const document = reportDocument({ form, sheet, frame, measure: (text, size, bold) => (bold ? press.bold : press.regular).width(text, size) }, (count) => { pages = count })
  return { pdf: await pdfOf(press, document), pages }
}

async function officeForm(press: Press, templates: () => Promise<readonly OfficeTemplate[]>, input: OfficeForm, inputOptions: OfficeFormOptions): Promise<OfficePaper> {
  const options = checked(OfficeFormOptions, inputOptions)
  const { value, warnings } = printableTexts(checked(OfficeForm, input), (codePoint) => press.regular.has(codePoint))
  const { frame, dossier } = value
  const own = options.template ?? null
  const form = own === null ? officeTemplateFor(await templates(), value.form, toCivil(new Date(frame.at)).date) : parseOfficeTemplate(value.form, own)
  if (form.formId !== value.form) throw new AppError('IN-001', { field: 'formId' })
  const { pdf, pages } = await formPaper(press, {
    form, frame: { ...frame, practice: frame.practice || options.practice }, filling: officeFilling(value, form.words ?? {}, options.reprint), dossier: { code: dossier.code, provisional: dossier.codeIsProvisional },
  }, officeMetrics(options.paper))
  return { pdf, pages, warnings }
}

/** Set smaller until it stands on one page; at the smallest it may take more. */
async function onOnePage(made: (scale: number, onPages: (pages: number) => void) => Promise<Uint8Array<ArrayBuffer>>, scales: readonly number[] = LEAFLET_SCALES): Promise<Uint8Array<ArrayBuffer>> {
  let pdf: Uint8Array<ArrayBuffer> = new Uint8Array()
  for (const scale of scales) {
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
  let officeTemplates: Promise<OfficeTemplate[]> | undefined
  const openOfficeTemplates = (): Promise<OfficeTemplate[]> => (officeTemplates ??= loadOfficeTemplates(resourcesFolder))
  let reportForms: Promise<ReportForm[]> | undefined
  return {
    receipt: async (input, inputOptions, own) => {
      const ready = await open()
      const has = (codePoint: number): boolean => ready.regular.has(codePoint)
      const options = printableTexts(checked(ReceiptOptions, inputOptions), has)
      const data = printableTexts(checked(ReceiptData, input), has)
      const template = own === undefined || own === null ? templateFor(ready.templates, toCivil(new Date(data.value.receivedAt)).date) : checked(ReceiptTemplate, own)
      const { pdf, pages } = await fit(ready, template, data.value, options.value)
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
    testPage: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return pdfOf(ready, testPageDocument(value, (text, size) => ready.bold.width(text, size)))
    },
    ratingSlip: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return pdfOf(ready, ratingSlipDocument({ ...value, qr: input.qr }, (text, size) => ready.bold.width(text, size)))
    },
    feeSlip: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return onOnePage((scale, onPages) => pdfOf(ready, feeSlipDocument(value, (text, size) => ready.bold.width(text, size), scale, onPages)), SHEET_SCALES)
    },
    leaflet: async (input) => {
      const ready = await open()
      const { value } = printableTexts(input, (codePoint) => ready.regular.has(codePoint))
      return onOnePage((scale, onPages) => pdfOf(ready, leafletDocument({ ...value, qr: input.qr }, scale, onPages)))
    },
    registerPage: async (input) => {
      const form = registerForm(checked(RegisterTemplate, input))
      return (await formPaper(await open(), { form, frame: SAMPLE_FRAME, filling: sampleRegister(), dossier: null }, metricsOf(form, 'A4'))).pdf
    },
    officeForm: async (form, options) => officeForm(await open(), openOfficeTemplates, form, options),
    signingPaper: async (wish) => signingPaper(await open(), await openForms(), wish),
    report: async (sheet, frame) => report(await open(), await (reportForms ??= loadReportForms(resourcesFolder)), sheet, frame),
    warm: async () => {
      await open()
    },
  }
}
