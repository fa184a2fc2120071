import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { body, notes, signatures } from './receipt-body'
import { letterhead, titleBlock } from './receipt-head'
import type { Sheet } from './sheet'
import { fill, type Values } from './template'

export const FONT_FAMILY = 'Tinos'
const GREY = '#444444'
const PRACTICE_COLOUR = '#b42318'

/** Page numbers of one copy in the whole document, learnt while its headers are laid out. */
interface Span {
  first: number
  last: number
}

function continuationHeader(sheet: Sheet, values: Values): Content {
  const { template, metrics } = sheet
  const [left, , right] = metrics.margins
  return {
    columns: [
      { width: 'auto', text: template.documentTitle },
      { width: '*', text: `${fill(template.codeLine, values)} ${template.copies[sheet.copy]}`, alignment: 'right', bold: true },
    ],
    fontSize: metrics.tiny,
    color: GREY,
    margin: [left, metrics.margins[1] - metrics.tiny * 2.2, right, 0],
  }
}

function footer(sheet: Sheet, page: number, pages: number): Content {
  const { template, metrics, options } = sheet
  const values = { ...sheet.values, page: String(page), pages: String(pages) }
  const practice = options.practice ? template.marks.practice : ''
  const reprint: Content = options.reprint ? { text: fill(template.marks.reprint, values), italics: true, margin: [0, 0, 0, 1] } : []
  return {
    stack: [
      reprint,
      {
        columns: [
          { width: '*', text: fill(template.footer.form, values) },
          { width: 'auto', text: practice, bold: true, color: PRACTICE_COLOUR },
          { width: '*', text: fill(template.footer.page, values), alignment: 'right' },
        ],
        columnGap: 8,
      },
    ],
    fontSize: metrics.tiny,
    color: GREY,
    margin: [metrics.margins[0], 6, metrics.margins[2], 0],
  }
}

function section(sheet: Sheet, span: Span): Content {
  return {
    section: [letterhead(sheet), titleBlock(sheet), body(sheet), signatures(sheet), notes(sheet)],
    // All headers are laid out before the first footer, so the span is complete when the footers ask for it.
    header: (page) => {
      span.first = Math.min(span.first, page)
      span.last = Math.max(span.last, page)
      return page === span.first ? null : continuationHeader(sheet, sheet.values)
    },
    footer: (page) => footer(sheet, page - span.first + 1, span.last - span.first + 1),
  }
}

/** A fresh pdfmake definition (the library changes it while laying out) of one section for each copy. */
export function receiptDocument(sheets: readonly [Sheet, ...Sheet[]], spans: readonly Span[]): TDocumentDefinitions {
  const [{ template, metrics, data, options }] = sheets
  return {
    version: '1.7',
    subset: 'PDF/A-2b',
    language: 'vi',
    displayTitle: true,
    compress: true,
    info: {
      title: `${template.documentTitle} ${data.dossierCode}`,
      subject: template.legalBasis,
      creator: 'Một Cửa',
      producer: 'Một Cửa',
      // Fixed by the data, so the same receipt gives the same bytes.
      creationDate: new Date(options.reprint?.at ?? data.receivedAt),
    },
    pageSize: metrics.page,
    pageMargins: metrics.margins,
    defaultStyle: { font: FONT_FAMILY, fontSize: metrics.base, lineHeight: 1.02 },
    ...(options.practice
      ? { watermark: { text: template.marks.practice, font: FONT_FAMILY, bold: true, color: PRACTICE_COLOUR, opacity: 0.13, angle: -52, fontSize: metrics.watermark } }
      : {}),
    content: sheets.map((sheet, index) => section(sheet, spans[index] ?? newSpan())),
  }
}

/** A span that no page has been counted into. */
export function newSpan(): Span {
  return { first: Number.POSITIVE_INFINITY, last: 0 }
}
