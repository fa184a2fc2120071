import type { Content, TableCell } from 'pdfmake/interfaces'
import type { Press, Texts } from './form-press'
import type { BlockOf, TableColumn } from './form-template'
import { fill } from './placeholders'
import { innerWidth, runs } from './sheet'

/** Letters of a table beside the small ones of the form, in points. */
const LETTERS = { usual: 0.5, dense: -1.5 } as const
const CELL_PADDING = 4
/** Where a column is narrow, its letters need the room. */
const NARROW = 60
const NARROW_PADDING = 2
const RULE = 0.5
const LINE = 1.2
/** A row taller than this share of the page may break: kept whole it would leave half a page empty. */
const WHOLE_SHARE = 0.55
/** Room in which a hand signs inside a cell, in heights of a line. */
const SIGNING_LINES = 3.2

type Room = Readonly<{ width: number; padding: number }>

/** What each column has for its text, in points; a share (`12%`) is of the whole table, and `*` and `auto` share what the others leave. */
function roomsOf(columns: readonly TableColumn[], press: Press): Room[] {
  const inner = innerWidth(press.metrics)
  const outer = columns.map(({ width }) => (typeof width === 'number' ? width + 2 * CELL_PADDING + RULE : width.endsWith('%') ? (inner * Number.parseInt(width, 10)) / 100 : null))
  const left = inner - outer.reduce<number>((sum, width) => sum + (width ?? 0), 0)
  const sharing = Math.max(1, outer.filter((width) => width === null).length)
  return outer.map((width, index) => {
    const whole = width ?? left / sharing
    const padding = typeof columns[index]?.width === 'number' || whole >= NARROW ? CELL_PADDING : NARROW_PADDING
    return { width: Math.max(8, whole - 2 * padding - RULE), padding }
  })
}

type Made = Readonly<{ cell: TableCell; height: number }>

function cellOf(column: TableColumn, entry: Texts, room: number, size: number, press: Press): Made {
  const { filling, metrics, measure } = press
  const texts = { ...filling.texts, ...entry }
  // A quarter more than measured: lines end at words.
  const lines = (text: string, width: number): number => Math.max(1, Math.ceil((measure(text, size, false) * 1.25) / width))
  const values = [column.value, ...(column.more ?? [])].map((pattern) => fill(pattern, texts))
  const written = values.reduce((sum, text) => sum + lines(text, room), 0) * size * LINE
  if (column.more === undefined && column.signers === undefined) return { cell: { text: runs(values[0] ?? ''), alignment: column.align }, height: written }
  const signers = column.signers ?? []
  const half = room / Math.max(1, signers.length) - CELL_PADDING
  const signing = signers.length === 0 ? 0 : size * LINE * (SIGNING_LINES + 1) + Math.max(...signers.map(({ name }) => lines(fill(name, texts), half))) * size * LINE
  const stack: Content[] = values.map((text, index) => ({ text: runs(text), alignment: column.align, margin: [0, index === 0 ? 0 : metrics.gap, 0, 0] }))
  if (signers.length > 0) {
    stack.push({
      columns: signers.map(({ title, name }) => ({
        width: '*', stack: [{ text: title, italics: true }, { text: runs(fill(name, texts)), margin: [0, size * SIGNING_LINES, 0, 0] as [number, number, number, number] }], alignment: 'center',
      })),
      columnGap: CELL_PADDING, margin: [0, metrics.gap * 1.5, 0, 0],
    })
  }
  return { cell: { stack }, height: written + signing }
}

/** The heading: one row, or two where some columns stand under a common caption. */
function headOf(columns: readonly TableColumn[], size: number): TableCell[][] {
  const caption = (text: string): TableCell => ({ text, bold: true, alignment: 'center', verticalAlignment: 'middle', fontSize: size })
  if (columns.every(({ group }) => group === undefined)) return [columns.map((column) => caption(column.caption))]
  const upper = columns.map((column, index): TableCell => {
    if (column.group === undefined) return { ...(caption(column.caption) as object), rowSpan: 2 } as TableCell
    if (columns[index - 1]?.group === column.group) return {}
    const after = columns.slice(index).findIndex(({ group }) => group !== column.group)
    return { ...(caption(column.group) as object), colSpan: after < 0 ? columns.length - index : after } as TableCell
  })
  return [upper, columns.map((column) => (column.group === undefined ? {} : caption(column.caption)))]
}

/** A table with its heading on every page; rows stay whole where a page has room for them. @throws AppError IN-001 naming what is missing */
export function tableContent({ columns, dense }: BlockOf<'table'>, entries: readonly Texts[], press: Press): Content {
  const { metrics } = press
  const rooms = roomsOf(columns, press)
  const size = metrics.small + (dense ? LETTERS.dense : LETTERS.usual)
  const rows = entries.map((entry) => columns.map((column, index) => cellOf(column, entry, rooms[index]?.width ?? 8, size, press)))
  const pageRoom = metrics.page.height - metrics.margins[1] - metrics.margins[3]
  const tallest = Math.max(...rows.flat().map(({ height }) => height))
  const head = headOf(columns, Math.min(metrics.small, size))
  const whole = tallest <= pageRoom * WHOLE_SHARE
  return {
    table: {
      headerRows: head.length, dontBreakRows: whole,
      // What is kept together and taller than a page is not printed at all.
      keepWithHeaderRows: whole ? 1 : 0,
      widths: columns.map(({ width }, index) => (typeof width === 'string' && width.endsWith('%') ? rooms[index]?.width ?? 8 : width)),
      body: [...head, ...rows.map((row) => row.map(({ cell }) => cell))],
    },
    layout: {
      hLineWidth: () => RULE, vLineWidth: () => RULE, paddingLeft: (index) => rooms[index]?.padding ?? CELL_PADDING, paddingRight: (index) => rooms[index]?.padding ?? CELL_PADDING,
      paddingTop: () => metrics.gap * 0.7, paddingBottom: () => metrics.gap * 0.7,
    },
    fontSize: size,
    margin: [0, metrics.gap, 0, metrics.gap + 2],
  }
}
