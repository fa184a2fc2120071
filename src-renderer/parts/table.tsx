import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'

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
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9 }

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

  const goTo = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    const row = rows[next]
    if (!row) return
    onSelect?.(row)
    if (virtual) virtualizer.scrollToIndex(next)
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${String(next)}"]`)?.focus())
  }
  const press = (event: KeyboardEvent, index: number): void => {
    const step = STEPS[event.key]
    const row = rows[index]
    if (step !== undefined) {
      event.preventDefault()
      goTo(index + step)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.altKey && row && onOpen) {
      event.preventDefault()
      onOpen(row)
    }
  }
  return (
    <div className="scroll grow" ref={box} style={{ height: '100%' }}>
      <table aria-label={label} aria-rowcount={rows.length}>
        <thead><tr>{columns.map(({ key, title, width, right }) => <th key={key} style={{ width }} className={[right === true ? 'r' : '', width === undefined ? 'flex' : ''].join(' ')} scope="col">{title}</th>)}</tr></thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td style={{ height: before, padding: 0 }} colSpan={columns.length} /></tr>}
          {shown.map(({ row, index }) => {
            const id = idOf(row)
            return (
              <tr
                key={id} data-index={index} className={id === selected ? 'sel' : ''} aria-selected={id === selected} tabIndex={index === Math.max(0, current) ? 0 : -1}
                onClick={() => onSelect?.(row)} onDoubleClick={() => onOpen?.(row)} onFocus={() => { if (id !== selected) onSelect?.(row) }} onKeyDown={(event) => press(event, index)}
              >
                {columns.map(({ key, width, right, cell }) => <td key={key} className={[right === true ? 'r num' : '', width === undefined ? 'flex' : ''].join(' ')}>{cell(row)}</td>)}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true"><td style={{ height: after, padding: 0 }} colSpan={columns.length} /></tr>}
        </tbody>
      </table>
    </div>
  )
}
