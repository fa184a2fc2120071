import type { Reader } from '../../storage'
import type { Span } from '../period'

/** Papers of a form that were printed in a period: each dossier's or form's first print, and the later ones. */
export type Printed = Readonly<{ first: number; again: number }>
export type Papers = Readonly<Record<'mau-01' | 'mau-02' | 'mau-03' | 'mau-04' | 'mau-05' | 'mau-06', Readonly<{ issued: number } & Printed>>>

const NONE: Printed = { first: 0, again: 0 }

/** Receipts tell of their prints in the history of the dossier, as other forms do; saved ones are papers that left the office too. */
function receiptPrints(reader: Reader, period: Readonly<Record<'begin' | 'end', string>>): Printed {
  return reader.get(
    `SELECT coalesce(sum(earlier = 0), 0) AS first, coalesce(sum(earlier), 0) AS again FROM (
       SELECT EXISTS (SELECT 1 FROM dossier_event b WHERE b.dossier_id = e.dossier_id AND b.kind = 'print' AND b.note LIKE 'receipt.%' AND b.sequence < e.sequence) AS earlier
       FROM dossier_event e WHERE e.kind = 'print' AND e.note LIKE 'receipt.%' AND e.at >= :begin AND e.at < :end)`, period,
    (row) => ({ first: row.integer('first'), again: row.integer('again') })) ?? NONE
}

/** Issued and printed papers of a period by form (Mẫu 01 … 06). A dossier can have a form twice: the first print after each was issued is no reprint. */
export function papersOf(reader: Reader, { begin, end }: Span): Papers {
  const period = { begin, end }
  const issued = new Map(reader.all('SELECT form, count(*) AS n FROM issued_form WHERE at >= :begin AND at < :end GROUP BY form', period, (row) => [row.text('form'), row.integer('n')] as const))
  const received = reader.get('SELECT count(*) AS n FROM dossier WHERE received_at >= :begin AND received_at < :end', period, (row) => row.integer('n')) ?? 0
  const printed = new Map(reader.all(
    `SELECT title, sum(earlier = 0) AS first, sum(earlier) AS again FROM (
       SELECT j.title, EXISTS (SELECT 1 FROM print_job b WHERE b.subject_type = j.subject_type AND b.subject_id = j.subject_id AND b.title = j.title AND b.state IN ('sent', 'waiting', 'printed')
         AND (b.at < j.at OR (b.at = j.at AND b.rowid < j.rowid))
         AND b.at >= coalesce((SELECT max(f.at) FROM issued_form f WHERE f.dossier_id = j.subject_id AND f.form = j.title AND f.at <= j.at), '')) AS earlier
       FROM print_job j WHERE j.at >= :begin AND j.at < :end AND j.state IN ('sent', 'waiting', 'printed') AND j.subject_type = 'dossier' AND j.title GLOB 'mau-0[2-6]')
     GROUP BY title`, period, (row) => [row.text('title'), { first: row.integer('first'), again: row.integer('again') }] as const))
  const of = (form: Exclude<keyof Papers, 'mau-01'>): Papers['mau-02'] => ({ issued: issued.get(form) ?? 0, ...(printed.get(form) ?? NONE) })
  return {
    'mau-01': { issued: received, ...receiptPrints(reader, period) },
    'mau-02': of('mau-02'), 'mau-03': of('mau-03'), 'mau-04': of('mau-04'), 'mau-05': of('mau-05'), 'mau-06': of('mau-06'),
  }
}
