import type { Today } from '@contract/calls-office'
import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { Params, Reader } from '../storage'
import { nextOpenDay, type WorkCalendar } from './calendar'
import { listDossiers, PAUSED } from './lists'

const DAY_START = 0
const startOf = (date: string): Instant => Instant.parse(fromCivil(date, DAY_START).toISOString())

/** What is due, late and waiting at this moment. */
export function todayOf(reader: Reader, calendar: WorkCalendar, counter: string, now: Date): Today {
  const { date, hour } = toCivil(now)
  const [today, tomorrow] = [startOf(date), startOf(addDays(date, 1))]
  const nextDay = orUnknown(() => nextOpenDay(date, calendar)) ?? addDays(date, 1)
  const nowText = now.toISOString()
  const count = (sql: string, params: Params): number => reader.get(`SELECT count(*) AS n ${sql}`, params, (row) => row.integer('n')) ?? 0
  const due = listDossiers(reader, { openOnly: true, dueBefore: startOf(addDays(nextDay, 1)), order: 'due', limit: 50 })
  const ready = listDossiers(reader, { states: [9], dueFrom: today, dueBefore: startOf(addDays(nextDay, 1)), order: 'due', limit: 20 })
  const merged = [...due.items, ...ready.items].sort((left, right) => (left.dueAt ?? '').localeCompare(right.dueAt ?? ''))
  return {
    receivedToday: count('FROM dossier WHERE received_at >= ? AND received_at < ?', [today, tomorrow]),
    receivedHere: count('FROM dossier WHERE received_at >= ? AND received_at < ? AND counter = ?', [today, tomorrow, counter]),
    dueToday: count('FROM dossier WHERE due_at >= ? AND due_at < ?', [today, tomorrow]),
    dueTodayReady: count('FROM dossier WHERE due_at >= ? AND due_at < ? AND state IN (9, 10)', [today, tomorrow]),
    overdue: count(`FROM dossier d WHERE d.finished_at IS NULL AND NOT ${PAUSED} AND d.due_at < ?`, [nowText]),
    drafts: count("FROM draft d WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM assisted_draft h WHERE h.draft_id = d.id AND h.accepted_at IS NULL)", []),
    due: merged,
    dueTotal: count(
      `FROM dossier d WHERE d.due_at < :end AND ((d.finished_at IS NULL AND NOT ${PAUSED}) OR (d.state = 9 AND d.due_at >= :today))`, { end: startOf(addDays(nextDay, 1)), today }),
    reminders: reminders(date, hour, nextDay, calendar),
  }
}

/** A calendar that ends with the year must not take the screen away with it. */
function orUnknown<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

function reminders(date: string, hour: number, nextDay: string, calendar: WorkCalendar): Today['reminders'] {
  const tomorrow = orUnknown(() => calendar.day(addDays(date, 1)))
  const ahead = addDays(date, 14)
  return [
    ...(orUnknown(() => calendar.day(ahead)) === null ? [{ code: 'calendar-missing', params: { year: ahead.slice(0, 4) } }] : []),
    ...(tomorrow?.kind === 'holiday' ? [{ code: 'holiday-tomorrow', params: { date: addDays(date, 1), name: tomorrow.name } }] : []),
    ...(hour < 15 ? [{ code: 'after-fifteen', params: { date: nextDay } }] : [{ code: 'fifteen-passed', params: { date: nextDay } }]),
  ]
}
