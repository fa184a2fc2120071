import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { toCivil } from '@contract/civil-time'
import { formatDate, formatTime } from '@contract/format'
import { qrCode } from './codes'
import { line, type Measure, MM, practiceMark, rollPage, rollStrip, rule, type Strip, stripDocument, stripHead } from './strip'

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

/** A module of the longest mark is still 4 dots wide at 203 dpi. */
const QR = 40 * MM
const LARGEST_LABEL = 92

const aheadWords = (ahead: number): string => (ahead === 0 ? 'Không còn ai chờ trước' : `Còn ${String(ahead)} người chờ trước`)

function number({ width, measure }: Strip, { label }: TicketData): Content {
  // Numbers of a counter that is cut off are longer: they are set as wide as the paper allows.
  const fontSize = Math.min(LARGEST_LABEL, (width - 4) / measure(label, 1))
  return { text: label, bold: true, fontSize, lineHeight: 0.95, alignment: 'center', noWrap: true }
}

const matter = (strip: Strip, { kind, group }: TicketData): Content => ({
  stack: [line(strip, kind, 16), group === null ? [] : line(strip, `Ưu tiên: ${group}`, 13)],
  margin: [0, 3, 0, 0],
})

function times(strip: Strip, { givenAt, ahead }: TicketData): Content {
  const at = new Date(givenAt)
  return [line(strip, aheadWords(ahead), 13), line(strip, `Lấy lúc ${formatTime(at)}, ngày ${formatDate(toCivil(at).date)}`, 11)]
}

/** The ticket for a roll of 80 mm, as long as it needs. A fresh pdfmake definition. */
export function ticketDocument(data: TicketData, measure: Measure): TDocumentDefinitions {
  const strip = rollStrip(measure)
  return {
    ...stripDocument(`Phiếu số ${data.label}`, new Date(data.givenAt), strip.scale), ...rollPage(),
    content: [
      stripHead(strip, data),
      rule(strip, [0, 4, 0, 2]),
      practiceMark(strip, data.practice, 'BẢN THỰC HÀNH – số không gọi'),
      line(strip, 'SỐ CỦA QUÝ VỊ', 11),
      number(strip, data),
      matter(strip, data),
      rule(strip, [0, 6, 0, 5]),
      times(strip, data),
      { svg: qrCode(data.qr, QR).svg, width: QR, alignment: 'center', margin: [0, 2, 0, 0] },
      line(strip, 'Giữ phiếu này; mất lượt thì quét lại ở máy lấy số.', 11),
    ],
  }
}
