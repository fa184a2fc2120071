import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@contract/civil-time'
import { barsOf, changed, type Choice, periodAt, sheetFor, stepped } from '../../../src-renderer/reports/period'

describe('the period that a day lies in', () => {
  it.each([
    ['daily', 'day', '2026-11-23', '2026-11-23', '2026-11-23'],
    ['daily', 'week', '2026-11-22', '2026-11-16', '2026-11-22'],
    ['daily', 'month', '2026-02-10', '2026-02-01', '2026-02-28'],
    ['staff', 'quarter', '2026-11-23', '2026-10-01', '2026-12-31'],
    ['staff', 'year', '2026-11-23', '2026-01-01', '2026-12-31'],
    ['ii06a', 'quarter', '2026-11-23', '2026-09-15', '2026-12-14'],
    ['ii06a', 'quarter', '2026-12-14', '2026-09-15', '2026-12-14'],
    ['ii06a', 'quarter', '2026-12-15', '2026-12-15', '2027-03-14'],
    ['ii06a', 'year', '2026-12-15', '2026-12-15', '2027-12-14'],
    ['ii06a', 'month', '2026-11-23', '2026-11-01', '2026-11-30'],
  ] as const)('of "%s" by %s on %s is %s to %s', (kind, unit, date, from, to) => expect(periodAt(kind, unit, date)).toEqual({ from, to }))

  it('holds that day, whichever it is', () => {
    const date = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2024-01-01', days))
    fc.assert(fc.property(date, fc.constantFrom('day', 'week', 'month', 'quarter', 'year'), fc.constantFrom('daily', 'ii06a'), (day, unit, kind) => {
      const { from, to } = periodAt(kind, unit, day)
      expect(from <= day && day <= to).toBe(true)
    }))
  })
})

const choice: Choice = { kind: 'daily', unit: 'day', from: '2026-11-23', to: '2026-11-23' }

describe('steps', () => {
  it('go back and forth to the same period', () => {
    const month: Choice = { kind: 'fees', unit: 'month', from: '2026-03-01', to: '2026-03-31' }
    const back = stepped(month, -1, '2026-11-23')
    expect([back.from, back.to, stepped(back, 1, '2026-11-23')]).toEqual(['2026-02-01', '2026-02-28', month])
  })
  it('do not lead into days that have not come', () => expect(stepped(choice, 1, '2026-11-23')).toEqual(choice))
  it('move a period of one\'s own by its length', () => {
    const { from, to } = stepped({ ...choice, unit: 'own', from: '2026-11-01', to: '2026-11-10' }, -1, '2026-11-23')
    expect([from, to]).toEqual(['2026-10-22', '2026-10-31'])
  })
  it('leave a period alone that ends before it begins', () => {
    const wrong: Choice = { ...choice, unit: 'own', from: '2026-11-10', to: '2026-11-01' }
    expect(stepped(wrong, 1, '2026-11-23')).toEqual(wrong)
  })
})

describe('another unit', () => {
  it('is the one that today lies in, where the period holds today', () => {
    const { from, to } = changed({ ...choice, unit: 'month', from: '2026-11-01', to: '2026-11-30' }, { unit: 'day' }, '2026-11-23')
    expect([from, to]).toEqual(['2026-11-23', '2026-11-23'])
  })
  it.each([['daily', 'month', 'monthly'], ['monthly', 'day', 'daily'], ['fees', 'day', 'fees'], ['daily', 'day', 'daily']] as const)('shows "%s" by %s as "%s"', (kind, unit, sheet) => expect(sheetFor(kind, unit)).toBe(sheet))
})

describe('bars', () => {
  const days = (count: number) => Array.from({ length: count }, (_, at) => ({ date: addDays('2026-01-01', at), received: 2, solved: 1, onTime: 1 }))
  it.each([[1, 'day', 1], [31, 'day', 31], [90, 'week', 14], [365, 'month', 12]] as const)('of %i days stand by %s: %i', (count, by, bars) => {
    const made = barsOf(days(count))
    expect([made.by, made.bars.length, made.bars.reduce((sum, { received }) => sum + received, 0)]).toEqual([by, bars, count * 2])
  })
})
