/** Where the time comes from; tests and the practice ward give another. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A line for the log: event name with ids, counts and codes only, never personal data. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void

export const silent: Log = () => undefined
