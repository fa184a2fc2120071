import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import type { DossierState } from '@contract/dossier'
import { AppError, type ErrorCode } from '@contract/errors'
import type { Handover } from '@contract/office-forms'
import { nextOpenDay, type WorkCalendar } from '../intake'

/** How a dossier stands before an act. */
export type Standing = Readonly<{
  state: DossierState
  dueAt: Date | null
  /** Something was asked for and is not handed in yet. */
  supplementOpen: boolean
  extended: boolean
  /** A result was decided once, here or in the city. */
  resultDecided: boolean
  /** Refused at the counter once: that is not said twice, even where the city opens the dossier again. */
  refused: boolean
  /** Stopped at the counter: nothing follows here, whatever the city made of the dossier since. */
  stopped: boolean
}>

/** Why an act is not possible; null when it is. */
export type Barred = Readonly<{ code: ErrorCode; params: Readonly<Record<string, string | number>> }> | null

const barred = (code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): Barred => ({ code, params })

/** "26/11/2026": parameters stand in sentences as they are. */
const shown = (date: string): string => date.split('-').reverse().join('/')

function fromStates(states: readonly DossierState[], { state, stopped }: Standing, to: DossierState): Barred {
  if (stopped) return barred('GQ-017')
  return states.includes(state) ? null : barred('HS-005', { from: state, to })
}

/** A request must be complete in itself: no second one while one is open (Nghị định 61/2018 art. 17(2)a, kept in 118/2025). */
export function supplementBarred(standing: Standing): Barred {
  return standing.supplementOpen ? barred('GQ-002') : fromStates([1, 2, 4, 6], standing, 5)
}

/** Nothing is refused any more once an office works on it; that ends with a result or a stop (Nghị định 61/2018 art. 17(1)b). */
export const refusalBarred = (standing: Standing): Barred => fromStates(standing.refused ? [] : [1, 2, 5], standing, 3)

/** Once only, and at the latest one day before the period ends (Nghị định 61/2018 art. 19(9), kept in 118/2025). Days are civil days. */
export function extensionBarred(standing: Standing, now: Date): Barred {
  const { dueAt } = standing
  if (standing.extended) return barred('GQ-005')
  const state = fromStates([2, 4], standing, 4)
  if (state !== null) return state
  if (dueAt === null) return barred('GQ-007')
  return toCivil(now).date < toCivil(dueAt).date ? null : barred('GQ-006', { latest: shown(addDays(toCivil(dueAt).date, -1)) })
}

/** Never once a result was decided (`domain.md` §2.6). */
export function stopBarred(standing: Standing): Barred {
  return standing.resultDecided || standing.state === 9 || standing.state === 10 ? barred('GQ-013') : fromStates([2, 4, 5, 6], standing, 8)
}

export const handoverBarred = (standing: Standing): Barred => fromStates([2, 4], standing, 4)

/** Also where the city moved a dossier on while something was still asked for. */
export function completedBarred(standing: Standing): Barred {
  const { state, supplementOpen } = standing
  return state === 5 || supplementOpen ? fromStates([1, 2, 4, 5, 6], standing, 2) : barred('GQ-003')
}

export const resultReadyBarred = (standing: Standing): Barred => fromStates([2, 4], standing, 9)

/** The new appointment: that day at the hour of the old one. @throws AppError GQ-008 not later, GQ-009 nobody is there that day, LICH-001 */
export function extendedDue(dueAt: Date, day: string, calendar: WorkCalendar): Date {
  const old = toCivil(dueAt)
  if (day <= old.date) throw new AppError('GQ-008', { due: shown(old.date) })
  if (!calendar.isOpen(day)) throw new AppError('GQ-009', { day: shown(day) })
  return fromCivil(day, old.msOfDay)
}

/** The last day on which an apology may be said and the first day that may be promised in it; null where the calendar does not reach so far. */
export function extensionDays(dueAt: Date, calendar: WorkCalendar): Readonly<{ latest: string; earliest: string | null }> {
  const { date } = toCivil(dueAt)
  try {
    return { latest: addDays(date, -1), earliest: nextOpenDay(date, calendar) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return { latest: addDays(date, -1), earliest: null }
    throw error
  }
}

/** Whether an apology can still be said: `later` there is time, `today` is the last day, `passed` too late, `done` once already. */
export function apologyOf(dueAt: Date, extended: boolean, now: Date): 'later' | 'today' | 'passed' | 'done' {
  if (extended) return 'done'
  const today = toCivil(now).date
  const latest = addDays(toCivil(dueAt).date, -1)
  return today < latest ? 'later' : today === latest ? 'today' : 'passed'
}

/** How an office's work ended, as Mẫu 06 wants it: before the day, on it, or after the moment that was promised. */
export function standingAt(now: Date, dueAt: Date | null): Handover['standing'] {
  if (dueAt === null) return null
  if (now > dueAt) return 'overdue'
  return toCivil(now).date === toCivil(dueAt).date ? 'on-time' : 'early'
}

/** A number as forms carry it: two digits at least, then the counter, whose numbers are its own. "03.Q3" */
export const printedNumber = (number: number, counter: string): string => `${String(number).padStart(2, '0')}.${counter}`
