/** Seconds to wait after so many failures in a row; further ones wait as long as the last. */
const WAITS = [0, 0, 0, 15, 30, 60, 120, 300, 600, 900] as const

/**
 * Seconds during which no secret is tried after `failures` wrong ones in a row. Grows, and ends at a quarter of an hour:
 * long enough against guessing, short enough that nobody can keep a colleague out for the day.
 */
export function waitAfterFailures(failures: number): number {
  const index = Math.min(Math.max(0, Math.trunc(failures)), WAITS.length - 1)
  return WAITS[index] ?? 0
}

/** Seconds still to wait. A clock set back never makes it longer than the wait itself. */
export function remainingWait(failures: number, lastFailureAt: string | null, now: Date): number {
  if (lastFailureAt === null) return 0
  const wait = waitAfterFailures(failures)
  const left = wait - (now.getTime() - Date.parse(lastFailureAt)) / 1000
  return Math.ceil(Math.min(wait, Math.max(0, left)))
}
