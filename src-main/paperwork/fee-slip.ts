import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { toCivil } from '@contract/civil-time'
import type { PaymentMethod } from '@contract/fees'
import { formatDate, formatMoneyLong, formatTime } from '@contract/format'
import { moneyInWords } from '@contract/money-words'
import { qrCode } from './codes'
import { runs } from './sheet'
import { line, type Measure, MM, practiceMark, rollPage, rollStrip, rule, type Strip, stripDocument, stripHead } from './strip'

/** A slip about money: what was taken or let off, or what is open and how it is paid. Amounts in đồng, times UTC ISO instants. */
export type FeeSlipData = Readonly<{
  /** `T80`: a roll of 80 mm. */
  paper: 'T80' | 'A5'
  ward: string
  unit: string
  dossierCode: string
  procedure: string
  payer: string
  lines: readonly Readonly<{ name: string; amount: number; note?: string }>[]
  /** Of all lines. */
  total: number
  /** What this slip is about. */
  amount: number
  at: string
  /** Null: the amount is open. */
  payment: Readonly<{ number: string; method: PaymentMethod; ground: string | null; officerName: string; reprints: number; voidedAt: string | null }> | null
  /** Where an open amount can go. */
  transfer: Readonly<{ bank: string; number: string; holder: string; purpose: string; qr: string }> | null
  practice: boolean
}>

/** A VietQR has about 41 modules: each is still 6 dots wide at 203 dpi. */
const QR = 44 * MM
const A5 = { width: 148 * MM, height: 210 * MM }
const SHEET_STRIP = 112 * MM
/** On a sheet of its own, larger where there is room. */
export const SHEET_SCALES = [1.15, 1, 0.85] as const
const GAP = 6

const TITLES = { cash: 'PHIẾU THU PHÍ, LỆ PHÍ', transfer: 'PHIẾU THU PHÍ, LỆ PHÍ', exempt: 'PHIẾU MIỄN PHÍ, LỆ PHÍ', open: 'PHIẾU BÁO PHÍ, LỆ PHÍ' } as const
const SETTLED = { cash: 'Đã thu tiền mặt', transfer: 'Đã nhận chuyển khoản', exempt: 'Được miễn', open: 'Chưa nộp' } as const
/** A receipt for fees is a form of the finance ministry; this is none. */
const NO_RECEIPT = 'Phiếu này không thay biên lai thu phí, lệ phí.'

const kindOf = ({ payment }: FeeSlipData): keyof typeof TITLES => payment?.method ?? 'open'
const moment = (instant: string): string => `${formatTime(new Date(instant))}, ngày ${formatDate(toCivil(new Date(instant)).date)}`

/** Caption and fact, as wide as the strip. */
function fact({ scale }: Strip, caption: string, text: string): Content {
  const fontSize = 10.5 * scale
  return { columns: [{ width: 58 * scale, text: caption, fontSize }, { width: '*', text: runs(text, true), fontSize }], columnGap: GAP, margin: [0, 0.8 * scale, 0, 0.8 * scale] }
}

/** What is paid for, and how much. */
function sum({ scale }: Strip, name: string, amount: number, note?: string): Content {
  const fontSize = 10.5 * scale
  return {
    columns: [
      { width: '*', text: [...runs(name), ...(note === undefined ? [] : runs(` (${note})`))], fontSize },
      { width: 'auto', text: formatMoneyLong(amount), bold: true, fontSize, noWrap: true, alignment: 'right' },
    ],
    columnGap: GAP, margin: [0, 0.8 * scale, 0, 0.8 * scale],
  }
}

const head = (strip: Strip, data: FeeSlipData): Content => [
  stripHead(strip, data),
  rule(strip, [0, 4, 0, 3]),
  practiceMark(strip, data.practice, 'BẢN THỰC HÀNH – không thu tiền thật'),
  line(strip, TITLES[kindOf(data)], 16),
  data.payment === null ? [] : line(strip, `Số ${data.payment.number}`, 13),
  data.payment?.voidedAt == null ? [] : practiceMark(strip, true, `ĐÃ HỦY lúc ${moment(data.payment.voidedAt)}`),
]

function whatFor(strip: Strip, { dossierCode, procedure, payer, lines, total, amount }: FeeSlipData): Content {
  return {
    stack: [
      fact(strip, 'Mã hồ sơ', dossierCode),
      fact(strip, 'Thủ tục', procedure),
      fact(strip, 'Người nộp', payer),
      rule(strip, [0, 3, 0, 3]),
      ...lines.map((one) => sum(strip, one.name, one.amount, one.note)),
      lines.length > 1 || total !== amount ? sum(strip, 'Cộng', total) : [],
    ],
    margin: [0, 4, 0, 0],
  }
}

const howMuch = (strip: Strip, data: FeeSlipData): Content => {
  const { payment, amount, at } = data
  return [
    rule(strip, [0, 3, 0, 4]),
    line(strip, SETTLED[kindOf(data)], 11),
    line(strip, formatMoneyLong(amount), 22),
    line(strip, `(${moneyInWords(amount)})`, 10.5),
    {
      stack: [
        payment?.ground == null ? [] : fact(strip, 'Căn cứ', payment.ground),
        fact(strip, 'Lúc', moment(at)),
        payment === null ? [] : fact(strip, 'Cán bộ', payment.officerName),
      ],
      margin: [0, 4, 0, 0],
    },
  ]
}

function howToPay(strip: Strip, { transfer }: FeeSlipData): Content {
  if (transfer === null) return line(strip, 'Nộp tiền mặt tại quầy.', 11)
  const side = QR * strip.scale
  return [
    rule(strip, [0, 4, 0, 3]),
    line(strip, 'Quét bằng ứng dụng ngân hàng, hoặc nộp tiền mặt tại quầy', 10.5),
    { svg: qrCode(transfer.qr, side).svg, width: side, alignment: 'center' },
    fact(strip, 'Ngân hàng', transfer.bank),
    fact(strip, 'Tài khoản', transfer.number),
    fact(strip, 'Đơn vị', transfer.holder),
    fact(strip, 'Nội dung', transfer.purpose),
  ]
}

const foot = (strip: Strip, { payment }: FeeSlipData): Content => [
  rule(strip, [0, 5, 0, 3]),
  payment === null || payment.reprints === 0 ? [] : line(strip, `Bản in lại lần ${String(payment.reprints)}`, 10.5),
  line(strip, NO_RECEIPT, 10.5),
]

function pageOf(paper: FeeSlipData['paper']): Pick<TDocumentDefinitions, 'pageSize' | 'pageMargins'> {
  const side = (A5.width - SHEET_STRIP) / 2
  return paper === 'T80' ? rollPage() : { pageSize: A5, pageMargins: [side, 9 * MM, side, 8 * MM] }
}

/** The slip; a fresh pdfmake definition. @param scale of a sheet; a roll has 1. @param onPages told how many pages it took */
export function feeSlipDocument(data: FeeSlipData, measure: Measure, scale = 1, onPages: (pages: number) => void = () => undefined): TDocumentDefinitions {
  const strip = data.paper === 'T80' ? rollStrip(measure) : { width: SHEET_STRIP, scale, measure }
  const roll = data.paper === 'T80'
  return {
    ...stripDocument(TITLES[kindOf(data)], new Date(data.at), strip.scale), ...pageOf(data.paper),
    ...(!roll && { footer: (_page: number, pages: number): Content => { onPages(pages); return [] } }),
    content: [head(strip, data), whatFor(strip, data), howMuch(strip, data), data.payment === null ? howToPay(strip, data) : [], foot(strip, data)],
  }
}
