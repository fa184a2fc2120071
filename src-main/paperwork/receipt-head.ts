import type { Column, Content } from 'pdfmake/interfaces'
import { barCode, qrCode } from './codes'
import { balanced, innerWidth, type Metrics, type Sheet } from './sheet'
import { fill } from './template'

const RULE = 0.7

function rule(width: number, margin: [number, number, number, number]): Content {
  return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: RULE }], alignment: 'center', margin }
}

const capitals = (text: string): string => text.toLocaleUpperCase('vi')

/** What a letterhead shows, filled. `number` null: the paper has none. */
export type Letterhead = Readonly<{
  nation: string
  motto: string
  agencyParent: string
  agencyName: string
  number: string | null
  placeDate: string
  metrics: Metrics
  /** Width of a text in points. */
  measure: (text: string, size: number, bold: boolean) => number
}>

function agencyBlock(head: Letterhead, width: number): Column {
  const { agencyParent, agencyName, metrics } = head
  const lines = (text: string, bold: boolean): string => balanced(capitals(text), width, (piece) => head.measure(piece, metrics.head, bold))
  const name = lines(agencyName, true)
  // Nghị định 30/2020: the rule is ⅓ to ½ of the issuer's line.
  const ruleWidth = 0.42 * Math.max(...name.split('\n').map((line) => head.measure(line, metrics.head, true)))
  return {
    width,
    stack: [
      { text: lines(agencyParent, false), fontSize: metrics.head, alignment: 'center' },
      { text: name, fontSize: metrics.head, bold: true, alignment: 'center' },
      rule(Math.min(width, ruleWidth), [0, 2.5, 0, 0]),
    ],
  }
}

function nationBlock({ nation, motto, metrics, ...head }: Letterhead, width: number): Column {
  const mottoSize = metrics.head + 1
  return {
    width,
    stack: [
      { text: nation, fontSize: metrics.head, bold: true, alignment: 'center', noWrap: true },
      { text: motto, fontSize: mottoSize, bold: true, alignment: 'center', noWrap: true },
      // As long as the text.
      rule(head.measure(motto, mottoSize, true), [0, 2.5, 0, 0]),
    ],
  }
}

/** Quốc hiệu, tiêu ngữ and agency above; number, place and date below. */
export function letterheadOf(head: Letterhead): Content {
  const { metrics, placeDate } = head
  const right = head.measure(head.nation, metrics.head, true) + 2
  const gap = 8
  const left = innerWidth(metrics) - right - gap
  const size = metrics.head + 0.5
  // Place and date stay on one line: a long ward name takes room from the number beside it.
  const dateWidth = Math.min(innerWidth(metrics) * 0.68, Math.max(right, head.measure(placeDate, size, false) + 6))
  return [
    { columns: [agencyBlock(head, left), nationBlock(head, right)], columnGap: gap },
    {
      columns: [
        { width: innerWidth(metrics) - dateWidth - gap, text: head.number ?? '', fontSize: size, alignment: 'center' },
        { width: dateWidth, text: placeDate, fontSize: size, italics: true, alignment: 'center' },
      ],
      columnGap: gap,
      margin: [0, metrics.gap + 1, 0, 0],
    },
  ]
}

/** The letterhead of a receipt. */
export function letterhead(sheet: Sheet): Content {
  const { template: { nation, motto, number, placeDate }, data: { agencyParent, agencyName }, values, metrics } = sheet
  const measure: Sheet['measure'] = (text, size, bold) => sheet.measure(text, size, bold)
  return letterheadOf({ nation, motto, agencyParent, agencyName, number: fill(number, values), placeDate: fill(placeDate, values), metrics, measure })
}

function provisionalBox(sheet: Sheet): Content {
  const { template, data, metrics } = sheet
  if (!data.codeIsProvisional) return []
  const box: Column = {
    width: 'auto',
    table: { body: [[{ text: template.marks.provisional, bold: true, fontSize: metrics.base + 1 }]] },
    layout: { hLineWidth: () => 1.2, vLineWidth: () => 1.2, paddingLeft: () => 8, paddingRight: () => 8, paddingTop: () => 2, paddingBottom: () => 2 },
  }
  return { columns: [{ width: '*', text: '' }, box, { width: '*', text: '' }], margin: [0, metrics.gap, 0, metrics.gap] }
}

/** Title, dossier code with QR (left) and Code 128 (below the code), which copy this is, and the mark of a provisional number. */
export function titleBlock(sheet: Sheet): Content {
  const { template, data, values, metrics, copy } = sheet
  const middle = innerWidth(metrics) - 2 * metrics.qr
  const qr = qrCode(data.dossierCode, metrics.qr)
  const centre: Content[] = template.titleLines.map((text) => ({ text, fontSize: metrics.title, bold: true }))
  centre.push({ text: fill(template.codeLine, values), fontSize: metrics.base + 0.5, bold: true, margin: [0, metrics.gap, 0, metrics.gap] })
  if (template.options.barcode) {
    const bars = barCode(data.dossierCode, middle, metrics.barHeight)
    centre.push({ svg: bars.svg, width: bars.width })
  }
  centre.push({ text: template.copies[copy], fontSize: metrics.base, italics: true, margin: [0, metrics.gap, 0, 0] })
  return [
    {
      columns: [
        { width: metrics.qr, svg: qr.svg, margin: [0, -2, 0, 0] },
        { width: middle, stack: centre, alignment: 'center' },
        // Keeps the title in the middle of the sheet.
        { width: metrics.qr, text: '' },
      ],
      columnGap: 0,
      margin: [0, metrics.head * 0.6, 0, metrics.gap],
    },
    provisionalBox(sheet),
  ]
}
