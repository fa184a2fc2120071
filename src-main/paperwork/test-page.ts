import type { Content, ContentSvg, TDocumentDefinitions } from 'pdfmake/interfaces'
import { formatDateTime } from '@contract/format'
import { qrCode } from './codes'
import { line, type Measure, MM, practiceMark, rollPage, rollStrip, rule, type Strip, stripDocument, stripHead } from './strip'

/** Shows what a printer does with our papers: edges, letters, codes. Nothing in it is of a person but who pressed. */
export type TestPageData = Readonly<{
  paper: 'A4' | 'A5' | 'T80'
  ward: string
  unit: string
  /** As the settings name it; the default of the computer has words of its own. */
  printer: string
  by: string
  /** UTC ISO instant. */
  at: string
  practice: boolean
}>

const SHEETS = { A4: { width: 210, height: 297 }, A5: { width: 148, height: 210 } } as const
/** Every tone on every vowel that carries one, Đ, and what old printers lose first. */
export const SAMPLE = [
  'aáàảãạ ăắằẳẵặ âấầẩẫậ eéèẻẽẹ êếềểễệ iíìỉĩị',
  'oóòỏõọ ôốồổỗộ ơớờởỡợ uúùủũụ ưứừửữự yýỳỷỹỵ đĐ',
  'ĂÂĐÊÔƠƯ ẮẰẲẴẶ ẤẦẨẪẬ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ',
] as const
const SHORT = 'Ủy ban nhân dân phường hướng dẫn đúng nơi.'
const SENTENCE = 'Ủy ban nhân dân phường hướng dẫn người dân nộp hồ sơ đúng nơi, đủ giấy, trả đúng hẹn.'
/** The ruler begins here from each edge (mm); what is not printed of it is the printer's margin. */
const LONGEST_TICK = 8
const EVERY = 10
/** So near a corner two rulers meet: no numbers (mm). */
const CORNER = 15

const sizes = [8, 10, 12, 14, 18]

/** Rulers along all four edges, in millimetres from the edge of the paper: where the first stroke is missing, the printer's own margin begins. */
function rulers(width: number, height: number): ContentSvg {
  const mark = (x1: number, y1: number, x2: number, y2: number): string => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="black" stroke-width="0.2"/>`
  const number = (x: number, y: number, text: number, length: number): string => text < CORNER || text > length - CORNER ? '' : `<text x="${x}" y="${y}" font-size="2.4" text-anchor="middle">${text}</text>`
  const steps = (length: number): number[] => Array.from({ length: Math.floor((length - 1) / EVERY) }, (_, index) => (index + 1) * EVERY)
  const edges = [1, 2, 3, 4, 5, 6, 7].flatMap((inset) => {
    const half = inset === 5 ? 6 : 4
    return [mark(inset, height / 2 - half, inset, height / 2 + half), mark(width - inset, height / 2 - half, width - inset, height / 2 + half),
      mark(width / 2 - half, inset, width / 2 + half, inset), mark(width / 2 - half, height - inset, width / 2 + half, height - inset)]
  })
  const along = [
    ...steps(width).filter((x) => Math.abs(x - width / 2) > LONGEST_TICK).flatMap((x) => [mark(x, 0, x, LONGEST_TICK), mark(x, height - LONGEST_TICK, x, height), number(x, LONGEST_TICK + 3, x, width)]),
    ...steps(height).filter((y) => Math.abs(y - height / 2) > LONGEST_TICK).flatMap((y) => [mark(0, y, LONGEST_TICK, y), mark(width - LONGEST_TICK, y, width, y), number(LONGEST_TICK + 3, y + 0.8, y, height)]),
  ]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * MM}" height="${height * MM}">${[...edges, ...along].join('')}</svg>`
  return { svg, absolutePosition: { x: 0, y: 0 }, width: width * MM }
}

/** What the QR says: nothing that a counter takes for one of its own codes, and plain letters, for readers guess at others. */
export const testText = ({ at, paper }: Pick<TestPageData, 'at' | 'paper'>): string => `TRANG IN THU ${paper} ${at}`

