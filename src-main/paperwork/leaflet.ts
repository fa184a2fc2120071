import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { Paper } from '@contract/receipt'
import { qrCode } from './codes'
import { FONT_FAMILY } from './receipt-document'
import { runs } from './sheet'

/** What a citizen takes home about a procedure: one page, nothing about a person. */
export type LeafletData = Readonly<{
  language: 'vi' | 'en'
  paper: Paper
  practice: boolean
  agency: string
  unit: string
  address: string | null
  hotline: string | null
  hours: string
  code: string
  name: string
  /** `here` false: another agency's matter. */
  place: Readonly<{ here: boolean; title: string; words: readonly string[] }>
  papers: readonly Readonly<{ name: string; about: string; condition: string | null; note: string | null }>[]
  fees: readonly string[]
  time: readonly string[]
  result: string
  legal: readonly string[]
  version: string
  qr: string
}>

const MM = 72 / 25.4
const INK = '#1b2733'
const GREY = '#4a5560'
const RULE = '#b8c2cb'
const TEAL = '#0a5560'
const RED = '#b42318'

/** The coloured edge of the place, in points. */
const BAND = 3

const PAGES = {
  A5: { width: 148 * MM, height: 210 * MM, side: 12 * MM, top: 10 * MM, base: 9.4, qr: 26 * MM },
  A4: { width: 210 * MM, height: 297 * MM, side: 20 * MM, top: 16 * MM, base: 12.4, qr: 34 * MM },
} as const
/** Tried in turn until all stands on one page: as large as there is room. */
export const LEAFLET_SCALES = [1.24, 1.08, 0.94, 0.8] as const

const WORDS = {
  vi: {
    title: 'HƯỚNG DẪN THỦ TỤC', code: 'Mã thủ tục', where: 'Nộp ở đâu', bring: 'Mang theo', only: 'Chỉ khi', fee: 'Phí, lệ phí', time: 'Bao lâu', result: 'Nhận được', hours: 'Giờ làm việc', phone: 'Điện thoại',
    legal: 'Căn cứ', catalogue: (date: string) => `Theo danh mục thủ tục ngày ${date}.`, qr: 'Đưa mã này tại quầy: cán bộ mở đúng thủ tục ngay.', practice: 'BẢN THỰC HÀNH', texts: '',
  },
  en: {
    title: 'HOW TO APPLY', code: 'Procedure', where: 'Where', bring: 'Bring', only: 'Only if', fee: 'Fee', time: 'How long', result: 'You receive', hours: 'Open', phone: 'Telephone',
    legal: 'Legal basis', catalogue: (date: string) => `From the list of procedures of ${date}.`, qr: 'Show this code at the counter: it opens this procedure.', practice: 'PRACTICE',
    texts: 'Names of papers stand as the law has them, in Vietnamese.',
  },
} as const

type Sheet = Readonly<{ data: LeafletData; words: (typeof WORDS)['vi' | 'en']; size: number; inner: number; qr: number }>

const line = (width: number, color: string, weight: number, margin: [number, number, number, number]): Content =>
  ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: weight, lineColor: color }], margin })

function head({ data, words, size, inner }: Sheet): Content[] {
  return [
    {
      columns: [
        { width: '*', stack: [{ text: data.agency, bold: true }, { text: data.unit }], fontSize: size * 0.92, color: GREY },
        { width: 'auto', text: data.practice ? words.practice : '', fontSize: size * 0.92, bold: true, color: RED },
      ],
    },
    line(inner, TEAL, 1.6, [0, size * 0.5, 0, size * 0.7]),
    { text: words.title, fontSize: size * 0.95, bold: true, color: TEAL, characterSpacing: 0.6 },
    { text: runs(data.name, true), fontSize: size * (data.name.length > 80 ? 1.4 : 1.75), bold: true, lineHeight: 1.08, margin: [0, size * 0.1, 0, size * 0.15] },
    { text: `${words.code} ${data.code}`, fontSize: size * 0.92, color: GREY, margin: [0, 0, 0, size * 0.5] },
  ]
}

const heading = (text: string, size: number): Content => ({ text, bold: true, fontSize: size * 1.08, color: TEAL, margin: [0, size * 0.65, 0, size * 0.3] })

