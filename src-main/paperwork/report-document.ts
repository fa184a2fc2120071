import type { Column, Content, ContentText, TDocumentDefinitions } from 'pdfmake/interfaces'
import { toCivil } from '@contract/civil-time'
import { reportText } from '@contract/codes'
import { formatDateTime, formatFormDate } from '@contract/format'
import type { ReportCheck, ReportSheet } from '@contract/reports'
import { formatCount, sealOf } from '@contract/report-words'
import { qrCode } from './codes'
import { fill, fillable } from './placeholders'
import { FONT_FAMILY } from './receipt-document'
import { letterheadOf } from './receipt-head'
import type { ReportForm } from './report-form'
import { columnWidths, measuresOf, type ReportMeasures } from './report-measures'
import type { ReportFrame } from './report-paper-data'
import { reportTable } from './report-table'
import { balanced, innerWidth, type Sheet } from './sheet'

const GREY = '#444444'
const RED = '#b42318'
const QR_SIDE = (22 * 72) / 25.4
/** So many of the last lines stand on the page of the signatures, which never stand alone (Nghị định 30/2020 wants what is signed before them). */
const LINES_WITH_SIGNATURES = 6

/** What the parts of one report need. */
export type ReportPress = Readonly<{ form: ReportForm; sheet: ReportSheet; frame: ReportFrame; measure: Sheet['measure'] }>
type Parts = ReportPress & ReportMeasures

function head({ form, sheet, frame, metrics, measure }: Parts): Content {
  const placeDate = fill(form.placeDate, { place: frame.place, day: formatFormDate(toCivil(new Date(sheet.at)).date) })
  return letterheadOf({ nation: form.nation, motto: form.motto, agencyParent: frame.agencyParent, agencyName: frame.agencyName, number: null, placeDate, metrics, measure })
}

function title({ sheet, metrics, measure }: Parts): Content {
  const line = (text: string, size: number): string => balanced(text, innerWidth(metrics), (piece) => measure(piece, size, true))
  return {
    stack: [
      { text: line(sheet.title.toLocaleUpperCase('vi'), metrics.title), fontSize: metrics.title, bold: true },
      ...(sheet.subtitle === '' ? [] : [{ text: line(sheet.subtitle, metrics.base), fontSize: metrics.base, bold: true, margin: [0, 2, 0, 0] as [number, number, number, number] }]),
    ],
    alignment: 'center', margin: [0, 14, 0, 8],
  }
}

/** Who reports to whom, where that is known, and what is counted. */
function above({ form, sheet, frame, metrics }: Parts): Content {
  const left = frame.recipient === '' ? [] : [fill(form.reporter, { unitName: frame.unitName }), fill(form.recipient, { recipient: frame.recipient })]
  const right = sheet.unit === null ? '' : fill(form.unit, { unit: sheet.unit })
  if (left.length === 0 && right === '') return []
  return {
    columns: [{ width: '*', stack: left }, { width: '*', stack: left.length > 1 && right !== '' ? [' ', { text: right, italics: true }] : [{ text: right, italics: true }], alignment: 'right' }],
    columnGap: 8, fontSize: metrics.small, margin: [0, 0, 0, 4],
  }
}

/** A sum that does not come out, with both of its sides. */
function failing({ checks, unbalanced }: ReportForm, { code, params }: ReportCheck): string {
  const figures = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? formatCount(value) : value]))
  const own = checks[code]
  return fill(unbalanced, { check: own !== undefined && fillable(own, figures) ? fill(own, figures) : fill(checks.other, { code }) })
}

/** The lines below the table. Who reports to whom stands above it already, where that is known. */
function below({ form, sheet, frame, metrics, landscape }: Parts): ContentText[] {
  const said = (caption: string): boolean => frame.recipient !== '' && [form.reporter, form.recipient].some((pattern) => pattern.startsWith(`${caption}:`))
  return [
    ...sheet.facts.filter(({ caption }) => !said(caption)).map(({ caption, value }): ContentText => ({ text: [`${caption}: `, { text: value, bold: true }], fontSize: landscape ? metrics.small : metrics.base, margin: [0, 0, 0, 2] })),
    ...sheet.checks.filter(({ ok }) => !ok).map((check): ContentText => ({ text: failing(form, check), bold: true, color: RED, margin: [0, 3, 0, 2] })),
    ...sheet.notes.map((text): ContentText => ({ text, italics: true, fontSize: metrics.small, margin: [0, 1, 0, 1] })),
  ]
}

