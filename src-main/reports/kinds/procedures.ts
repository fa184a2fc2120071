import { flowCheck } from '../checks'
import { row, text, totalRow } from '../columns'
import { flowsOf, receivedOf, totalOf } from '../facts/flow'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES, TOTAL, UNIT } from '../words'
import { FLOW_COLUMNS, flowCells } from './breakdown'
import { flowsBy } from './by'

const COLUMNS = [text('code', 'Mã thủ tục', { weight: 1.6 }), text('name', 'Thủ tục hành chính', { weight: 5 }), ...FLOW_COLUMNS]

/** By procedure, the busiest first; all versions of a procedure together, under the newest name. */
export const procedures: ReportBuilder = ({ reader, span, now, names }) => {
  const groups = flowsOf(reader, span, now)
  const newest = new Map([...groups].sort((one, other) => one.version.localeCompare(other.version)).map(({ procedure, version }) => [procedure, names.procedure(procedure, version).name] as const))
  const flow = totalOf(groups)
  const rows = [
    ...flowsBy(groups, ({ procedure }) => procedure).sort(([, one], [, other]) => receivedOf(other) - receivedOf(one)).map(([code, of]) => row(code, newest.get(code) ?? code, ...flowCells(of))),
    totalRow('', TOTAL, ...flowCells(flow)),
  ]
  return { title: TITLES.procedures, subtitle: periodWords(span), unit: UNIT, columns: COLUMNS, rows: () => rows, rowCount: rows.length, facts: [], checks: [flowCheck(flow)], notes: [NOTES.onTime] }
}
