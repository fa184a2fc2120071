import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, toCivil } from '@contract/civil-time'
import { formatDate } from '@contract/format'
import { nearMoment, readDay, stretch } from '../../../src-renderer/dossiers/moments'

const now = new Date('2026-11-23T02:46:00.000Z')

describe('a moment near', () => {
  it.each([
    ['today', '2026-11-23T09:20:00.000Z', 'hôm nay 16:20'],
    ['another day', '2026-11-25T02:10:00.000Z', 'T4 25/11 09:10'],
    ['just after midnight here, the day before in UTC', '2026-11-22T17:30:00.000Z', 'hôm nay 00:30'],
    ['in another year', '2027-01-04T02:10:00.000Z', 'T2 04/01/2027 09:10'],
  ])('%s is written short', (_name, instant, words) => {
    expect(nearMoment(instant, now, 'hôm nay', 'vi')).toBe(words)
  })
})

describe('a day typed in haste', () => {
  it.each([
    ['27112026', '2026-11-27'], ['27/11/2026', '2026-11-27'], ['27.11.26', '2026-11-27'], ['2211', '2026-11-22'], ['23/11', '2026-11-23'], ['1/2', '2026-02-01'],
    ['24/11', '2025-11-24'], ['-3', '2026-11-20'], [' 22-11 ', '2026-11-22'],
  ])('%s is %s', (typed, day) => {
    expect(readDay(typed, now)).toBe(day)
  })

  it.each(['99x', '31/02/2026', '', '0000', '-', '2026-11-22'])('%s is no day', (typed) => {
    expect(readDay(typed, now)).toBeNull()
  })

  it('reads back every day as it is shown', () => {
    fc.assert(fc.property(fc.integer({ min: -9000, max: 9000 }), (days) => {
      const day = addDays('2026-11-23', days)
      return readDay(formatDate(day), now) === day
    }))
  })

  it('never lies ahead when the year is left out', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 700 }), (days) => {
      const day = readDay(formatDate(addDays('2026-01-01', days)).slice(0, 5), now)
      return day === null || day <= toCivil(now).date
    }))
  })
})

describe('a stretch of days', () => {
  it('runs from the first midnight to the one after the last day', () => {
    expect(stretch('2026-11-22', '2026-11-23')).toEqual({ from: '2026-11-21T17:00:00.000Z', to: '2026-11-23T17:00:00.000Z' })
  })

  it('may be open at both ends', () => {
    expect(stretch(null, null)).toEqual({})
  })
})
