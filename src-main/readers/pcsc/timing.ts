/** Waiting times in milliseconds; tests shorten them. */
export type Timing = Readonly<{
  /** A wait for changes lasts at most so long: readers are listed anew after it, and ending the program waits no longer. */
  look: number
  /** Between two looks that told nothing new. */
  pause: number
  /** Waits before the service is tried again; the last is kept. */
  retry: readonly number[]
  /** How long another program may hold a card that was just put on (on Windows the certificate service does), and how often that is tried. */
  shared: number
  sharedStep: number
  /** A card that is being put on may be mute at first. */
  mute: number
  /** How long the service needs at most to notice that a card is gone. */
  notice: number
  /** The longest silence of a reader during one exchange. */
  exchange: number
}>

export const TIMING: Timing = {
  look: 1000, pause: 50, retry: [1000, 2000, 4000, 8000, 15_000], shared: 3000, sharedStep: 100, mute: 600, notice: 800, exchange: 30_000,
}

/** Resolves after the time, or at once when the signal is raised; leaves no timer. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
