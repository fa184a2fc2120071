import { moment, row, text } from '../columns'
import { countOf, pages } from '../facts/pages'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, stateName, TITLES } from '../words'
import { stateAt } from '../facts/standing'
import type { Span } from '../period'

const COLUMNS = [
  text('code', 'Mã hồ sơ', { weight: 2.6 }), text('applicant', 'Người nộp', { weight: 2.8 }), text('address', 'Nơi cư trú', { weight: 4 }), text('procedure', 'Thủ tục', { weight: 3.6 }),
  text('kind', 'Không phụ thuộc địa giới', { weight: 1.8 }), moment('receivedAt', 'Tiếp nhận'), moment('dueAt', 'Hẹn trả'), text('state', 'Tình trạng', { weight: 2 }),
]
const KINDS: Readonly<Record<string, string>> = { decision: 'Giải quyết', reception: 'Tiếp nhận', none: 'Cư trú nơi khác' }

/** Received in the period under a procedure that does not depend on the place, or for somebody who lives elsewhere. */
const selectOf = (span: Span): string =>
  `SELECT d.received_at AS at, d.rowid, d.received_at, d.due_at, ${stateAt(span)} AS state, d.code, d.applicant_name AS applicant, d.body ->> '$.applicant.address' AS address, v.name AS procedure,
     coalesce(v.body ->> '$.placeIndependence', 'none') AS kind
   FROM dossier d JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version
   WHERE d.received_at >= :begin AND d.received_at < :end
     AND (v.body ->> '$.placeIndependence' IN ('decision', 'reception') OR d.body ->> '$.answers.place' IN ('same-city', 'elsewhere'))`

export const placeIndependent: ReportBuilder = ({ reader, span }) => {
  const params = { begin: span.begin, end: span.end }
  const sql = selectOf(span)
  const rowCount = countOf(reader, sql, params)
  return {
    title: TITLES['place-independent'], subtitle: periodWords(span), unit: null, columns: COLUMNS, rowCount,
    rows: () => pages(reader, sql, params, (cells) => row(
      cells.text('code'), cells.text('applicant'), cells.textOrNull('address'), cells.text('procedure'), KINDS[cells.text('kind')] ?? '', cells.text('received_at'), cells.textOrNull('due_at'),
      stateName(cells.integer('state')))),
    facts: [{ caption: 'Cộng', value: `${rowCount} hồ sơ.` }], checks: [], notes: [NOTES.placeIndependent],
  }
}
