import { minutes, moment, row, text } from '../columns'
import { countOf, pages } from '../facts/pages'
import { dueAt, OPEN_AT_END, paramsOf, stateAt } from '../facts/standing'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, stateName, TITLES } from '../words'
import type { Span } from '../period'
import { workedBetween } from './overdue'

const COLUMNS = [
  text('code', 'Mã hồ sơ', { weight: 2.6 }), text('applicant', 'Người nộp', { weight: 2.8 }), text('procedure', 'Thủ tục', { weight: 4 }), text('officer', 'Cán bộ tiếp nhận', { weight: 2.4 }),
  moment('receivedAt', 'Tiếp nhận'), moment('dueAt', 'Hẹn trả'), minutes('left', 'Còn lại'), text('state', 'Tình trạng', { weight: 2 }), text('extended', 'Đã gia hạn', { weight: 1 }),
]

/** In work, not late yet, due before the period ends. In a period that is over nothing is about to be due: what is open then is late or due later. */
const selectOf = (span: Span): string =>
  `SELECT s.due_at AS at, s.rowid, s.received_at, s.due_at, s.state, d.code, d.applicant_name AS applicant, v.name AS procedure, a.full_name AS officer,
     EXISTS (SELECT 1 FROM extension x WHERE x.dossier_id = d.id AND x.at < :moment) AS extended
   FROM (SELECT d.rowid, d.received_at, ${dueAt(span)} AS due_at, ${stateAt(span)} AS state FROM dossier d WHERE ${OPEN_AT_END} AND d.received_at < :end) s
   JOIN dossier d ON d.rowid = s.rowid JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version JOIN account a ON a.id = d.officer_id
   WHERE s.state NOT IN (5, 6) AND s.due_at >= max(:moment, :begin) AND s.due_at < :end`

export const dueSoon: ReportBuilder = ({ reader, span, now, sources }) => {
  const params = paramsOf(span, now)
  const sql = selectOf(span)
  const calendar = sources.calendar()
  const rowCount = countOf(reader, sql, params)
  return {
    title: TITLES['due-soon'], subtitle: periodWords(span), unit: null, columns: COLUMNS, rowCount,
    rows: () => pages(reader, sql, params, (cells) => {
      const due = cells.text('due_at')
      return row(cells.text('code'), cells.text('applicant'), cells.text('procedure'), cells.text('officer'), cells.text('received_at'), due,
        workedBetween(params.moment, due, calendar), stateName(cells.integer('state')), cells.flag('extended') ? 'Có' : '')
    }),
    facts: [{ caption: 'Cộng', value: `${rowCount} hồ sơ.` }], checks: [], notes: [NOTES.dueSoon],
  }
}
