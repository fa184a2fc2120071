import type { ReportCell } from '@contract/reports'
import { count, row, text, totalRow } from '../columns'
import type { Flow } from '../facts/flow'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES, TOTAL, UNIT } from '../words'
import { flowsBy } from './by'
import { overviewOf } from './overview'

const IN = { group: 'Tiếp nhận' }
const OUT = { group: 'Đã giải quyết' }
const OPEN = { group: 'Đang giải quyết' }
const PAUSED = { group: 'Tạm dừng' }
const COLUMNS = [
  text('field', 'Lĩnh vực'), count('fresh', 'Trong kỳ', IN), count('carried', 'Kỳ trước', IN), count('early', 'Trước hạn', OUT), count('onTime', 'Đúng hạn', OUT), count('late', 'Quá hạn', OUT),
  count('running', 'Trong hạn', OPEN), count('runningLate', 'Quá hạn', OPEN), count('paused', 'Trong hạn', PAUSED), count('pausedLate', 'Quá hạn', PAUSED),
]
const cells = (name: string, { fresh, carried, early, onTime, late, running, runningLate, paused, pausedLate }: Flow): ReportCell[] =>
  [name, fresh, carried, early, onTime, late, running, runningLate, paused, pausedLate]

/** The sheet of a day (`domain.md` §8.2), by field. */
export const daily: ReportBuilder = (context) => {
  const { groups, flow, facts, checks } = overviewOf(context)
  const fields = flowsBy(groups, ({ procedure, version }) => context.names.procedure(procedure, version).field)
  const rows = [...fields.map(([field, of]) => row(...cells(field, of))), totalRow(...cells(TOTAL, flow))]
  return {
    title: TITLES.daily, subtitle: `Tình hình tiếp nhận và trả kết quả. ${periodWords(context.span)}`, unit: UNIT,
    columns: COLUMNS, rows: () => rows, rowCount: rows.length, facts, checks, notes: [NOTES.onTime, NOTES.pausedApart, NOTES.delivery, NOTES.channels],
  }
}
