import { z } from 'zod'
import { moment, row, text } from '../columns'
import { flowsOf, totalOf } from '../facts/flow'
import { countOf, pages } from '../facts/pages'
import { overPeriod, paramsOf, stateAt } from '../facts/standing'
import type { ReportBuilder } from '../ports'
import { periodWords, TITLES } from '../words'
import type { Span } from '../period'

const COLUMNS = [
  text('code', 'Mã hồ sơ', { weight: 2.4 }), text('applicant', 'Người nộp', { weight: 2.6 }), text('procedure', 'Thủ tục', { weight: 3.4 }), moment('receivedAt', 'Tiếp nhận'),
  moment('refusedAt', 'Từ chối'), text('number', 'Số phiếu', { weight: 1.2 }), text('reason', 'Lý do', { weight: 5 }), text('basis', 'Căn cứ', { weight: 3.4 }), text('officer', 'Cán bộ', { weight: 2.2 }),
]
const Grounds = z.array(z.object({ text: z.string(), basis: z.string() }))

/** Refused in the period, with the grounds as the slip says them; those from before there were slips with the note of the history. */
const selectOf = (span: Span): string =>
  `SELECT s.finished_at AS at, s.rowid, s.received_at, s.finished_at, d.code, d.applicant_name AS applicant, v.name AS procedure, a.full_name AS officer,
     f.data ->> '$.grounds' AS grounds, r.detail, CASE WHEN f.id IS NULL THEN NULL ELSE printf('%02d', f.number) || '.' || f.counter END AS number,
     (SELECT e.note FROM dossier_event e WHERE e.dossier_id = d.id AND e.state = 3 ORDER BY e.sequence DESC LIMIT 1) AS note
   FROM (${overPeriod(`d.rowid, d.received_at, CASE WHEN d.finished_at < :end THEN d.finished_at END AS finished_at, ${stateAt(span)} AS state`)}) s
   JOIN dossier d ON d.rowid = s.rowid JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version JOIN account a ON a.id = d.officer_id
   LEFT JOIN refusal r ON r.dossier_id = d.id LEFT JOIN issued_form f ON f.id = r.form_id
   WHERE s.finished_at IS NOT NULL AND s.state = 3`

export const refused: ReportBuilder = ({ reader, span, now }) => {
  const params = { ...paramsOf(span, now) }
  const sql = selectOf(span)
  const rowCount = countOf(reader, sql, params)
  const { refused: counted } = totalOf(flowsOf(reader, span, now))
  return {
    title: TITLES.refused, subtitle: periodWords(span), unit: null, columns: COLUMNS, rowCount,
    rows: () => pages(reader, sql, params, (cells) => {
      const grounds = cells.jsonOrNull('grounds', Grounds) ?? []
      const said = [...grounds.map((ground) => ground.text), cells.textOrNull('detail') ?? (grounds.length === 0 ? (cells.textOrNull('note') ?? '') : '')].filter((part) => part !== '')
      return row(cells.text('code'), cells.text('applicant'), cells.text('procedure'), cells.text('received_at'), cells.text('finished_at'), cells.textOrNull('number'), said.join('; '),
        [...new Set(grounds.map(({ basis }) => basis))].join('; '), cells.text('officer'))
    }),
    facts: [{ caption: 'Cộng', value: `${rowCount} hồ sơ.` }],
    checks: [{ code: 'refused', ok: rowCount === counted, params: { rows: rowCount, counted } }], notes: [],
  }
}
