import type { ReportCell, ReportColumn, ReportRow } from '@contract/reports'
import { toCivil } from '@contract/civil-time'
import { STYLE } from './styles'

const DAY_MS = 86_400_000
/** Day 0 of the serial dates of workbooks; right for all dates from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30)
const MOMENT = /^\d{4}-\d{2}-\d{2}T/
const DATE = /^\d{4}-\d{2}-\d{2}$/
/** What XML 1.0 cannot hold. */
// eslint-disable-next-line no-control-regex
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
/** The longest text of a cell. */
const LONGEST = 32_767
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML; "_x0041_" is an escape of workbooks and is escaped itself. */
export const escapeText = (text: string): string => text.slice(0, LONGEST).replaceAll(UNHOLDABLE, '').replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll(/[&<>"]/g, (mark) => ESCAPES[mark] ?? mark)

/** 0 → "A", 27 → "AB". */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** Civil date → serial day. */
export const serialOfDate = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - EPOCH) / DAY_MS

/** Instant → serial day and time on the clock of the ward, to the second. */
export function serialOfMoment(instant: string): number {
  const { date, msOfDay } = toCivil(new Date(instant))
  return Math.round((serialOfDate(date) + msOfDay / DAY_MS) * 86_400) / 86_400
}

const number = (at: string, style: number, value: number): string => `<c r="${at}" s="${style}"><v>${value}</v></c>`
/** Texts stand in the cell itself and are never read as a formula, whatever they begin with. */
export const inline = (at: string, style: number, text: string): string => `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`

function cellOf(cell: ReportCell, kind: ReportColumn['kind'], at: string, bold: boolean): string {
  const style = STYLE[kind][bold ? 'bold' : 'plain']
  if (cell === null || cell === '') return `<c r="${at}" s="${style}"/>`
  if (typeof cell === 'number') return number(at, kind === 'date' || kind === 'moment' ? STYLE.count[bold ? 'bold' : 'plain'] : style, cell)
  if (kind === 'moment' && MOMENT.test(cell)) return number(at, style, serialOfMoment(cell))
  if (kind === 'date' && DATE.test(cell)) return number(at, style, serialOfDate(cell))
  return inline(at, STYLE.text[bold ? 'bold' : 'plain'], cell)
}

/** A line of the table at that row of the sheet, from 1. */
export const rowXml = ({ cells, level }: ReportRow, columns: readonly ReportColumn[], line: number): string =>
  `<row r="${line}">${columns.map(({ kind }, index) => cellOf(cells[index] ?? null, kind, `${columnName(index)}${line}`, level !== 'row')).join('')}</row>`
