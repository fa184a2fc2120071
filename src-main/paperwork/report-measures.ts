import type { ReportColumn, ReportSheet } from '@contract/reports'
import { cellWords, isNumeric } from '@contract/report-words'
import { METRICS, type Metrics, type Sheet } from './sheet'

const MM = 72 / 25.4
/** Room between text and line, both sides together, in points. */
export const CELL_PADDING = 3
const CELL_EXTRA = 2 * CELL_PADDING + 1.5
/** What a column of words counts beside one of figures, and how many such an upright page holds. */
const TEXT_WEIGHT = 2.2
const UPRIGHT_HOLDS = 11.5
/** A word that is longer may break, so it does not set the width of its column: in a caption, and in a cell (a dossier code has 22 letters). */
const LONGEST_WORD = { caption: 14, cell: 26 } as const
/** So many rows show what words a column holds. */
const LOOKED_AT = 100

const PORTRAIT: Metrics = { ...METRICS.A4, margins: [25 * MM, 18 * MM, 15 * MM, 20 * MM], base: 12, small: 10.5, tiny: 8.5, title: 14 }
const LANDSCAPE: Metrics = { ...PORTRAIT, page: { width: 297 * MM, height: 210 * MM }, margins: [15 * MM, 18 * MM, 12 * MM, 18 * MM] }

const breadth = (columns: readonly ReportColumn[]): number => columns.reduce((sum, { kind }) => sum + (kind === 'text' ? TEXT_WEIGHT : 1), 0)

/** Measures of the page and letter size of the table, in points. */
export type ReportMeasures = Readonly<{ metrics: Metrics; landscape: boolean; cell: number }>

/** Upright while the columns have room, else across (Nghị định 30/2020 allows it for wide tables); the register is always across. */
export function measuresOf({ kind, columns }: Pick<ReportSheet, 'kind' | 'columns'>): ReportMeasures {
  const size = breadth(columns)
  const landscape = kind === 'register' || size > UPRIGHT_HOLDS
  const cell = landscape ? (size > 20 ? 8.5 : size > 16 ? 9 : 10) : size > 9.5 ? 9.5 : 10.5
  return { metrics: landscape ? LANDSCAPE : PORTRAIT, landscape, cell }
}

type Measure = Sheet['measure']

/** The longest thing in a column that must not be torn. Figures are all looked at: the largest may be the last. */
function longestOf({ kind }: ReportColumn, index: number, rows: ReportSheet['rows']): string {
  if (kind === 'date' || kind === 'moment') return '00/00/0000'
  let longest = ''
  for (const { cells, level } of isNumeric(kind) ? rows : rows.slice(0, LOOKED_AT)) {
    const words = cellWords(cells[index] ?? null, kind)
    for (const piece of isNumeric(kind) ? [words] : level === 'group' ? [] : words.split(' ')) {
      if (piece.length > longest.length && piece.length <= LONGEST_WORD.cell) longest = piece
    }
  }
  return longest
}

/** Captions stand in so many lines at most, where their words allow it. */
const CAPTION_LINES = 3

/** The least width at which a caption takes no more than `CAPTION_LINES` lines; words that may break count as short ones. */
function captionWidth(title: string, size: number, measure: Measure): number {
  const words = title.split(/\s+/)
  const widthOf = (from: number, to: number): number => measure(words.slice(from, to).join(' ').slice(0, LONGEST_WORD.caption * 3), size, true)
  const linesAt = (room: number): number => {
    let [lines, start] = [1, 0]
    for (let at = 1; at < words.length; at += 1) if (widthOf(start, at + 1) > room) [lines, start] = [lines + 1, at]
    return lines
  }
  const longest = Math.max(0, ...words.filter((word) => word.length <= LONGEST_WORD.caption).map((word) => measure(word, size, true)))
  const candidates = words.flatMap((_word, from) => words.slice(from).map((_next, count) => widthOf(from, from + count + 1))).filter((width) => width >= longest)
  return Math.min(...candidates.filter((width) => linesAt(width) <= CAPTION_LINES), measure(title, size, true))
}

/** The least width that keeps figures, codes and the words of the caption whole. */
function leastWidth(column: ReportColumn, index: number, { rows }: Pick<ReportSheet, 'rows'>, size: number, measure: Measure): number {
  return Math.max(captionWidth(column.title, size, measure), measure(longestOf(column, index, rows), size, true)) + CELL_EXTRA
}

/**
 * Widths in points that fill the room: shared out by weight, and none below what its figures need, as long as there is room at all.
 * Fixed widths, because measuring every cell is what makes a long table slow.
 */
export function columnWidths(sheet: Pick<ReportSheet, 'columns' | 'rows'>, room: number, size: number, measure: Measure): number[] {
  const least = sheet.columns.map((column, index) => leastWidth(column, index, sheet, size, measure))
  const total = least.reduce((sum, width) => sum + width, 0)
  if (total >= room) return least.map((width) => (width * room) / total)
  const fixed = new Set<number>()
  for (;;) {
    const left = room - [...fixed].reduce((sum, index) => sum + (least[index] ?? 0), 0)
    const weight = sheet.columns.reduce((sum, column, index) => sum + (fixed.has(index) ? 0 : column.weight), 0)
    const widths = sheet.columns.map((column, index) => (fixed.has(index) ? (least[index] ?? 0) : (left * column.weight) / weight))
    const tight = widths.flatMap((width, index) => (!fixed.has(index) && width < (least[index] ?? 0) ? [index] : []))
    if (tight.length === 0) return widths
    for (const index of tight) fixed.add(index)
  }
}
