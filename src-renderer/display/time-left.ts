/** From here on the page warns that time runs out. */
export const SOON_SECONDS = 30

/** Whole seconds until an instant, never less than none. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000))
}

/** 160 → "2:40". */
export function minutesAndSeconds(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
