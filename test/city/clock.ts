export interface Clock {
  now(): Date
}

/** The city's clock: a base clock that a door can push away by some seconds. */
export interface CityClock extends Clock {
  offsetSeconds(): number
  setOffset(seconds: number): void
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that starts out equal to `base`. */
export function cityClock(base: Clock = systemClock): CityClock {
  let offset = 0
  return {
    now: () => new Date(base.now().getTime() + offset * 1000),
    offsetSeconds: () => offset,
    setOffset: (seconds) => {
      offset = seconds
    },
  }
}

const VIETNAM_MS = 7 * 3_600_000

/** The civil date in Asia/Ho_Chi_Minh (UTC+7, no daylight saving), YYYY-MM-DD. */
export function civilDate(at: Date): string {
  return new Date(at.getTime() + VIETNAM_MS).toISOString().slice(0, 10)
}

/** An instant in the city's civil time, ISO 8601 with +07:00. */
export function cityIso(at: Date): string {
  return `${new Date(at.getTime() + VIETNAM_MS).toISOString().slice(0, -1)}+07:00`
}
