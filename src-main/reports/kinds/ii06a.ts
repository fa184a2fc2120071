import type { ReportCell, ReportCheck } from '@contract/reports'
import { count, row, text, totalRow } from '../columns'
import { type Flow, flowsOf, openOf, pausedOf, receivedOf, solvedOf, totalOf } from '../facts/flow'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES, TOTAL, UNIT } from '../words'
import { flowsBy } from './by'

const IN = 'Tiếp nhận'
const OUT = 'Đã giải quyết'
const OPEN = 'Đang giải quyết'
const COLUMNS = [
  text('number', 'TT', { weight: 0.6, index: '(1)' }), text('field', 'Đơn vị / Lĩnh vực', { weight: 3.5, index: '(2)' }),
  count('received', 'Tổng số', { group: IN, index: '(3)' }), count('online', 'Trực tuyến', { group: IN, index: '(4)' }),
  count('direct', 'Trực tiếp, dịch vụ bưu chính', { group: IN, index: '(5)', weight: 1.3 }), count('carried', 'Kỳ trước chuyển qua', { group: IN, index: '(6)', weight: 1.3 }),
  count('solved', 'Tổng số', { group: OUT, index: '(7)' }), count('early', 'Trước hạn', { group: OUT, index: '(8)' }), count('onTime', 'Đúng hạn', { group: OUT, index: '(9)' }),
  count('late', 'Quá hạn', { group: OUT, index: '(10)' }),
  count('open', 'Tổng số', { group: OPEN, index: '(11)' }), count('inTime', 'Trong hạn', { group: OPEN, index: '(12)' }), count('runningLate', 'Quá hạn', { group: OPEN, index: '(13)' }),
]
/** The city's system counts what came online. */
const ONLINE = 0
const figures = (flow: Flow): number[] => [
  receivedOf(flow), ONLINE, flow.fresh, flow.carried, solvedOf(flow), flow.early, flow.onTime, flow.late, openOf(flow), flow.running + pausedOf(flow), flow.runningLate,
]
/** What the columns say of the balance of the table, by their numbers (`domain.md` §8.1). */
const BALANCES = [
  { code: 'ii06a.received', sum: 3, of: [4, 5, 6] }, { code: 'ii06a.solved', sum: 7, of: [8, 9, 10] }, { code: 'ii06a.open', sum: 11, of: [12, 13] }, { code: 'ii06a.all', sum: 3, of: [7, 11] },
] as const

/** The four balances of II.06a over the printed figures themselves; `row` counts rows that do not balance. */
export function balancesOf(rows: readonly (readonly number[])[]): ReportCheck[] {
  const at = (cells: readonly number[], column: number): number => cells[column - 3] ?? 0
  const total = rows.at(-1) ?? []
  return BALANCES.map(({ code, sum, of }) => {
    const wrong = rows.filter((cells) => at(cells, sum) !== of.reduce((all, column) => all + at(cells, column), 0)).length
    return { code, ok: wrong === 0, params: { left: at(total, sum), right: of.reduce((all, column) => all + at(total, column), 0), wrong } }
  })
}

/** Biểu số II.06a/VPCP/KSTT, by field. */
export const ii06a: ReportBuilder = ({ reader, span, now, names, sources }) => {
  const groups = flowsOf(reader, span, now)
  const fields = flowsBy(groups, ({ procedure, version }) => names.procedure(procedure, version).field)
  const total = figures(totalOf(groups))
  const line = (number: string, name: string, cells: readonly number[]): ReportCell[] => [number, name, ...cells]
  const rows = [...fields.map(([field, flow], index) => row(...line(String(index + 1), field, figures(flow)))), totalRow(...line('', TOTAL, total))]
  const { name, recipient } = sources.office()
  return {
    title: `${TITLES.ii06a} TẠI ${name.toLocaleUpperCase('vi')}`, subtitle: `Biểu số II.06a/VPCP/KSTT. Kỳ báo cáo: ${periodWords(span).toLocaleLowerCase('vi')}`, unit: UNIT,
    columns: COLUMNS, rows: () => rows, rowCount: rows.length,
    facts: [{ caption: 'Đơn vị báo cáo', value: name }, ...(recipient === '' ? [] : [{ caption: 'Đơn vị nhận báo cáo', value: recipient }])],
    checks: balancesOf([...fields.map(([, flow]) => figures(flow)), total]), notes: [NOTES.onTime, NOTES.pausedInTime, NOTES.channels],
  }
}