function signature(width: number, titles: readonly string[], hint: string, name: string, { metrics }: Parts): Column {
  return { width, stack: [...titles.map((text) => ({ text, bold: true })), { text: hint, italics: true, fontSize: metrics.small }, { text: name, bold: true, margin: [0, metrics.signatureSpace, 0, 0] }], alignment: 'center' }
}

/** Who made it and who answers for it, side by side; between them the code that a print is known by. */
function signatures(parts: Parts): Content {
  const { form, sheet, frame, metrics } = parts
  const middle = QR_SIDE * 1.6
  const width = (innerWidth(metrics) - middle) / 2
  const code: Column = { width: middle, stack: [{ svg: qrCode(reportText(sheet.digest), QR_SIDE).svg, width: QR_SIDE }, { text: form.code, fontSize: metrics.tiny, color: GREY }], alignment: 'center' }
  return {
    margin: [0, 12, 0, 0],
    columns: [
      signature(width, [form.signatures.preparer.title], form.signatures.preparer.hint, frame.preparedBy, parts), code,
      signature(width, frame.leader.titles.map((text) => text.toLocaleUpperCase('vi')), form.signatures.leader.hint, frame.leader.name, parts),
    ],
  }
}

/** What follows the table; its end is never torn from the signatures. */
function ending(parts: Parts): Content[] {
  const lines = below(parts)
  const loose = lines.splice(0, Math.max(0, lines.length - LINES_WITH_SIGNATURES))
  return [{ text: '', fontSize: 1, margin: [0, 6, 0, 0] }, ...loose, { stack: [...lines, signatures(parts)], unbreakable: true }]
}

function footer({ form, sheet, frame, metrics }: Parts, page: number, pages: number): Content {
  const texts = { form: form.forms[sheet.kind], templateVersion: String(form.version), moment: formatDateTime(new Date(sheet.at)), seal: sealOf(sheet.digest), page: String(page), pages: String(pages) }
  return {
    columns: [
      { width: '*', text: fill(form.footer.form, texts) },
      { width: 'auto', text: frame.practice ? form.marks.practice : '', bold: true, color: RED },
      { width: 'auto', text: fill(form.footer.seal, texts) },
      { width: 'auto', text: fill(form.footer.page, texts), alignment: 'right' },
    ],
    columnGap: 14, fontSize: metrics.tiny, color: GREY, margin: [metrics.margins[0], 8, metrics.margins[2], 0],
  }
}

/** A fresh pdfmake definition of a report. `onPages` is told how many there are once it is laid out. */
export function reportDocument(press: ReportPress, onPages: (pages: number) => void): TDocumentDefinitions {
  const { form, sheet, frame, measure } = press
  const measures = measuresOf(sheet)
  const { metrics, landscape, cell } = measures
  const parts: Parts = { ...press, ...measures }
  const widths = columnWidths(sheet, innerWidth(metrics), cell, measure)
  return {
    version: '1.7', subset: 'PDF/A-2b', language: 'vi-VN', displayTitle: true, compress: true,
    info: { title: `${sheet.title} – ${sheet.subtitle}`, subject: form.legalBasis, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(sheet.at) },
    pageSize: metrics.page, pageMargins: metrics.margins,
    defaultStyle: { font: FONT_FAMILY, fontSize: metrics.base, lineHeight: 1.05 },
    ...(frame.practice && { watermark: { text: form.marks.practice, font: FONT_FAMILY, bold: true, color: RED, opacity: 0.13, angle: landscape ? -32 : -52, fontSize: metrics.watermark } }),
    footer: (page, pages) => {
      onPages(pages)
      return footer(parts, page, pages)
    },
    content: [head(parts), title(parts), above(parts), reportTable(sheet, { widths, size: cell, none: form.none[sheet.kind] ?? form.none.usual, measure }), ...ending(parts)],
  }
}
