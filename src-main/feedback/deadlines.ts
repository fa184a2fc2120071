import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import { AppError, ERRORS } from '@contract/errors'
import type { FeedbackDue } from '@contract/feedback'
import { Instant } from '@contract/ids'
import type { WorkCalendar } from '../intake'

/** Working days for each step (`domain.md` §8.3). */
export const FEEDBACK_DAYS = { refuse: 2, supplement: 5, answer: 15 } as const

/**
 * The end of work on the nth working day after the day of reception. A day off that is not yet decided counts as a working day:
 * the limit is never told too late.
 */
function endOfWorkingDay(takenAt: Date, days: number, calendar: WorkCalendar): Instant {
  let day = toCivil(takenAt).date
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    if (calendar.isWorking(day)) left -= 1
  }
  return Instant.parse(fromCivil(day, (calendar.hours.at(-1)?.to ?? 1440) * 60_000).toISOString())
}

/** The limits of what was taken at this moment; null where the calendar does not reach. */
export function feedbackDue(takenAt: Date, calendar: WorkCalendar): FeedbackDue {
  const limit = (days: number): Instant | null => {
    try {
      return endOfWorkingDay(takenAt, days, calendar)
    } catch (error) {
      if (error instanceof AppError && error.code === ERRORS.intake.calendarMissing) return null
      throw error
    }
  }
  return { refuseBy: limit(FEEDBACK_DAYS.refuse), supplementBy: limit(FEEDBACK_DAYS.supplement), answerBy: limit(FEEDBACK_DAYS.answer) }
}
