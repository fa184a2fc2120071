import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { FONT_FAMILY } from './receipt-document'
import { balanced, runs } from './sheet'

export const MM = 72 / 25.4

/** Width of a bold text in points. */
export type Measure = (text: string, size: number) => number

/** A narrow column of words and codes in the middle of a paper: black only, nothing thinner than a heat printer can draw. */
export type Strip = Readonly<{
  /** In points. */
  width: number
  /** 1 on a roll of 80 mm. */
  scale: number
  measure: Measure
}>

const ROLL = 80 * MM
/** A head of 72 mm, as thermal printers for rolls of 80 mm have; what lies beside it is not printed. */
const PRINTED = 72 * MM
const HEAVY = 1.4

/** The strip of a roll of 80 mm. */
export const rollStrip = (measure: Measure): Strip => ({ width: PRINTED, scale: 1, measure })

/** A page of the roll, as long as it needs. Fresh each time: pdfmake writes the height into it. */
export const rollPage = (): Pick<TDocumentDefinitions, 'pageSize' | 'pageMargins'> =>
  ({ pageSize: { width: ROLL, height: 'auto' }, pageMargins: [(ROLL - PRINTED) / 2, 5 * MM, (ROLL - PRINTED) / 2, 7 * MM] })

/** What all papers of this kind are. `createdAt` is part of the data, so that the same paper gives the same bytes. */
export const stripDocument = (title: string, createdAt: Date, scale: number): Omit<TDocumentDefinitions, 'content'> => ({
  version: '1.7', subset: 'PDF/A-2b', language: 'vi', displayTitle: true, compress: true,
  info: { title, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: createdAt },
  defaultStyle: { font: FONT_FAMILY, fontSize: 11 * scale, lineHeight: 1.1, color: 'black' },
})

export const rule = ({ width, scale }: Strip, margin: [number, number, number, number]): Content =>
  ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: HEAVY * scale }], margin })

/** A text in the middle, in lines of about equal width. @param fontSize in points on a roll */
export const line = ({ width, scale, measure }: Strip, text: string, fontSize: number): Content => ({
  text: runs(balanced(text, width, (piece) => measure(piece, fontSize * scale)), true), fontSize: fontSize * scale, alignment: 'center',
})

/** Whose paper it is. */
export const stripHead = (strip: Strip, { ward, unit }: Readonly<{ ward: string; unit: string }>): Content => [line(strip, ward, 12), line(strip, unit, 10.5)]

/** Solid black in a frame: a heat printer makes dots of anything grey, and a diagonal mark would eat what it lies on. */
export const practiceMark = ({ scale }: Strip, practice: boolean, words: string): Content => practice
  ? {
      table: { widths: ['*'], body: [[{ text: words, bold: true, fontSize: 11 * scale, alignment: 'center' }]] },
      layout: { hLineWidth: () => HEAVY, vLineWidth: () => HEAVY },
      margin: [0, 2, 0, 4],
    }
  : []

/** A box to tick with a pen, and what it means. @param fontSize in points on a roll */
export function tickBox({ width, scale }: Strip, text: string, fontSize: number): Content {
  const side = fontSize * 1.05 * scale
  const gap = fontSize * 0.7 * scale
  return {
    columns: [
      { width: side + gap, canvas: [{ type: 'rect', x: HEAVY / 2, y: side * 0.08, w: side, h: side, lineWidth: HEAVY }] },
      { width: width - side - gap, text, bold: true, fontSize: fontSize * scale },
    ],
    margin: [0, 1.6 * scale, 0, 1.6 * scale], unbreakable: true,
  }
}