const facts = ({ printer, by, at, paper }: TestPageData): readonly (readonly [string, string])[] =>
  [['Máy in', printer], ['Khổ giấy', paper === 'T80' ? 'Cuộn 80 mm' : paper], ['In lúc', formatDateTime(new Date(at))], ['Người in', by]]

function sheet(data: TestPageData & { paper: 'A4' | 'A5' }): TDocumentDefinitions {
  const { width, height } = SHEETS[data.paper]
  const side = (data.paper === 'A4' ? 24 : 18) * MM
  const inner = width * MM - 2 * side
  return {
    ...stripDocument('Trang in thử', new Date(data.at), 1),
    pageSize: { width: width * MM, height: height * MM }, pageMargins: [side, 20 * MM, side, 20 * MM],
    content: [
      rulers(width, height),
      { text: data.ward, bold: true, fontSize: 11, alignment: 'center' },
      { text: 'TRANG IN THỬ', bold: true, fontSize: 18, alignment: 'center', margin: [0, 4, 0, 6] },
      ...(data.practice ? [{ text: 'BẢN THỰC HÀNH', bold: true, fontSize: 11, alignment: 'center' as const, margin: [0, 0, 0, 6] as [number, number, number, number] }] : []),
      { table: { widths: ['auto', '*'], body: facts(data).map(([name, value]) => [{ text: name, color: '#444' }, { text: value, bold: true }]) }, layout: 'noBorders', margin: [0, 0, 0, 6] },
      ...SAMPLE.map((text): Content => ({ text, fontSize: data.paper === 'A4' ? 12 : 10, lineHeight: 1.3 })),
      ...sizes.map((fontSize): Content => ({ text: [{ text: `${fontSize}  `, color: '#444' }, data.paper === 'A5' && fontSize > 14 ? SHORT : SENTENCE], fontSize, margin: [0, 2, 0, 0] })),
      { canvas: [0.2, 0.5, 1, 2].map((lineWidth, index) => ({ type: 'line', x1: 0, y1: 6 + index * 5, x2: inner, y2: 6 + index * 5, lineWidth })), margin: [0, 4, 0, 6] },
      {
        columns: [
          { svg: qrCode(testText(data), 30 * MM).svg, width: 30 * MM },
          { text: 'Thước ở bốn mép tính bằng mm từ mép giấy. Vạch đầu tiên không thấy là lề mà máy in không in tới. In đúng cỡ khi một đoạn 100 trên thước dài đúng 100 mm.', fontSize: 9.5, margin: [6 * MM, 4 * MM, 0, 0] },
        ],
      },
    ],
  }
}

function roll(data: TestPageData, measure: Measure): TDocumentDefinitions {
  const strip: Strip = rollStrip(measure)
  const dots = { canvas: Array.from({ length: 10 }, (_, index) => ({ type: 'line' as const, x1: (index * strip.width) / 9, y1: 0, x2: (index * strip.width) / 9, y2: 8, lineWidth: 1.2 })), margin: [0, 4, 0, 4] as [number, number, number, number] }
  return {
    ...stripDocument('Phiếu in thử', new Date(data.at), strip.scale), ...rollPage(),
    content: [
      stripHead(strip, data),
      rule(strip, [0, 4, 0, 3]),
      practiceMark(strip, data.practice, 'BẢN THỰC HÀNH'),
      line(strip, 'PHIẾU IN THỬ', 22),
      ...facts(data).map(([name, value]) => line(strip, `${name}: ${value}`, 11)),
      dots,
      ...SAMPLE.map((text) => line(strip, text, 12)),
      { svg: qrCode(testText(data), 34 * MM).svg, width: 34 * MM, alignment: 'center', margin: [0, 3, 0, 0] },
      rule(strip, [0, 3, 0, 0]),
      line(strip, 'Vạch ở hai mép phải thấy đủ; giấy cắt dưới dòng này.', 11),
    ],
  }
}

/** A test page for a printer of sheets or of the roll. A fresh pdfmake definition. */
export function testPageDocument(data: TestPageData, measure: Measure): TDocumentDefinitions {
  const { paper } = data
  return paper === 'T80' ? roll(data, measure) : sheet({ ...data, paper })
}
