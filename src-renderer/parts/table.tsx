import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { reachableRow, rowAfter } from './table-keys'

export type Column<Row> = Readonly<{ key: string; title: string; width?: number | string; right?: boolean; cell: (row: Row) => ReactNode }>

type Props<Row> = Readonly<{
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  idOf: (row: Row) => string
  selected?: string | null | undefined
  onSelect?: (row: Row) => void
  onOpen?: (row: Row) => void
  rowHeight?: number
}>

const VIRTUAL_FROM = 100
/** Frames to wait for a far row to be drawn before the focus is given up. */
const FRAMES = 20

/** A list by keyboard: arrows, Home, End, PgUp, PgDn move; Enter opens. Long ones draw only what is in view. */
export function Table<Row>({ label, rows, columns, idOf, selected, onSelect, onOpen, rowHeight = 45 }: Props<Row>): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const virtual = rows.length > VIRTUAL_FROM
  // eslint-disable-next-line react-hooks/incompatible-library -- this component is not memoized by hand, so nothing goes stale
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 12, enabled: virtual })
  const items = virtual ? virtualizer.getVirtualItems() : []
  const first = items[0]
  const last = items.at(-1)
  const [before, after] = virtual && first && last ? [first.start, virtualizer.getTotalSize() - last.end] : [0, 0]
  const shown = virtual ? items.flatMap(({ index }) => { const row = rows[index]; return row === undefined ? [] : [{ row, index }] }) : rows.map((row, index) => ({ row, index }))
  const current = rows.findIndex((row) => idOf(row) === selected)

  const reachable = reachableRow(current, shown.map(({ index }) => index))

  const focusRow = (index: number, frames = FRAMES): void => {
    requestAnimationFrame(() => {
      const row = box.current?.querySelector<HTMLElement>(`[data-index="${String(index)}"]`)
      if (row) row.focus()
      else if (frames > 0) focusRow(index, frames - 1)
    })
  }
  const goTo = (index: number): void => {
    const row = rows[index]
    if (!row) return
    onSelect?.(row)
    // A far row is drawn only after scrolling: the focus waits on the list meanwhile, never on the body.
    if (virtual) {
      virtualizer.scrollToIndex(index)
      box.current?.focus({ preventScroll: true })
    }
    focusRow(index)
  }
  const press = (event: KeyboardEvent<HTMLTableRowElement>, index: number): void => {
    const next = rowAfter(event, index, rows.length)
    const row = rows[index]
    if (next !== null) {
      event.preventDefault()
      goTo(next)
    } else if (event.key === 'Enter' && event.target === event.currentTarget && !event.ctrlKey && !event.altKey && row && onOpen) {
      event.preventDefault()
      onOpen(row)
    }
  }
  return (
    <div className={`scroll grow tblbox ${virtual ? 'long' : ''}`} ref={box} tabIndex={-1}>
      <table className="tbl" role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
        <thead><tr role="row" aria-rowindex={1}>{columns.map(({ key, title, width, right }) => <th key={key} style={{ width }} className={[right === true ? 'r' : '', width === undefined ? 'flex' : ''].join(' ')} scope="col" role="columnheader">{title}</th>)}</tr></thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td style={{ height: before, padding: 0 }} colSpan={columns.length} /></tr>}
          {shown.map(({ row, index }) => {
            const id = idOf(row)
            return (
              <tr
                key={id} ref={virtual ? virtualizer.measureElement : undefined} role="row" aria-rowindex={index + 2} data-index={index} className={id === selected ? 'sel' : ''} aria-selected={id === selected} tabIndex={index === reachable ? 0 : -1}
                onClick={() => onSelect?.(row)} onDoubleClick={() => onOpen?.(row)} onFocus={() => { if (id !== selected) onSelect?.(row) }} onKeyDown={(event) => press(event, index)}
              >
                {columns.map(({ key, width, right, cell }) => <td key={key} role="gridcell" className={[right === true ? 'r num' : '', width === undefined ? 'flex' : ''].join(' ')}>{cell(row)}</td>)}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true"><td style={{ height: after, padding: 0 }} colSpan={columns.length} /></tr>}
        </tbody>
      </table>
    </div>
  )
}
