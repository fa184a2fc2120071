import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cellWords, formatCount, isNumeric } from '@contract/report-words'
import type { ReportColumn, ReportRow, ReportSheet } from '@contract/reports'

const VIRTUAL_FROM = 100
const ROW_HEIGHT = 38
/** Columns of counts that say that something is late. */
const LATE = /late$/iu

/** Width of one unit of a text column's weight, in pixels: a sheet with many columns is wider than its place rather than one letter to a line. */
const UNIT_WIDTH = 44

const least = ({ kind, weight }: ReportColumn): { minWidth: number } | undefined => (kind === 'text' ? { minWidth: Math.round(weight * UNIT_WIDTH) } : undefined)

/** The table of a report, whichever it is: grouped headings that stay, figures one below the other. Long ones draw only what is in view. */
export function SheetTable({ sheet }: { sheet: ReportSheet }): ReactNode {
  const { t } = useTranslation('reports')
  const { columns, rows, rowCount } = sheet
  const box = useRef<HTMLDivElement>(null)
  const virtual = rows.length > VIRTUAL_FROM
  // eslint-disable-next-line react-hooks/incompatible-library -- this component is not memoized by hand, so nothing goes stale
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_HEIGHT, overscan: 16, enabled: virtual })
  const items = virtual ? virtualizer.getVirtualItems() : []
  const [first, last] = [items[0], items.at(-1)]
  const [before, after] = first && last ? [first.start, virtualizer.getTotalSize() - last.end] : [0, 0]
  const shown = virtual ? items.flatMap(({ index }) => { const row = rows[index]; return row === undefined ? [] : [{ row, index }] }) : rows.map((row, index) => ({ row, index }))
  const grouped = columns.some(({ group }) => group !== null)
  return (
    <div className="scroll grow sheet-table" ref={box} tabIndex={0} role="region" aria-label={t(`kind.${sheet.kind}`)}>
      <table aria-rowcount={rowCount} data-wide={columns.length > 8}>
        <Heads columns={columns} grouped={grouped} />
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td style={{ height: before, padding: 0 }} colSpan={columns.length} /></tr>}
          {shown.map(({ row, index }) => <Row key={index} row={row} columns={columns} index={index} measure={virtual ? virtualizer.measureElement : undefined} />)}
          {after > 0 && <tr aria-hidden="true"><td style={{ height: after, padding: 0 }} colSpan={columns.length} /></tr>}
        </tbody>
      </table>
      {rows.length < rowCount && <p className="s t2 cut">{t('cut', { shown: formatCount(rows.length), all: formatCount(rowCount) })}</p>}
    </div>
  )
}

const side = ({ kind }: ReportColumn): string => (isNumeric(kind) ? 'r num' : kind === 'text' ? '' : 'num')

function Heads({ columns, grouped }: { columns: readonly ReportColumn[]; grouped: boolean }): ReactNode {
  if (!grouped) return <thead><tr>{columns.map((column) => <th key={column.key} scope="col" className={side(column)}>{column.title}</th>)}</tr></thead>
  return (
    <thead className="over-two">
      <tr>
        {columns.map((column, index) => {
          if (column.group === null) return <th key={column.key} scope="col" rowSpan={2} className={side(column)}>{column.title}</th>
          if (columns[index - 1]?.group === column.group) return null
          const end = columns.findIndex((other, at) => at > index && other.group !== column.group)
          return <th key={column.key} scope="colgroup" colSpan={(end === -1 ? columns.length : end) - index} className="overhead">{column.group}</th>
        })}
      </tr>
      <tr>{columns.filter(({ group }) => group !== null).map((column) => <th key={column.key} scope="col" className={side(column)}>{column.title}</th>)}</tr>
    </thead>
  )
}

type RowProps = Readonly<{ row: ReportRow; columns: readonly ReportColumn[]; index: number; measure: ((node: Element | null) => void) | undefined }>

function Row({ row: { level, cells }, columns, index, measure }: RowProps): ReactNode {
  return (
    // "row" is also the house's word for a line of boxes: a plain row has no class.
    <tr ref={measure} data-index={index} className={level === 'row' ? undefined : level} aria-rowindex={index + 2}>
      {columns.map((column, at) => {
        const cell = cells[at] ?? null
        const late = column.kind === 'count' && LATE.test(column.key) && typeof cell === 'number' && cell > 0
        return <td key={column.key} style={least(column)} className={`${side(column)} ${late ? 'late' : ''}`}>{cellWords(cell, column.kind)}</td>
      })}
    </tr>
  )
}
