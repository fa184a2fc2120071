import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { FONT_FAMILY } from './receipt-document'
import { letterheadOf } from './receipt-head'
import { fill } from './placeholders'
import { blockContent, notesContent, type Press, TEAL } from './signing-blocks'
import type { Signature, SigningForm } from './signing-form'
import type { PaperFrame, SignaturePlace, SigningPaper } from './signing-paper-data'
import { balanced, closer, innerWidth, METRICS, type Metrics, runs } from './sheet'
import type { Texts } from './signing-values'

const GREY = '#444444'
const RED = '#b42318'
const COLUMN_GAP = 12
const MM = 72 / 25.4
/** Levels by which the signatures and the rooms in them are known again while pages are laid out. */
const LEVEL = { signatures: 90, citizen: 91, office: 92, leader: 93 } as const

export type SigningSheet = Press & Readonly<{ form: SigningForm; frame: PaperFrame }>

/** Nghị định 30/2020 sets A4 in 13 to 14; landscape has its wider margin above. */
const A4: Metrics = { ...METRICS.A4, base: 13, small: 11 }
const LANDSCAPE: Metrics = { ...METRICS.A4, page: { width: 297 * MM, height: 210 * MM }, margins: [20 * MM, 20 * MM, 17 * MM, 17 * MM], base: 12.5, small: 10.5 }
const A5: Metrics = { ...METRICS.A5, base: 10, small: 8.8, signatureSpace: 14 * MM }

/** The same sheet with larger letters; the head stays, it must keep its line. */
const larger = (metrics: Metrics, scale: number): Metrics => ({
  ...metrics, base: metrics.base * scale, small: metrics.small * scale, title: metrics.title * scale, gap: metrics.gap * scale * scale, signatureSpace: metrics.signatureSpace * scale,
})

/** Measures to try in turn: A5 goes home and is read by all ages, so that it begins large; then closer ones for what would spill onto another page. */
export function metricsOf(form: SigningForm, paper: 'A4' | 'A5'): readonly [Metrics, ...Metrics[]] {
  if (form.head === 'leaflet' && paper === 'A4') return [larger(A4, 1.25), larger(A4, 1.1), A4, closer(A4)]
  if (paper === 'A5') return [larger(A5, 1.28), larger(A5, 1.18), larger(A5, 1.08), A5, closer(A5)]
  const usual = form.orientation === 'landscape' ? LANDSCAPE : A4
  return [usual, closer(usual)]
}

/** Learnt while pdfmake lays out. */
export type Learnt = { pages: number; places: SigningPaper['places'] }

