import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { qrCode } from './codes'
import { line, type Measure, MM, practiceMark, rollPage, rollStrip, rule, type Strip, stripDocument, stripHead, tickBox } from './strip'

/** By it somebody says at home or at the kiosk how it was. Nothing on it says who. */
export type RatingSlipData = Readonly<{
  /** `T80`: a roll of 80 mm. */
  paper: 'T80' | 'A5' | 'A4'
  ward: string
  unit: string
  /** Name of the procedure; a long one is cut. */
  subject: string
  /** The last digits of the dossier's code: they tell slips on one table apart. */
  lastDigits: string
  /** What the QR says. */
  qr: string
  practice: boolean
}>

/** In the order of the citizen's display. */
const LEVELS = ['Rất hài lòng', 'Hài lòng', 'Bình thường', 'Không hài lòng', 'Rất không hài lòng'] as const
const QR = 34 * MM
const MOST_LETTERS = 90

/** On a sheet the column is wider and all of it larger. */
const SHEETS = { A5: { width: 148 * MM, height: 210 * MM }, A4: { width: 210 * MM, height: 297 * MM } } as const
const SHEET_STRIP = 100 * MM
const SHEET_SCALE = 1.25

/** Cut between words. */
export function shortened(name: string, most = MOST_LETTERS): string {
  if (name.length <= most) return name
  const cut = name.slice(0, most)
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > most / 2 ? end : most).replace(/[\s,;(–-]+$/u, '')}…`
}

function pageOf(paper: RatingSlipData['paper']): Pick<TDocumentDefinitions, 'pageSize' | 'pageMargins'> {
  if (paper === 'T80') return rollPage()
  const { width, height } = SHEETS[paper]
  const side = (width - SHEET_STRIP) / 2
  return { pageSize: { width, height }, pageMargins: [side, 11 * MM, side, 8 * MM] }
}

const levels = (strip: Strip): Content => ({ stack: LEVELS.map((level) => tickBox(strip, level, 13.5)), margin: [6 * MM * strip.scale, 3, 0, 3] })

/** The slip that asks how it was: a code for the kiosk, boxes for a pen. A fresh pdfmake definition of one page. */
export function ratingSlipDocument(data: RatingSlipData, measure: Measure): TDocumentDefinitions {
  const strip = data.paper === 'T80' ? rollStrip(measure) : { width: SHEET_STRIP, scale: SHEET_SCALE, measure }
  const side = QR * strip.scale
  return {
    ...stripDocument('Phiếu đánh giá', new Date(0), strip.scale), ...pageOf(data.paper),
    content: [
      stripHead(strip, data),
      rule(strip, [0, 4, 0, 3]),
      practiceMark(strip, data.practice, 'BẢN THỰC HÀNH – phiếu không tính'),
      line(strip, 'MỜI ĐÁNH GIÁ', 22),
      line(strip, 'Đưa mã này vào máy lấy số, hoặc đưa phiếu cho cán bộ.', 12),
      { svg: qrCode(data.qr, side).svg, width: side, alignment: 'center', margin: [0, 2, 0, 0] },
      line(strip, shortened(data.subject), 13),
      line(strip, `Hồ sơ có số cuối ${data.lastDigits}`, 11),
      rule(strip, [0, 5, 0, 4]),
      line(strip, 'Đưa cho cán bộ thì đánh dấu một ô:', 11),
      levels(strip),
      rule(strip, [0, 3, 0, 3]),
      line(strip, 'Phiếu không ghi tên người đánh giá và dùng được một lần.', 11),
    ],
  }
}
