import { addDays, fromCivil } from '@contract/civil-time'
import type { SigningCount } from '@contract/signing'
import { parseCertificate } from '../../identity/pki'
import type { SigningPaperData } from '../../paperwork'
import type { Reader } from '../../storage'
import { type Issuance, toIssuance } from './records'

/** From the first moment of a civil day to the first after it, UTC. */
const span = (from: string, to: string): Readonly<{ from: string; to: string }> => ({ from: fromCivil(from, 0).toISOString(), to: fromCivil(to, 0).toISOString() })

/** Certificates handed over, and what is under way. `day`: a civil date; `target` of a day. Practice counts in practice only. */
export function countIssuances(reader: Reader, day: string, target: number | null): SigningCount {
  const doneIn = (from: string, to: string): number =>
    reader.get("SELECT count(*) AS n FROM issuance WHERE state = 'done' AND ended_at >= :from AND ended_at < :to", span(from, to), (row) => row.integer('n')) ?? 0
  const inState = (...states: readonly string[]): number =>
    reader.get('SELECT count(*) AS n FROM issuance WHERE state IN (SELECT value FROM json_each(?))', [JSON.stringify(states)], (row) => row.integer('n')) ?? 0
  const next = addDays(day, 1)
  return { day, done: doneIn(day, next), open: inState('open'), queued: inState('queued', 'waiting'), month: doneIn(`${day.slice(0, 7)}-01`, next), year: doneIn(`${day.slice(0, 4)}-01-01`, next), target }
}

const serialOf = ({ certificate }: Issuance): string | null => (certificate === null ? null : parseCertificate(certificate).serial)

/** Whom the ward served that day: certificates handed over, and those begun that day that still wait. */
export function dailyRows(reader: Reader, day: string): Readonly<{ rows: SigningPaperData['daily-list']['rows']; demo: boolean }> {
  const found = reader.all(
    `SELECT * FROM issuance WHERE (state = 'done' AND ended_at >= :from AND ended_at < :to) OR (state IN ('queued', 'waiting') AND started_at >= :from AND started_at < :to)
      ORDER BY coalesce(ended_at, started_at), id LIMIT 2000`, span(day, addDays(day, 1)), toIssuance)
  const rows = found.map((one): SigningPaperData['daily-list']['rows'][number] => ({
    at: one.endedAt ?? (one.startedAt), fullName: one.subject.fullName, idNumber: one.subject.idNumber, provider: one.provider.name, serial: serialOf(one), officer: one.officerName,
    state: one.state === 'queued' || one.state === 'waiting' ? one.state : 'done',
  }))
  return { rows, demo: found.some(({ provider }) => provider.demo) }
}