function head({ form, frame, filling, metrics, measure }: SigningSheet): Content {
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

function title({ form, filling, metrics, measure }: SigningSheet): Content {
  const width = innerWidth(metrics)
  const lines = form.titleLines.map((line) => balanced(fill(line, filling.texts), width, (piece) => measure(piece, metrics.title, true)))
  return {
    stack: [
      ...lines.map((text) => ({ text, fontSize: metrics.title, bold: true, ...(form.head === 'leaflet' && { color: TEAL }) })),
      ...(form.subtitle === undefined ? [] : [{ text: runs(fill(form.subtitle, filling.texts)), italics: true, margin: [0, metrics.gap, 0, 0] as [number, number, number, number] }]),
    ],
    alignment: 'center', margin: [0, metrics.head * 0.9, 0, metrics.head * 0.7],
  }
}

/** What stands above each page: that nothing of it counts. */
function demoMark({ form, filling, metrics }: SigningSheet): Content {
  if (!filling.demo) return ''
  const size = metrics.small
  return {
    columns: [{ width: '*', text: '' }, {
      width: 'auto', table: { body: [[{ text: form.marks.demo, bold: true, fontSize: size, color: RED }]] },
      layout: { hLineWidth: () => 0.9, vLineWidth: () => 0.9, hLineColor: () => RED, vLineColor: () => RED, paddingLeft: () => 6, paddingRight: () => 6, paddingTop: () => 1, paddingBottom: () => 1 },
    }, { width: '*', text: '' }],
    margin: [metrics.margins[0], (metrics.margins[1] - size * 1.4 - 4) / 2, metrics.margins[2], 0],
  }
}

function footer({ form, frame, filling, metrics }: SigningSheet, page: number, pages: number): Content {
  const texts: Texts = { ...filling.texts, page: String(page), pages: String(pages), templateVersion: String(form.version) }
  return {
    columns: [
      { width: '*', text: fill(form.footer.form, texts) },
      { width: 'auto', text: frame.practice ? form.marks.practice : '', bold: true, color: RED },
      { width: '*', text: fill(form.footer.page, texts), alignment: 'right' },
    ],
    columnGap: 8, fontSize: metrics.tiny, color: GREY, margin: [metrics.margins[0], 6, metrics.margins[2], 0],
  }
}

/** One signature and the height that it takes, in points. */
function signatureColumn({ place, title: role, hint, name }: Signature, { filling, metrics, measure }: SigningSheet, width: number): Readonly<{ content: Column; height: number }> {
  const text = name === undefined ? '' : fill(name, filling.texts)
  // Room that a hand or a visible mark has: nothing to see, but laid out, so that its place is known.
  const room: Content = { canvas: [{ type: 'rect', x: 0, y: 0, w: width, h: metrics.signatureSpace, lineWidth: 0, lineColor: 'white' }], headlineLevel: LEVEL[place] }
  const rows = Math.max(1, Math.ceil((measure(text, metrics.base, true) * 1.1) / width)) + Math.ceil((measure(role, metrics.base, true) * 1.05) / width)
  return {
    content: { width, stack: [{ text: role, bold: true }, { text: hint, italics: true, fontSize: metrics.small }, room, { text: runs(text, true) }], alignment: 'center' },
    height: metrics.signatureSpace + (rows * metrics.base + 2 * metrics.small) * 1.2,
  }
}

type Room = Readonly<{ pageNumber: number; left: number; top: number }>

function placeOf({ pageNumber, left, top }: Room, metrics: Metrics, width: number): SignaturePlace {
  const rounded = (points: number): number => Math.round(points * 100) / 100
  return { page: pageNumber, box: [left, metrics.page.height - top - metrics.signatureSpace, width, metrics.signatureSpace].map(rounded) as [number, number, number, number] }
}

/** A fresh pdfmake definition of one paper, and what was learnt of it once it is laid out. */
export function signingDocument(sheet: SigningSheet): Readonly<{ document: TDocumentDefinitions; learnt(): Learnt }> {
  const { form, frame, filling, metrics } = sheet
  const width = (innerWidth(metrics) - COLUMN_GAP) / 2
  const columns = form.signatures.map((signature) => signatureColumn(signature, sheet, width))
  const height = Math.max(0, ...columns.map((column) => column.height))
  // Of the last time that all was laid out.
  const rooms = new Map<number, Room>()
  let pages = 1
  const document: TDocumentDefinitions = {
    version: '1.7', subset: 'PDF/A-2b', language: 'vi-VN', displayTitle: true, compress: true,
    info: { title: fill(form.documentTitle, filling.texts), subject: form.legalBasis, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(frame.at) },
    pageSize: metrics.page, pageMargins: metrics.margins,
    defaultStyle: { font: FONT_FAMILY, fontSize: metrics.base, lineHeight: 1.08 },
    ...(frame.practice && { watermark: { text: form.marks.practice, font: FONT_FAMILY, bold: true, color: RED, opacity: 0.13, angle: form.orientation === 'landscape' ? -32 : -52, fontSize: metrics.watermark } }),
    header: () => demoMark(sheet),
    footer: (page, count) => {
      pages = count
      return footer(sheet, page, count)
    },
    content: [
      head(sheet), title(sheet), ...form.blocks.map((block) => blockContent(block, sheet)),
      ...(columns.length === 0 ? [] : [{ columns: columns.map(({ content }) => content), columnGap: COLUMN_GAP, headlineLevel: LEVEL.signatures, margin: [0, metrics.gap * 3, 0, 0] } satisfies Content]),
      notesContent(form.notes, sheet),
    ],
    // The signatures stay together. Not `unbreakable`: what is moved by that does not know where it came to stand.
    pageBreakBefore: ({ headlineLevel, startPosition }) => {
      if (headlineLevel !== undefined) rooms.set(headlineLevel, startPosition)
      return headlineLevel === LEVEL.signatures && startPosition.top + height > metrics.page.height - metrics.margins[3]
    },
  }
  return {
    document,
    learnt: () => {
      const [citizen, office] = [rooms.get(LEVEL.citizen), rooms.get(LEVEL.office)]
      return { pages, places: { ...(citizen && { citizen: placeOf(citizen, metrics, width) }), ...(office && { office: placeOf(office, metrics, width) }) } }
    },
  }
}
