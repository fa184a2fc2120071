import type { Paper, ReceiptCopy, ReceiptData, ReceiptOptions } from '@contract/receipt'
import type { ReceiptTemplate, Values } from './template'

const MM = 72 / 25.4

/** Measures of one paper size, in points. */
export interface Metrics {
  page: { width: number; height: number }
  /** left, top, right, bottom */
  margins: [number, number, number, number]
  base: number
  small: number
  tiny: number
  head: number
  title: number
  qr: number
  barHeight: number
  signatureSpace: number
  gap: number
  /** STT, kind, quantity */
  columns: [number, number, number]
  watermark: number
}

/**
 * A4 takes sizes and margins of Nghị định 30/2020, Phụ lục I; A5 is the format of the counter forms
 * (Thông tư 01/2018/TT-VPCP art. 9(2)) with the same proportions.
 */
export const METRICS: Record<Paper, Metrics> = {
  A5: {
    page: { width: 148 * MM, height: 210 * MM },
    margins: [14 * MM, 10 * MM, 11 * MM, 11 * MM],
    base: 9.5, small: 8.2, tiny: 7.2, head: 9, title: 13,
    qr: 22 * MM, barHeight: 7.5 * MM, signatureSpace: 11.5 * MM, gap: 1.4,
    columns: [20, 82, 42], watermark: 46,
  },
  A4: {
    page: { width: 210 * MM, height: 297 * MM },
    margins: [30 * MM, 20 * MM, 17 * MM, 20 * MM],
    base: 12.5, small: 10.5, tiny: 9, head: 12, title: 15,
    qr: 28 * MM, barHeight: 10 * MM, signatureSpace: 17 * MM, gap: 2.4,
    columns: [28, 116, 60], watermark: 66,
  },
}

/** The same sheet set closer, for content that would spill a few lines onto a second page. */
export function closer(metrics: Metrics): Metrics {
  return {
    ...metrics,
    base: metrics.base * 0.96,
    small: metrics.small * 0.96,
    gap: metrics.gap * 0.75,
    barHeight: metrics.barHeight * 0.95,
    signatureSpace: metrics.signatureSpace * 0.9,
  }
}

/** All that the parts of one printed copy need. */
export interface Sheet {
  template: ReceiptTemplate
  data: ReceiptData
  values: Values
  options: ReceiptOptions
  copy: ReceiptCopy
  metrics: Metrics
  /** Width of a text in points. */
  measure(text: string, size: number, bold: boolean): number
}

/** Room between the margins, in points. */
export function innerWidth(metrics: Metrics): number {
  return metrics.page.width - metrics.margins[0] - metrics.margins[2]
}

const LONG_WORD = 24

/** A run of text that may break anywhere, so that a word longer than its column is never cut. */
export interface Run {
  text: string
  bold: boolean
  wordBreak?: 'break-all'
}

/** Splits a text into runs; only words of more than 24 characters may break inside. */
export function runs(text: string, bold = false): Run[] {
  const pieces = text.split(/(\S{25,})/).filter((piece) => piece !== '')
  return pieces.map((piece) => (piece.length > LONG_WORD && !/\s/.test(piece) ? { text: piece, bold, wordBreak: 'break-all' } : { text: piece, bold }))
}

/**
 * Breaks a heading into lines of about equal width, so that no single word is left over on the last one.
 * @param measure width of a piece in points. Words wider than the room stay whole here; pdfmake breaks them.
 */
export function balanced(text: string, room: number, measure: (piece: string) => number): string {
  const wrap = (width: number): string[] => {
    const lines: string[] = []
    for (const word of text.split(' ')) {
      const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
      if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }
  const fewest = wrap(room).length
  let width = room
  while (width > 20 && wrap(width - 4).length === fewest) width -= 4
  return wrap(width).join('\n')
}
