import type { Reader } from '../../storage'
import type { Span } from '../period'

/** How far the newest submission of each dossier received in a period is on its way to the city. */
export type Delivery = Readonly<{ received: number; acknowledged: number; waiting: number; attention: number }>

/**
 * Told as it stands now, also for a period that is over: an acknowledgement that came later is one. A submission that a newer version at the city
 * replaced was delivered; a dossier that has none yet is waiting. `received` is counted by itself, so that the sum can be checked.
 */
export function deliveryOf(reader: Reader, { begin, end }: Span): Delivery {
  const period = { begin, end }
  const received = reader.get('SELECT count(*) AS n FROM dossier WHERE received_at >= :begin AND received_at < :end', period, (row) => row.integer('n')) ?? 0
  const states = reader.all(
    `SELECT (SELECT s.state FROM submission s WHERE s.dossier_id = d.id ORDER BY s.version DESC LIMIT 1) AS state, count(*) AS n
     FROM dossier d WHERE d.received_at >= :begin AND d.received_at < :end GROUP BY 1`, period,
    (row) => ({ state: row.textOrNull('state'), count: row.integer('n') }))
  const of = (...wanted: readonly (string | null)[]): number => states.filter(({ state }) => wanted.includes(state)).reduce((sum, { count }) => sum + count, 0)
  return { received, acknowledged: of('received', 'superseded'), waiting: of('ready', 'sending', 'waiting', null), attention: of('attention') }
}
