import { describe, expect, it } from 'vitest'
import { feedbackDue } from '../../src-main/feedback/deadlines'
import { calendarUntil } from '../intake/support'

const calendar = calendarUntil(2027)
/** 17:00 in Asia/Ho_Chi_Minh. */
const close = (date: string): string => `${date}T10:00:00.000Z`

describe('The limits of a complaint', () => {
  it.each([
    // Monday; Tuesday 24 November 2026 (Ngày Văn hóa Việt Nam) is a day off
    ['2026-11-23T02:00:00.000Z', '2026-11-26', '2026-12-01', '2026-12-15'],
    // Friday afternoon: the weekend is not counted
    ['2026-11-20T09:00:00.000Z', '2026-11-25', '2026-11-30', '2026-12-14'],
    // Saturday reception: counting begins on Monday
    ['2026-11-21T02:00:00.000Z', '2026-11-25', '2026-11-30', '2026-12-14'],
    // one of 1 and 3 September 2027 will be off, not yet known which: both count, so that the limit is never told too late
    ['2027-08-30T02:00:00.000Z', '2027-09-01', '2027-09-07', '2027-09-21'],
    // before New Year
    ['2026-12-30T02:00:00.000Z', '2027-01-04', '2027-01-07', '2027-01-21'],
  ])('taken at %s', (at, refuse, supplement, answer) => {
    expect(feedbackDue(new Date(at), calendar)).toEqual({ refuseBy: close(refuse), supplementBy: close(supplement), answerBy: close(answer) })
  })

  it('are not told where the calendar does not reach', () => {
    expect(feedbackDue(new Date('2026-12-22T02:00:00.000Z'), calendarUntil(2026))).toEqual({ refuseBy: close('2026-12-24'), supplementBy: close('2026-12-29'), answerBy: null })
  })
})
