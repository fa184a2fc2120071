import type { CustomTableLayout, Content, TableCell } from 'pdfmake/interfaces'
import type { ReportColumn, ReportRow, ReportSheet } from '@contract/reports'
import { cellWords, isNumeric } from '@contract/report-words'
import { type Breaker, lineBreaker } from './report-lines'
import { CELL_PADDING } from './report-measures'
import type { Sheet } from './sheet'

const RULE = 0.5

const layout: CustomTableLayout = {
  hLineWidth: () => RULE, vLineWidth: () => RULE,
  paddingLeft: () => CELL_PADDING, paddingRight: () => CELL_PADDING, paddingTop: () => 1.6, paddingBottom: () => 1.8,
}

type Row = TableCell[]
const centred = { alignment: 'center', verticalAlignment: 'middle' } as const

/** A heading over neighbours that name the same group; a column without one reaches down over both rows. */
function groupRow(columns: readonly ReportColumn[]): Row {
  return columns.map(({ group, title }, index) => {
    if (group === null) return { text: title, bold: true, ...centred, rowSpan: 2 }
    if (columns[index - 1]?.group === group) return {}
    const next = columns.findIndex((other, at) => at > index && other.group !== group)
    return { text: group, bold: true, ...centred, colSpan: (next === -1 ? columns.length : next) - index }
  })
}

function headRows(columns: readonly ReportColumn[]): Row[] {
  const grouped = columns.some(({ group }) => group !== null)
  const titles: Row = columns.map(({ title, group }) => (grouped && group === null ? {} : { text: title, bold: !grouped, italics: grouped, ...centred }))
  const numbers: Row[] = columns.some(({ index }) => index !== null) ? [columns.map(({ index }) => ({ text: index ?? '', italics: true, alignment: 'center' }))] : []
  return grouped ? [groupRow(columns), titles, ...numbers] : [titles, ...numbers]
}

type Setting = Readonly<{ columns: readonly ReportColumn[]; rooms: readonly number[]; usual: Breaker; strong: Breaker }>

/** A column of words as narrow as one of figures holds a number of a line or a mark. */
const MARK_WEIGHT = 1
const alignmentOf = ({ kind, weight }: ReportColumn): 'left' | 'right' | 'center' => (kind === 'text' && weight > MARK_WEIGHT ? 'left' : isNumeric(kind) ? 'right' : 'center')

/** All of a row's words in one cell: it is a heading between rows. */
function spanned(row: ReportRow, { columns }: Setting): Row | null {
  const known = row.cells.flatMap((cell, index) => (cell === null || cell === '' ? [] : [{ cell, kind: columns[index]?.kind ?? 'text' }]))
  const [only] = known
  if (row.level !== 'group' || known.length !== 1 || !only) return null
  return columns.map((_column, index) => (index === 0 ? { text: cellWords(only.cell, only.kind), bold: true, colSpan: columns.length } : {}))
}

/** How many columns the name of a sum has for itself: its own and the empty ones after it. */
function reachOf({ level, cells }: ReportRow): number {
  if (level === 'row' || typeof cells[0] !== 'string' || cells[0] === '') return 1
  const next = cells.findIndex((cell, index) => index > 0 && cell !== null && cell !== '')
  return next === -1 ? cells.length : next
}

type Look = Readonly<{ bold: boolean; alignment: 'left' | 'right' | 'center' }>

/**
 * Lines as pieces that are not broken again; each is as wide as its line, so that the next begins a new one. Pieces of one torn word
 * the engine would try to keep together: those are lines of their own.
 */
function cellOf(lines: readonly string[], look: Look): TableCell {
  const [only = ''] = lines
  if (lines.length < 2) return { text: only, noWrap: true, ...look }
  const torn = lines.slice(0, -1).some((line) => !line.endsWith(' '))
  return torn ? { stack: lines.map((text) => ({ text, noWrap: true })), ...look } : { text: lines.map((text) => ({ text })), noWrap: true, ...look }
}

function bodyRow(row: ReportRow, setting: Setting): Row {
  const { columns, rooms, usual, strong } = setting
  const bold = row.level !== 'row'
  const reach = reachOf(row)
  return spanned(row, setting) ?? columns.map((column, index) => {
    if (reach > 1 && index < reach) return index === 0 ? { text: cellWords(row.cells[0] ?? null, column.kind), bold, colSpan: reach } : {}
    const words = cellWords(row.cells[index] ?? null, column.kind)
    return cellOf((bold ? strong : usual)(words, rooms[index] ?? 0), { bold, alignment: alignmentOf(column) })
  })
}

/** The table with its heading on every page. Rows stay whole; a long name breaks inside its cell. `none`: said where there are no rows. */
export function reportTable({ columns, rows }: Pick<ReportSheet, 'columns' | 'rows'>, { widths, size, none, measure }: { widths: readonly number[]; size: number; none: string; measure: Sheet['measure'] }): Content {
  // pdfmake's widths are without padding and lines.
  const rooms = widths.map((width) => width - 2 * CELL_PADDING - RULE)
  const setting: Setting = { columns, rooms, usual: lineBreaker(measure, size, false), strong: lineBreaker(measure, size, true) }
  const head = headRows(columns)
  const empty: Row = columns.map((_column, index) => (index === 0 ? { text: none, italics: true, alignment: 'center', colSpan: columns.length } : {}))
  const body = rows.length === 0 ? [empty] : rows.map((row) => bodyRow(row, setting))
  return { table: { headerRows: head.length, dontBreakRows: true, widths: rooms, body: [...head, ...body] }, layout, fontSize: size, lineHeight: 1 }
}
