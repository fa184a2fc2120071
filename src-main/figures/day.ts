import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import type { WallDossier } from '@contract/figures'
import type { DossierId, Instant } from '@contract/ids'
import type { Params, Reader } from '../storage'

/** Neither ended nor with the citizen: the office's time runs. */
const RUNNING = 'finished_at IS NULL AND state NOT IN (5, 6)'
const LISTED = 8
const startOf = (date: string): string => fromCivil(date, 0).toISOString()

export type DayFigures = Readonly<{ received: number; finished: number; dueToday: number; overdue: number; inWork: number; waitingForCitizen: number }>

/** Counts over all dossiers of this machine at a moment of today. */
export function dayFigures(reader: Reader, now: Date): DayFigures {
  const { date } = toCivil(now)
  const day: Params = [startOf(date), startOf(addDays(date, 1))]
  const count = (where: string, params: Params = []): number => reader.get(`SELECT count(*) AS n FROM dossier WHERE ${where}`, params, (row) => row.integer('n')) ?? 0
  return {
    received: count('received_at >= ? AND received_at < ?', day),
    finished: count('finished_at >= ? AND finished_at < ?', day),
    dueToday: count('due_at >= ? AND due_at < ?', day),
    overdue: count(`${RUNNING} AND due_at < ?`, [now.toISOString()]),
    inWork: count(RUNNING),
    waitingForCitizen: count('finished_at IS NULL AND state IN (5, 6)'),
  }
}

type Listed = Omit<WallDossier, 'minutesLeft'>

function dossiersDue(reader: Reader, from: string, to: string, limit: number): Listed[] {
  return reader.all(
    `SELECT d.id, d.code, p.name, d.due_at FROM dossier d JOIN procedure_version p ON p.code = d.procedure_code AND p.version = d.procedure_version
     WHERE ${RUNNING} AND d.due_at >= ? AND d.due_at < ? ORDER BY d.due_at LIMIT ?`,
    [from, to, limit],
    (row) => ({ id: row.text<DossierId>('id'), code: row.text('code'), procedureName: row.text('name'), dueAt: row.text<Instant>('due_at') }))
}

/** The longest overdue. */
export const lateDossiers = (reader: Reader, now: Date): Listed[] => dossiersDue(reader, '', now.toISOString(), LISTED)

/** Those due next, until the end of the next two days; who is late soon is for the working calendar to say. */
export const nextDossiers = (reader: Reader, now: Date): Listed[] => dossiersDue(reader, now.toISOString(), startOf(addDays(toCivil(now).date, 4)), 200)

/** What came and went in each hour of today. */
export function hoursOf(reader: Reader, now: Date): ReadonlyMap<number, Readonly<{ received: number; finished: number }>> {
  const { date } = toCivil(now)
  const day: Params = [startOf(date), startOf(addDays(date, 1))]
  const hours = new Map<number, { received: number; finished: number }>()
  const add = (column: 'received_at' | 'finished_at', key: 'received' | 'finished'): void => {
    for (const at of reader.all(`SELECT ${column} AS at FROM dossier WHERE ${column} >= ? AND ${column} < ? ORDER BY at`, day, (row) => row.text('at'))) {
      const { hour } = toCivil(new Date(at))
      const before = hours.get(hour) ?? { received: 0, finished: 0 }
      hours.set(hour, { ...before, [key]: before[key] + 1 })
    }
  }
  add('received_at', 'received')
  add('finished_at', 'finished')
  return hours
}