function papers({ data, words, size }: Sheet): Content[] {
  const side = size * 0.95
  return [
    heading(words.bring, size),
    ...data.papers.map((paper): Content => ({
      columns: [
        { width: side + size * 0.6, canvas: [{ type: 'rect', x: 0.5, y: size * 0.14, w: side, h: side, r: 1, lineWidth: 0.9, lineColor: INK }] },
        {
          width: '*',
          stack: [
            { text: [...runs(paper.name, true), { text: `  ${paper.about}`, color: GREY }] },
            ...(paper.condition === null ? [] : [{ text: [{ text: `${words.only} `, bold: true }, paper.condition], color: GREY, fontSize: size * 0.92 }]),
            ...(paper.note === null ? [] : [{ text: paper.note, color: GREY, fontSize: size * 0.92 }]),
          ],
        },
      ],
      margin: [0, 0, 0, size * 0.34], unbreakable: true,
    })),
  ]
}

function facts({ data, words, size }: Sheet): Content {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [words.fee, data.fees], [words.time, data.time], [words.result, [data.result]],
  ]
  return {
    table: {
      widths: [size * 7.2, '*'],
      body: rows.map(([name, texts]) => [{ text: name, bold: true, color: TEAL }, { stack: texts.map((text, index) => ({ text, ...(index > 0 && { color: GREY, fontSize: size * 0.92 }) })) }]),
    },
    layout: { hLineWidth: (index: number) => (index === rows.length ? 0 : 0.6), vLineWidth: () => 0, hLineColor: () => RULE, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => size * 0.3, paddingBottom: () => size * 0.26 },
    margin: [0, size * 0.6, 0, 0],
  }
}

function foot({ data, words, size, inner, qr }: Sheet): Content[] {
  const contact = [
    { text: data.unit, bold: true },
    ...(data.address === null ? [] : [{ text: data.address }]),
    { text: `${words.hours}: ${data.hours}` },
    ...(data.hotline === null ? [] : [{ text: `${words.phone}: ${data.hotline}` }]),
    ...(data.legal.length === 0 ? [] : [{ text: `${words.legal}: ${data.legal.join('; ')}`, color: GREY, fontSize: size * 0.86, margin: [0, size * 0.5, 0, 0] as [number, number, number, number] }]),
    { text: [words.catalogue(data.version), words.texts].join(' ').trim(), color: GREY, fontSize: size * 0.86 },
  ]
  return [
    line(inner, RULE, 0.8, [0, size * 0.45, 0, size * 0.6]),
    {
      columns: [
        { width: '*', stack: contact },
        { width: qr, stack: [{ svg: qrCode(data.qr, qr).svg, width: qr }, { text: words.qr, alignment: 'center', fontSize: size * 0.8, color: GREY }] },
      ],
      columnGap: size * 1.2, unbreakable: true,
    },
  ]
}

function place({ data, words, size, inner }: Sheet): Content {
  const { here, title, words: more } = data.place
  return {
    table: {
      widths: [inner - size * 1.6 - BAND],
      body: [[{ stack: [{ text: [{ text: `${words.where}: `, color: GREY }, { text: title, bold: true }] }, ...more.map((text) => ({ text, fontSize: size * 0.96 }))] }]],
    },
    layout: {
      hLineWidth: () => 0, vLineWidth: (index: number) => (index === 0 ? BAND : 0), vLineColor: () => (here ? TEAL : RED), fillColor: () => (here ? '#eaf3f2' : '#fbeeec'),
      paddingLeft: () => size * 0.8, paddingRight: () => size * 0.8, paddingTop: () => size * 0.45, paddingBottom: () => size * 0.4,
    },
  }
}

/** A fresh pdfmake definition. `onPages` is told how many pages it takes. @param scale of `LEAFLET_SCALES` */
export function leafletDocument(data: LeafletData, scale: number, onPages: (pages: number) => void): TDocumentDefinitions {
  const { width, height, side, top, base, qr } = PAGES[data.paper]
  const sheet: Sheet = { data, words: WORDS[data.language], size: base * scale, inner: width - 2 * side, qr: qr * Math.min(1, Math.max(scale, 0.84)) }
  return {
    version: '1.7', subset: 'PDF/A-2b', language: data.language, displayTitle: true, compress: true,
    // Fixed, so that the same leaflet gives the same bytes.
    info: { title: data.name, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(0) },
    pageSize: { width, height },
    pageMargins: [side, top, side, top],
    defaultStyle: { font: FONT_FAMILY, fontSize: sheet.size, lineHeight: 1.12, color: INK },
    footer: (_page: number, pages: number) => {
      onPages(pages)
      return ''
    },
    content: [...head(sheet), place(sheet), ...papers(sheet), facts(sheet), ...foot(sheet)],
  }
}
