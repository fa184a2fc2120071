import { describe, expect, test } from 'vitest'
import { spanOf } from '../../src-main/reports/period'

const NOW = new Date('2026-11-23T02:00:00.000Z')
const codeOf = (from: string, to: string): string => {
  try {
    spanOf({ from, to }, NOW)
    return 'ok'
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('A period', () => {
  test.each([
    ['2026-11-23', '2026-11-23', 'ok'],
    ['2026-11-24', '2026-11-23', 'BC-001'],
    ['2023-11-24', '2026-11-23', 'ok'],
    ['2023-11-23', '2026-11-23', 'BC-002'],
    ['2024-02-29', '2027-02-27', 'ok'],
    ['2024-02-29', '2027-02-28', 'BC-002'],
    ['2026-11-24', '2026-11-24', 'BC-003'],
    ['2026-11-01', '2026-12-31', 'ok'],
  ])('from %s to %s is %s', (from, to, code) => { expect(codeOf(from, to)).toBe(code) })

  test('begins and ends at midnight of the ward and runs until its last day is over', () => {
    expect(spanOf({ from: '2026-11-22', to: '2026-11-22' }, NOW)).toMatchObject({ begin: '2026-11-21T17:00:00.000Z', end: '2026-11-22T17:00:00.000Z', live: false })
    expect(spanOf({ from: '2026-11-23', to: '2026-11-23' }, NOW).live).toBe(true)
  })
})
