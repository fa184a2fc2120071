/** A number in [0, 1). Seeded in tests. */
export type Random = () => number

/** The longest wait between two tries while the line is up. */
export const BACKOFF_CEILING_MS = 5 * 60_000
/** A city that asks for longer than this is asked again sooner. */
export const RETRY_AFTER_CEILING_MS = 60 * 60_000

export type Backoff = Readonly<{ baseMs: number; ceilingMs: number }>

export const DEFAULT_BACKOFF: Backoff = { baseMs: 2_000, ceilingMs: BACKOFF_CEILING_MS }

/** The span that the wait is drawn from: doubles with each failure up to the ceiling. `failures` ≥ 1. Milliseconds. */
export function backoffSpan(failures: number, { baseMs, ceilingMs }: Backoff): number {
  return Math.min(ceilingMs, baseMs * 2 ** Math.min(failures - 1, 30))
}

/**
 * Full jitter: any wait between nothing and the span, so that counters that failed together do not come back together.
 * A `Retry-After` is a floor, with the jitter on top. Milliseconds.
 */
export function waitAfter(failures: number, random: Random, backoff: Backoff, retryAfterMs?: number): number {
  const jitter = Math.round(random() * backoffSpan(failures, backoff))
  return retryAfterMs === undefined ? jitter : Math.min(retryAfterMs, RETRY_AFTER_CEILING_MS) + Math.min(jitter, backoff.baseMs)
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3) → milliseconds from `now`; undefined when it is neither. */
export function parseRetryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined
  if (/^\d{1,7}$/.test(value.trim())) return Number(value.trim()) * 1000
  const at = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
