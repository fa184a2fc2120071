import { AppError } from '@contract/errors'
import { workingMinutes, type WorkCalendar } from '../../intake'
import { minutes, moment, row, text } from '../columns'
import { flowsOf, totalOf } from '../facts/flow'
import { countOf, pages } from '../facts/pages'
import { dueAt, overPeriod, paramsOf, standingOf, stateAt } from '../facts/standing'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, stateName, TITLES } from '../words'
import type { Span } from '../period'

const COLUMNS = [
  text('code', 'Mã hồ sơ', { weight: 2.6 }), text('applicant', 'Người nộp', { weight: 2.8 }), text('procedure', 'Thủ tục', { weight: 4 }), text('officer', 'Cán bộ tiếp nhận', { weight: 2.4 }),
  moment('receivedAt', 'Tiếp nhận'), moment('dueAt', 'Hẹn trả'), moment('finishedAt', 'Kết thúc'), minutes('late', 'Quá hạn'), text('state', 'Tình trạng', { weight: 2 }),
]

/** Minutes of work; null where the calendar does not know the years between. */
export function workedBetween(from: string | null, to: string, calendar: WorkCalendar): number | null {
  if (from === null) return null
  try {
    return workingMinutes(new Date(from), new Date(to), calendar)
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

/** Overdue as the counts have it: ended late in the period, or in work and past the appointment at its end. */
const selectOf = (span: Span): string => {
  const lines = overPeriod(
    `d.rowid, d.id, d.received_at, ${dueAt(span)} AS due_at, CASE WHEN d.finished_at < :end THEN d.finished_at END AS finished_at, ${stateAt(span)} AS state, ${standingOf(span)} AS standing`)
  return `SELECT coalesce(s.due_at, s.received_at) AS at, s.rowid, s.received_at, s.due_at, s.finished_at, s.state, d.code, d.applicant_name AS applicant, v.name AS procedure, a.full_name AS officer
    FROM (${lines}) s JOIN dossier d ON d.rowid = s.rowid JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version JOIN account a ON a.id = d.officer_id
    WHERE s.standing IN ('late', 'running-late')`
}

export const overdue: ReportBuilder = ({ reader, span, now, sources }) => {
  const params = paramsOf(span, now)
  const sql = selectOf(span)
  const calendar = sources.calendar()
  const rowCount = countOf(reader, sql, params)
  const { late, runningLate } = totalOf(flowsOf(reader, span, now))
  return {
    title: TITLES.overdue, subtitle: periodWords(span), unit: null, columns: COLUMNS, rowCount,
    rows: () => pages(reader, sql, params, (cells) => {
      const [due, finished] = [cells.textOrNull('due_at'), cells.textOrNull('finished_at')]
      const worked = workedBetween(due, finished ?? params.moment, calendar)
      return row(cells.text('code'), cells.text('applicant'), cells.text('procedure'), cells.text('officer'), cells.text('received_at'), due, finished,
        worked === null ? null : Math.max(0, worked), stateName(cells.integer('state')))
    }),
    facts: [{ caption: 'Cộng', value: `${rowCount} hồ sơ: đã giải quyết ${late}; đang giải quyết ${runningLate}.` }],
    checks: [{ code: 'overdue', ok: rowCount === late + runningLate, params: { rows: rowCount, solved: late, open: runningLate } }],
    notes: [NOTES.overdue],
  }
}
