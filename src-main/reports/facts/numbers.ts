import type { Reader } from '../../storage'
import type { Span } from '../period'

/** Dossiers received in a period, their numbers in the register, and numbers between the first and the last of them that are nobody's. */
export type Numbers = Readonly<{ received: number; entries: number; gaps: number }>

export function numbersOf(reader: Reader, { begin, end }: Span): Numbers {
  const period = { begin, end }
  const received = reader.get('SELECT count(*) AS n FROM dossier WHERE received_at >= :begin AND received_at < :end', period, (row) => row.integer('n')) ?? 0
  const years = reader.all(
    `SELECT r.year, count(*) AS n, max(r.number) - min(r.number) + 1 AS span FROM dossier d JOIN register_entry r ON r.dossier_id = d.id
     WHERE d.received_at >= :begin AND d.received_at < :end GROUP BY r.year`, period, (row) => ({ entries: row.integer('n'), span: row.integer('span') }))
  return { received, entries: years.reduce((sum, { entries }) => sum + entries, 0), gaps: years.reduce((sum, { entries, span }) => sum + span - entries, 0) }
}
