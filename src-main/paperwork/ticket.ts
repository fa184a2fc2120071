import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { toCivil } from '@contract/civil-time'
import { formatDate, formatTime } from '@contract/format'
import { qrCode } from './codes'
import { FONT_FAMILY } from './receipt-document'
import { balanced, runs } from './sheet'

/** A number of the queue as it is given into somebody's hand. Nothing in it says whose. */
export type TicketData = Readonly<{
  ward: string
  unit: string
  /** As it is called: "B042". */
  label: string
  /** The kind of matter, as on the kiosk. */
  kind: string
  /** Name of the group that goes first; null for everybody else. */
  group: string | null
  /** UTC ISO instant. */
  givenAt: string
  /** People who are called before. */
  ahead: number
  /** What the QR says: by it the kiosk and the counter know the number again. */
  qr: string
  practice: boolean
}>

const MM = 72 / 25.4
const PAPER = 80 * MM
/** A head of 72 mm, as thermal printers for rolls of 80 mm have; what lies beside it is not printed. */
const PRINTED = 72 * MM
const MARGIN = (PAPER - PRINTED) / 2
/** A module of the longest mark is still 4 dots wide at 203 dpi. */
const QR = 40 * MM
const LARGEST_LABEL = 92
const HEAVY = 1.4

/** Width of a bold text in points. */
type Measure = (text: string, size: number) => number

const rule = (margin: [number, number, number, number]): Content => ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: PRINTED, y2: 0, lineWidth: HEAVY }], margin })

// Solid black in a frame: a heat printer makes dots of anything grey, and a diagonal mark would eat the number.
const practiceMark = (practice: boolean): Content => practice
  ? {
      table: { widths: ['*'], body: [[{ text: 'BẢN THỰC HÀNH – số không gọi', bold: true, fontSize: 11, alignment: 'center' }]] },
      layout: { hLineWidth: () => HEAVY, vLineWidth: () => HEAVY },
      margin: [0, 2, 0, 4],
    }
  : []

const aheadWords = (ahead: number): string => (ahead === 0 ? 'Không còn ai chờ trước' : `Còn ${String(ahead)} người chờ trước`)

const line = (text: string, fontSize: number, measure: Measure): Content => ({
  text: runs(balanced(text, PRINTED, (piece) => measure(piece, fontSize)), true), fontSize, alignment: 'center',
})

const head = ({ ward, unit }: TicketData, measure: Measure): Content => [line(ward, 12, measure), line(unit, 10.5, measure)]

function number({ label }: TicketData, measure: Measure): Content {
  // Numbers of a counter that is cut off are longer: they are set as wide as the paper allows.
  const fontSize = Math.min(LARGEST_LABEL, (PRINTED - 4) / measure(label, 1))
  return { text: label, bold: true, fontSize, lineHeight: 0.95, alignment: 'center', noWrap: true }
}

const matter = ({ kind, group }: TicketData, measure: Measure): Content => ({
  stack: [line(kind, 16, measure), group === null ? [] : line(`Ưu tiên: ${group}`, 13, measure)],
  margin: [0, 3, 0, 0],
})

function times({ givenAt, ahead }: TicketData, measure: Measure): Content {
  const at = new Date(givenAt)
  return [line(aheadWords(ahead), 13, measure), line(`Lấy lúc ${formatTime(at)}, ngày ${formatDate(toCivil(at).date)}`, 11, measure)]
}

/**
 * The ticket for a roll of 80 mm, as long as it needs; black only, nothing thinner than a heat printer can draw.
 * A fresh pdfmake definition.
 */
export function ticketDocument(data: TicketData, measure: Measure): TDocumentDefinitions {
  return {
    version: '1.7', subset: 'PDF/A-2b', language: 'vi', displayTitle: true, compress: true,
    // Fixed by the data, so that the same ticket gives the same bytes.
    info: { title: `Phiếu số ${data.label}`, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(data.givenAt) },
    pageSize: { width: PAPER, height: 'auto' },
    pageMargins: [MARGIN, 5 * MM, MARGIN, 7 * MM],
    defaultStyle: { font: FONT_FAMILY, fontSize: 11, lineHeight: 1.1, color: 'black' },
    content: [
      head(data, measure),
      rule([0, 4, 0, 2]),
      practiceMark(data.practice),
      line('SỐ CỦA QUÝ VỊ', 11, measure),
      number(data, measure),
      matter(data, measure),
      rule([0, 6, 0, 5]),
      times(data, measure),
      { svg: qrCode(data.qr, QR).svg, width: QR, alignment: 'center', margin: [0, 2, 0, 0] },
      line('Giữ phiếu này; mất lượt thì quét lại ở máy lấy số.', 11, measure),
    ],
  }
}
