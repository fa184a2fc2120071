import { flowCheck } from '../checks'
import { amount, row, text, totalRow } from '../columns'
import { flowsOf, NO_FLOW, totalOf } from '../facts/flow'
import { isCollected, moneyOf, sumMoney } from '../facts/money'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES, TOTAL, UNIT } from '../words'
import { FLOW_COLUMNS, flowCells } from './breakdown'
import { flowsBy } from './by'

const COLUMNS = [text('officer', 'Cán bộ'), ...FLOW_COLUMNS, amount('collected', 'Phí, lệ phí thu (đồng)')]

/** By the officer who took the dossier in; money by the officer who took it. Who did either has a line. */
export const staff: ReportBuilder = ({ reader, span, now, names }) => {
  const groups = flowsOf(reader, span, now)
  const payments = moneyOf(reader, span).filter(isCollected)
  const flows = new Map(flowsBy(groups, ({ officer }) => officer))
  const officers = [...new Set([...flows.keys(), ...payments.map(({ officer }) => officer)])].map((id) => ({ id, name: names.officer(id) })).sort((one, other) => one.name.localeCompare(other.name, 'vi'))
  const flow = totalOf(groups)
  const rows = [
    ...officers.map(({ id, name }) => row(name, ...flowCells(flows.get(id) ?? NO_FLOW), sumMoney(payments, ({ officer }) => officer === id).net)),
    totalRow(TOTAL, ...flowCells(flow), sumMoney(payments).net),
  ]
  return {
    title: TITLES.staff, subtitle: periodWords(span), unit: UNIT, columns: COLUMNS, rows: () => rows, rowCount: rows.length, facts: [], checks: [flowCheck(flow)], notes: [NOTES.onTime, NOTES.fees],
  }
}
