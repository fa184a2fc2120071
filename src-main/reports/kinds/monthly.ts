import type { ReportCell } from '@contract/reports'
import { count, groupRow, row, text, totalRow } from '../columns'
import { type Flow, inWorkOf, pausedOf, receivedOf, solvedOf } from '../facts/flow'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES, TOTAL, UNIT } from '../words'
import { flowsBy } from './by'
import { overviewOf } from './overview'

const IN = { group: 'Tiếp nhận' }
const OUT = { group: 'Đã xử lý' }
const OPEN = { group: 'Đang xử lý' }
const PAUSED = { group: 'Tạm dừng' }
const COLUMNS = [
  text('name', 'Lĩnh vực, thủ tục', { weight: 4.5 }),
  count('received', 'Tổng', IN), count('carried', 'Kỳ trước', IN), count('direct', 'Trực tiếp', IN), count('online', 'Trực tuyến', IN), count('post', 'BCCI', IN),
  count('solved', 'Tổng', OUT), count('early', 'Trước hạn', OUT), count('onTime', 'Đúng hạn', OUT), count('late', 'Quá hạn', OUT),
  count('inWork', 'Tổng', OPEN), count('running', 'Trong hạn', OPEN), count('runningLate', 'Quá hạn', OPEN),
  count('pausedAll', 'Tổng', PAUSED), count('paused', 'Trong hạn', PAUSED), count('pausedLate', 'Quá hạn', PAUSED),
]
/** A counter takes in what is handed over to it: what came online or by post is counted by the city's system. */
const [ONLINE, POST] = [0, 0]
const cells = (name: string, flow: Flow): ReportCell[] => [
  name, receivedOf(flow), flow.carried, flow.fresh, ONLINE, POST, solvedOf(flow), flow.early, flow.onTime, flow.late,
  inWorkOf(flow), flow.running, flow.runningLate, pausedOf(flow), flow.paused, flow.pausedLate,
]

/** The sheet of a month (`domain.md` §8.2), by field and procedure. */
export const monthly: ReportBuilder = (context) => {
  const { groups, flow, facts, checks } = overviewOf(context)
  const { procedure: known } = context.names
  const rows = flowsBy(groups, ({ procedure, version }) => known(procedure, version).field).flatMap(([field, sum]) => {
    const within = groups.filter(({ procedure, version }) => known(procedure, version).field === field)
    return [groupRow(...cells(field, sum)), ...flowsBy(within, ({ procedure, version }) => known(procedure, version).name).map(([name, of]) => row(...cells(name, of)))]
  })
  const all = [...rows, totalRow(...cells(TOTAL, flow))]
  return {
    title: TITLES.monthly, subtitle: periodWords(context.span), unit: UNIT,
    columns: COLUMNS, rows: () => all, rowCount: all.length, facts, checks, notes: [NOTES.onTime, NOTES.pausedApart, NOTES.delivery, NOTES.channels],
  }
}
