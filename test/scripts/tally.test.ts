import { describe, expect, it } from 'vitest'
import { add, playwrightCounts, summary, vitestCounts } from '../../scripts/lib/tally.mjs'

const unit = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
const windowRun = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } }
const crashed = { passed: 0, failed: 1, skipped: 0 }

describe('the last line of the tests', () => {
  it('is plain', () => {
    expect(summary({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  })

  it('tells of skipped tests only when there are any', () => {
    expect(summary({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped')
  })

  it('sums all parts', () => {
    expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({ passed: 11, failed: 22, skipped: 33 })
  })
})

describe('counting unit tests', () => {
  it('takes the numbers of the report', () => {
    expect(vitestCounts({ ...unit, numFailedTests: 2, numPendingTests: 1 }, false)).toEqual({ passed: 5, failed: 2, skipped: 1 })
  })

  it('counts a run without a report as failed', () => {
    expect(vitestCounts(undefined, true)).toEqual(crashed)
  })

  it('counts a run that ended badly without naming a failure as failed', () => {
    expect(vitestCounts(unit, false)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  })

  it('counts a file that did not load as one failure', () => {
    expect(vitestCounts({ ...unit, testResults: [{ status: 'failed', assertionResults: [] }] }, false).failed).toBe(1)
  })

  it('does not count a file of failed tests twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]
    expect(vitestCounts({ ...unit, numFailedTests: 1, testResults }, false).failed).toBe(1)
  })

  it('counts a run of no tests as failed', () => {
    expect(vitestCounts({ ...unit, numPassedTests: 0 }, true)).toEqual(crashed)
  })
})

describe('counting window tests', () => {
  it('takes the numbers of the report', () => {
    expect(playwrightCounts(windowRun, true)).toEqual({ passed: 3, failed: 0, skipped: 0 })
  })

  it('counts a test that passed only when run again as failed', () => {
    expect(playwrightCounts({ stats: { ...windowRun.stats, flaky: 1 } }, true).failed).toBe(1)
  })

  it('counts a run without a report as failed', () => {
    expect(playwrightCounts('not a report', true)).toEqual(crashed)
  })

  it('counts a run that ended badly without naming a failure as failed', () => {
    expect(playwrightCounts(windowRun, false).failed).toBe(1)
  })
})
