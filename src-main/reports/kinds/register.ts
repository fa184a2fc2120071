import { formatPhone } from '@contract/format'
import type { ReportColumn } from '@contract/reports'
import type { RegisterCaptions } from '../../paperwork'
import { registerCheck } from '../checks'
import { count, moment, row, text } from '../columns'
import { numbersOf } from '../facts/numbers'
import { pages } from '../facts/pages'
import { stateAt } from '../facts/standing'
import type { ReportBuilder } from '../ports'
import type { Span } from '../period'
import { NOTES, periodWords, stateName } from '../words'

/** Columns of Mẫu 07 (`domain.md` §2.8) in its wording. */
function columnsOf({ columns: caption, handing }: RegisterCaptions): readonly ReportColumn[] {
  const handed = { group: handing }
  return [
    text('index', caption.index, { weight: 1 }), text('code', caption.code, { weight: 2.3 }), text('procedure', caption.procedure, { weight: 3 }), count('sets', caption.sets, { weight: 0.6 }),
    text('applicant', caption.applicant, { weight: 2.5 }), text('contact', caption.contact, { weight: 3.2 }), text('office', caption.office, { weight: 2 }),
    moment('received', caption.received, handed), moment('due', caption.due, handed), moment('returned', caption.returned, handed),
    text('delivery', caption.delivery, { ...handed, weight: 1.3 }), text('signed', caption.signed, { ...handed, weight: 1.8 }), text('note', caption.note, { weight: 1.8 }),
  ]
}
const DELIVERY: Readonly<Record<string, string>> = { counter: 'Tại quầy', post: 'Bưu chính' }

/** The last office that the papers went to is the one that decides. */
const selectOf = (span: Span): string =>
  `SELECT d.received_at AS at, d.rowid, d.received_at, d.due_at, ${stateAt(span)} AS state, d.code, d.applicant_name AS applicant, d.applicant_phone AS phone, d.body ->> '$.applicant.address' AS address,
     d.body ->> '$.sets' AS sets, d.body ->> '$.organisation.name' AS organisation, d.body ->> '$.delivery.method' AS delivery,
     v.name AS procedure, r.year, r.number, x.at AS returned_at, x.collector_name AS collector, x.how,
     (SELECT h.to_office FROM handover h WHERE h.dossier_id = d.id ORDER BY h.sequence DESC LIMIT 1) AS office
   FROM dossier d JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version
   LEFT JOIN register_entry r ON r.dossier_id = d.id LEFT JOIN result_return x ON x.dossier_id = d.id
   WHERE d.received_at >= :begin AND d.received_at < :end`

/** Sổ theo dõi hồ sơ (Mẫu 07): one line a dossier received in the period, in the order of arrival. */
export const register: ReportBuilder = ({ reader, span, sources }) => {
  const params = { begin: span.begin, end: span.end }
  const numbers = numbersOf(reader, span)
  const { name } = sources.office()
  const words = sources.registerWords()
  const oneYear = span.from.slice(0, 4) === span.to.slice(0, 4)
  return {
    title: words.title, subtitle: periodWords(span), unit: null, columns: columnsOf(words), rowCount: numbers.received,
    rows: () => pages(reader, selectOf(span), params, (cells) => {
      const [number, year, phone] = [cells.integerOrNull('number'), cells.integerOrNull('year'), cells.textOrNull('phone') ?? '']
      const address = [cells.textOrNull('address') ?? '', formatPhone(phone)].filter((part) => part !== '').join('; ')
      return row(
        number === null ? null : oneYear ? String(number) : `${number}/${year}`, cells.text('code'), cells.text('procedure'), cells.integerOrNull('sets'), cells.textOrNull('organisation') ?? cells.text('applicant'), address,
        cells.textOrNull('office') ?? name, cells.text('received_at'), cells.textOrNull('due_at'), cells.textOrNull('returned_at'), DELIVERY[cells.textOrNull('delivery') ?? ''] ?? '',
        cells.textOrNull('collector'), stateName(cells.integer('state')))
    }),
    facts: [{ caption: 'Cộng', value: `${numbers.received} hồ sơ.` }], checks: [registerCheck(numbers)], notes: [NOTES.registerPaper],
  }
}
