import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { Sheet } from '@contract/calls-capture'
import { separatorText } from '@contract/codes'
import { AppError } from '@contract/errors'
import { SAMPLE_DOSSIER_CODE, SELF_TEST_TEXT } from '@contract/reader-test'
import { barCode, qrCode } from './codes'
import { FONT_FAMILY } from './receipt-document'
import { balanced } from './sheet'

/** What a sheet with a code says: which one, and whose it is. */
export type CodeSheetData = Readonly<{ sheet: Sheet; agency: string; unit: string; practice: boolean }>

const MM = 72 / 25.4
const GREY = '#444444'
const WIDTH = 210 * MM
const HEIGHT = 297 * MM
const MARGIN = 22 * MM
/** Large enough for a feeder that scans at 150 dpi askew, and for a reader at arm's length. */
const SEPARATOR_QR = 110 * MM
/** A module of the long text is 1.3 mm wide here. */
const TEST_QR = 115 * MM
const TEST_BAR_WIDTH = 90 * MM

/** @throws AppError IN-001 */
function codeOf(component: string | null): string {
  try {
    return separatorText(component)
  } catch (error) {
    throw new AppError('IN-001', { field: 'component' }, { cause: error })
  }
}

const head = ({ agency, unit, practice }: CodeSheetData): Content => ({
  columns: [
    { width: '*', stack: [{ text: agency, bold: true }, { text: unit }], fontSize: 10.5, color: GREY },
    { width: 'auto', text: practice ? 'THỰC HÀNH' : '', fontSize: 10.5, bold: true, color: '#b42318' },
  ],
  margin: [0, 0, 0, 12 * MM],
})

const picture = (text: string, side: number): Content => ({ svg: qrCode(text, side).svg, width: side, alignment: 'center' })
/** Long names are set smaller, so that a sheet stays one page. */
const nameSize = (name: string): number => (name.length > 160 ? 15 : name.length > 80 ? 19 : 26)

/** Width of a bold text in points. */
type Measure = (text: string, size: number) => number

function separator(data: CodeSheetData, component: Extract<Sheet, { kind: 'separator' }>['component'], measure: Measure): Content[] {
  const code = codeOf(component?.code ?? null)
  const name = component === null ? 'Giấy kế tiếp của thủ tục' : component.name
  return [
    head(data),
    { text: 'TỜ NGĂN', fontSize: 15, bold: true, alignment: 'center', color: GREY },
    { text: balanced(name, WIDTH - 2 * MARGIN, (piece) => measure(piece, nameSize(name))), fontSize: nameSize(name), bold: true, alignment: 'center', margin: [0, 4, 0, 8 * MM] },
    picture(code, SEPARATOR_QR),
    { text: code, fontSize: 10.5, alignment: 'center', color: GREY, margin: [0, 4, 0, 10 * MM] },
    {
      text: component === null
        ? 'Đặt tờ này trước trang đầu của mỗi giấy trong xấp. Khi quét, các trang sau nó được xếp vào giấy kế tiếp.'
        : 'Đặt tờ này trước trang đầu của giấy có tên trên. Khi quét cả xấp, các trang sau nó được xếp vào giấy này.',
      fontSize: 14, alignment: 'center',
    },
    { text: 'Tờ ngăn không vào hồ sơ và dùng lại được nhiều lần.', fontSize: 12, alignment: 'center', color: GREY, margin: [0, 6, 0, 0] },
  ]
}

const STEPS = [
  'Mở Cài đặt, mục Đầu đọc mã vạch.',
  'Quét mã vuông dưới đây. Màn hình hiện đủ chữ nào, mất chữ nào và nên chỉnh đầu đọc ra sao.',
  'Quét mã vạch ở cuối trang. Màn hình báo đã đọc được mã mẫu.',
]

function readerTest(data: CodeSheetData): Content[] {
  const bars = barCode(SAMPLE_DOSSIER_CODE, TEST_BAR_WIDTH, 14 * MM)
  return [
    head(data),
    { text: 'TỜ THỬ ĐẦU ĐỌC MÃ VẠCH', fontSize: 18, bold: true, alignment: 'center', margin: [0, 0, 0, 5 * MM] },
    { ol: STEPS, fontSize: 13, margin: [0, 0, 0, 5 * MM] },
    picture(SELF_TEST_TEXT, TEST_QR),
    { text: 'Mã vuông này chứa đủ 134 chữ có dấu của tiếng Việt.', fontSize: 10.5, alignment: 'center', color: GREY, margin: [0, 2, 0, 8 * MM] },
    { svg: bars.svg, width: bars.width, alignment: 'center' },
    { text: SAMPLE_DOSSIER_CODE, fontSize: 12, alignment: 'center', margin: [0, 2, 0, 0] },
  ]
}

/** A fresh pdfmake definition of one A4 page. @throws AppError IN-001 for a component that no code can name */
export function codeSheetDocument(data: CodeSheetData, measure: Measure): TDocumentDefinitions {
  const { sheet } = data
  return {
    version: '1.7', subset: 'PDF/A-2b', language: 'vi', displayTitle: true, compress: true,
    // Fixed, so that the same sheet gives the same bytes.
    info: { title: sheet.kind === 'separator' ? 'Tờ ngăn' : 'Tờ thử đầu đọc mã vạch', creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(0) },
    pageSize: { width: WIDTH, height: HEIGHT },
    pageMargins: [MARGIN, 18 * MM, MARGIN, 16 * MM],
    defaultStyle: { font: FONT_FAMILY, fontSize: 13, lineHeight: 1.1 },
    content: sheet.kind === 'separator' ? separator(data, sheet.component, measure) : readerTest(data),
  }
}
