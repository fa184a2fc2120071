/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {boolean} ok
 * @returns {Counts}
 */
export function oneCheck(ok) {
  return ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * @param {Counts} left
 * @param {Counts} right
 * @returns {Counts}
 */
export function add(left, right) {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed, skipped: left.skipped + right.skipped }
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`
}

/**
 * Counts of vitest's JSON report. A file that did not load counts as one failure, and so does a run that
 * ended badly without naming a failure, or left no report.
 * @param {unknown} report
 * @param {boolean} ok whether the process ended well
 * @returns {Counts}
 */
export function vitestCounts(report, ok) {
  const passed = numberIn(report, 'numPassedTests')
  const failedTests = numberIn(report, 'numFailedTests')
  if (passed === undefined || failedTests === undefined) return oneCheck(false)
  const skipped = (numberIn(report, 'numPendingTests') ?? 0) + (numberIn(report, 'numTodoTests') ?? 0)
  return honest({ passed, failed: failedTests + unloadedFiles(report), skipped }, ok)
}

/**
 * Counts of Playwright's JSON report, with the same rule for runs that ended badly. A test that passed only when
 * run again counts as failed.
 * @param {unknown} report
 * @param {boolean} ok
 * @returns {Counts}
 */
export function playwrightCounts(report, ok) {
  const stats = fieldOf(report, 'stats')
  const passed = numberIn(stats, 'expected')
  if (passed === undefined) return oneCheck(false)
  const failed = (numberIn(stats, 'unexpected') ?? 0) + (numberIn(stats, 'flaky') ?? 0)
  return honest({ passed, failed, skipped: numberIn(stats, 'skipped') ?? 0 }, ok)
}

/**
 * @param {Counts} counts
 * @param {boolean} ok
 * @returns {Counts}
 */
function honest(counts, ok) {
  const nothingRan = counts.passed + counts.failed === 0
  return (ok && !nothingRan) || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** @param {unknown} report */
function unloadedFiles(report) {
  const files = fieldOf(report, 'testResults')
  if (!Array.isArray(files)) return 0
  return files.filter((file) => {
    const tests = fieldOf(file, 'assertionResults')
    const named = Array.isArray(tests) && tests.some((test) => fieldOf(test, 'status') === 'failed')
    return fieldOf(file, 'status') === 'failed' && !named
  }).length
}

/**
 * @param {unknown} holder
 * @param {string} name
 * @returns {unknown}
 */
function fieldOf(holder, name) {
  return typeof holder === 'object' && holder !== null ? Object.getOwnPropertyDescriptor(holder, name)?.value : undefined
}

/**
 * @param {unknown} holder
 * @param {string} name
 */
function numberIn(holder, name) {
  const value = fieldOf(holder, name)
  return typeof value === 'number' ? value : undefined
}
