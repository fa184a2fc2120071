import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { DueSoon } from '@contract/handling'
import type { DossierId, Instant } from '@contract/ids'
import { nextOpenDay, type WorkCalendar, workingMinutes } from '../intake'
import type { ActDeps } from './ports'
import { apologyOf } from './rules'

/** More than anybody reads; the rest comes when these are done. */
const LISTED = 500

/** Where the calendar does not reach, what it answers is not known. */
function unlessUnknown<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return otherwise
    throw error
  }
}

/** The end of the last of so many working days after a civil day. */
function endAfter(date: string, days: number, calendar: WorkCalendar): Date {
  let day = date
  for (let left = days; left > 0; left -= 1) {
    const from = day
    day = unlessUnknown(() => nextOpenDay(from, calendar), addDays(from, 1))
  }
  return fromCivil(addDays(day, 1), 0)
}

/** Dossiers whose time runs and that are late or due by the end of the next `days` working days, the most urgent first; at most 500. */
export function dueSoon({ store, clock, calendar, place }: Pick<ActDeps, 'store' | 'clock' | 'calendar' | 'place'>, days: number): DueSoon[] {
  const now = clock.now()
  const hours = calendar()
  const { unitName } = place()
  // The reports' index of ends would be taken, and every open dossier sorted for the first few.
  return store.read.all(
    `SELECT d.id, d.code, d.applicant_name, p.name, d.due_at,
       (SELECT to_office FROM handover h WHERE h.dossier_id = d.id ORDER BY h.sequence DESC LIMIT 1) AS office,
       EXISTS (SELECT 1 FROM extension e WHERE e.dossier_id = d.id) AS extended
     FROM dossier d INDEXED BY dossier_due JOIN procedure_version p ON p.code = d.procedure_code AND p.version = d.procedure_version
     WHERE d.finished_at IS NULL AND d.state NOT IN (5, 6) AND d.due_at < ? ORDER BY d.due_at LIMIT ${LISTED}`,
    [endAfter(toCivil(now).date, days, hours).toISOString()],
    (row) => {
      const dueAt = row.text<Instant>('due_at')
      const due = new Date(dueAt)
      const extended = row.flag('extended')
      return {
        dossierId: row.text<DossierId>('id'), code: row.text('code'), applicantName: row.text('applicant_name'), procedureName: row.text('name'), dueAt,
        minutesLeft: unlessUnknown(() => workingMinutes(now, due, hours), null), office: row.textOrNull('office') ?? unitName, extended, apology: apologyOf(due, extended, now),
      }
    })
}
