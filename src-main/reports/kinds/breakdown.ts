import type { ReportCell } from '@contract/reports'
import { count, share } from '../columns'
import { type Flow, openOf, solvedOf } from '../facts/flow'

const IN = { group: 'Tiếp nhận' }
const OUT = { group: 'Đã giải quyết' }
const OPEN = { group: 'Chưa giải quyết' }

/** Figures of one officer or procedure. */
export const FLOW_COLUMNS = [
  count('fresh', 'Trong kỳ', IN), count('carried', 'Kỳ trước', IN),
  count('solved', 'Tổng', OUT), count('early', 'Trước hạn', OUT), count('onTime', 'Đúng hạn', OUT), count('late', 'Quá hạn', OUT), share('onTimeShare', 'Tỷ lệ đúng hạn', OUT),
  count('open', 'Tổng', OPEN), count('running', 'Trong hạn', OPEN), count('runningLate', 'Quá hạn', OPEN), count('pausedAll', 'Tạm dừng', OPEN),
]

export const flowCells = (flow: Flow): ReportCell[] => {
  const solved = solvedOf(flow)
  return [
    flow.fresh, flow.carried, solved, flow.early, flow.onTime, flow.late, solved === 0 ? null : (flow.early + flow.onTime) / solved,
    openOf(flow), flow.running, flow.runningLate, flow.paused + flow.pausedLate,
  ]
}
