import type { Column, Content } from 'pdfmake/interfaces'
import { qrCode } from './codes'
import { COLUMN_GAP, type FormSheet, GREY, RED, TEAL, type Texts } from './form-press'
import { fill, fillable } from './placeholders'
import { letterheadOf } from './receipt-head'
import { balanced, innerWidth, runs } from './sheet'

type Margin = [number, number, number, number]

/** Whose paper it is, its number, place and day. */
export function head({ form, frame, filling, metrics, measure }: FormSheet): Content {
  const { texts } = filling
  if (form.head === 'letter') {
    const number = form.number === undefined ? null : fill(form.number, texts)
    return letterheadOf({ nation: form.nation, motto: form.motto, agencyParent: frame.agencyParent, agencyName: frame.agencyName, number, placeDate: fill(form.placeDate, texts), metrics, measure })
  }
  return [
    { columns: [{ width: '*', text: frame.unitName, bold: true }, { width: 'auto', text: fill(form.placeDate, texts), noWrap: true }], fontSize: metrics.tiny * 1.12, color: GREY, columnGap: COLUMN_GAP },
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: innerWidth(metrics), y2: 0, lineWidth: 1.6, lineColor: TEAL }], margin: [0, metrics.gap * 2, 0, 0] },
  ]
}

const framed = (text: string, size: number, line: number, colour?: string): Column => ({
  width: 'auto', table: { body: [[{ text, bold: true, fontSize: size, ...(colour && { color: colour }) }]] },
  layout: {
    hLineWidth: () => line, vLineWidth: () => line, paddingLeft: () => 6, paddingRight: () => 6, paddingTop: () => 1, paddingBottom: () => 1,
    ...(colour && { hLineColor: () => colour, vLineColor: () => colour }),
  },
})
const centred = (column: Column, margin: Margin): Content => ({ columns: [{ width: '*', text: '' }, column, { width: '*', text: '' }], margin })

function titleStack({ form, filling, metrics, measure }: FormSheet, width: number): Content[] {
  const lines = form.titleLines.map((line) => balanced(fill(line, filling.texts), width, (piece) => measure(piece, metrics.title, true)))
  return [
    ...lines.map((text) => ({ text, fontSize: metrics.title, bold: true, ...(form.head === 'leaflet' && { color: TEAL }) })),
    ...(form.subtitle === undefined ? [] : [{ text: runs(fill(form.subtitle, filling.texts)), italics: true, margin: [0, metrics.gap, 0, 0] as Margin }]),
  ]
}

/** Type of the paper; of one about a dossier also its code, with the QR that opens it at any counter. */
export function title(sheet: FormSheet): Content {
  const { form, filling, metrics, dossier } = sheet
  if (dossier === null || form.codeLine === undefined) return { stack: titleStack(sheet, innerWidth(metrics)), alignment: 'center', margin: [0, metrics.head * 0.9, 0, metrics.head * 0.7] }
  const side = metrics.qr * 0.86
  const middle = innerWidth(metrics) - 2 * side
  const code: Content = { text: runs(fill(form.codeLine, filling.texts), true), margin: [0, metrics.gap, 0, 0] }
  return [
    {
      columns: [
        { width: side, svg: qrCode(dossier.code, side).svg },
        { width: middle, stack: [...titleStack(sheet, middle), code], alignment: 'center', margin: [0, metrics.gap * 2, 0, 0] },
        // Keeps the title in the middle of the sheet.
        { width: side, text: '' },
      ],
      columnGap: 0, margin: [0, metrics.head * 0.6, 0, metrics.gap * 1.5],
    },
    ...(dossier.provisional && form.marks.provisional !== undefined ? [centred(framed(form.marks.provisional, metrics.base, 1.2), [0, 0, 0, metrics.gap * 2])] : []),
  ]
}

/** What stands above each page: that nothing of it counts, and on further pages what it belongs to. */
export function header({ form, filling, metrics, dossier }: FormSheet, page: number): Content {
  const [left, top, right] = metrics.margins
  if (filling.demo && form.marks.demo !== undefined) return centred(framed(form.marks.demo, metrics.small, 0.9, RED), [left, (top - metrics.small * 1.4 - 4) / 2, right, 0])
  if (page === 1 || dossier === null || form.codeLine === undefined) return ''
  return {
    columns: [{ width: '*', text: fill(form.documentTitle, filling.texts) }, { width: 'auto', text: fill(form.codeLine, filling.texts), bold: true }],
    columnGap: COLUMN_GAP, fontSize: metrics.tiny, color: GREY, margin: [left, top - metrics.tiny * 2.2, right, 0],
  }
}

const versionOf = ({ version, edition }: FormSheet['form']): string => (edition === undefined ? String(version) : `${String(version)}.${String(edition)}`)

/** Which form and version, the mark of an exercise, and the page; above it that this is a reprint. */
export function footer({ form, frame, filling, metrics }: FormSheet, page: number, pages: number): Content {
  const texts: Texts = { ...filling.texts, page: String(page), pages: String(pages), templateVersion: versionOf(form) }
  const { reprint } = form.marks
  return {
    stack: [
      ...(reprint !== undefined && fillable(reprint, texts) ? [{ text: fill(reprint, texts), italics: true, margin: [0, 0, 0, 1] as Margin }] : []),
      {
        columns: [
          { width: '*', text: fill(form.footer.form, texts) },
          { width: 'auto', text: frame.practice ? form.marks.practice : '', bold: true, color: RED },
          { width: '*', text: fill(form.footer.page, texts), alignment: 'right' },
        ],
        columnGap: 8,
      },
    ],
    fontSize: metrics.tiny, color: GREY, margin: [metrics.margins[0], 6, metrics.margins[2], 0],
  }
}
