import type { Catalogue, Procedure } from '@contract/procedures'
import { ANSWERS, CHILD_SHEETS, HEAD, NO, PROCEDURES, YES, type Column, type SheetLayout } from './workbook-layout'

type Cell = string | number | null

function valueAt(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), item)
}

function cellOf(item: unknown, { path, kind }: Column): Cell {
  const value = valueAt(item, path)
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(kind.as === 'lines' ? '\n' : '; ')
  if (typeof value === 'boolean') return value ? YES : NO
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  return kind.as === 'choice' ? (kind.words[value] ?? value) : value
}

interface SheetContent {
  readonly layout: SheetLayout
  readonly rows: readonly (readonly Cell[])[]
}

const rowOf = (layout: SheetLayout, parents: readonly string[], item: unknown): Cell[] => [...parents, ...layout.columns.map((one) => cellOf(item, one))]

function answerRows(procedure: Procedure): Cell[][] {
  return procedure.eligibility.flatMap((question) => question.answers.map((answer) => rowOf(ANSWERS, [procedure.code, procedure.version, question.id], answer)))
}

function contents(catalogue: Catalogue): SheetContent[] {
  const children = CHILD_SHEETS.map(([layout, path]): SheetContent => ({
    layout,
    rows: catalogue.procedures.flatMap((procedure) => {
      const items = valueAt(procedure, path.join('.'))
      return Array.isArray(items) ? items.map((item) => rowOf(layout, [procedure.code, procedure.version], item)) : []
    }),
  }))
  return [
    { layout: HEAD, rows: [rowOf(HEAD, [], catalogue)] },
    { layout: PROCEDURES, rows: catalogue.procedures.map((procedure) => rowOf(PROCEDURES, [], procedure)) },
    ...children,
    { layout: ANSWERS, rows: catalogue.procedures.flatMap(answerRows) },
  ]
}

/** The catalogue as a workbook that `importCatalogue` reads back to the same catalogue. */
export async function exportXlsx(catalogue: Catalogue): Promise<Buffer> {
  const sheets = contents(catalogue).map(({ layout, rows }) => {
    const columns = [...layout.parents, ...layout.columns]
    const head = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const, wrap: true }))
    const body = rows.map((row) => row.map((cell) => {
      if (cell === null) return null
      return typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String, wrap: true }
    }))
    return { sheet: layout.name, data: [head, ...body], columns: columns.map(({ width }) => ({ width: width ?? 16 })), stickyRowsCount: 1 }
  })
  // Loaded when a workbook is wanted, not at every start.
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  return writeXlsxFile(sheets).toBuffer()
}

/** The catalogue as JSON text, two blanks deep. */
export function exportJson(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`
}
