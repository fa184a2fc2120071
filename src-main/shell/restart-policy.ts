/** Waits before the first, second and later restarts in a row (ms). */
const WAITS: readonly [number, ...number[]] = [0, 1000, 3000]
/** A core that has lived this long (ms) before it fell starts the count anew. */
export const STEADY_MS = 60_000
/** So many quick crashes in a row, and restarting is given up. */
export const MOST_CRASHES = 5

export type AfterExit = { do: 'restart'; wait: number; crashes: number } | { do: 'give-up'; crashes: number }

/**
 * What follows an unexpected end of the core.
 * @param crashes quick crashes in a row before this one
 * @param livedMs how long this core ran
 */
export function afterExit(crashes: number, livedMs: number): AfterExit {
  const count = livedMs >= STEADY_MS ? 1 : crashes + 1
  if (count >= MOST_CRASHES) return { do: 'give-up', crashes: count }
  return { do: 'restart', wait: WAITS[Math.min(count, WAITS.length) - 1] ?? WAITS[0], crashes: count }
}
