/** What was measured in one series; all in the unit of the result. */
export type Spread = Readonly<{ median: number; p95: number; min: number; max: number; count: number }>

/** The value below which a share of a sorted series lies (nearest rank). */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2
  return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2 : quantile(sorted, 0.5)
}

/** Median, 95th percentile and extremes of a series. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right)
  return { median: medianOf(sorted), p95: quantile(sorted, 0.95), min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, count: sorted.length }
}

/** Milliseconds that an act takes. */
export async function timed(act: () => unknown): Promise<number> {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

export type Pairs<Name extends string> = Readonly<Record<Name, number[]>>

/** Rounds so far, over all series: a series of one round must not always begin with the same contestant either. */
let turns = 0

/**
 * Runs the contestants in turn, round by round, so that what disturbs the machine disturbs all of them; every other round goes
 * the other way about, so that none is always first. Rounds of warm-up are thrown away. Each contestant returns its measurement.
 */
export async function inTurn<Name extends string>(
  rounds: { warmUp: number; runs: number }, contestants: Readonly<Record<Name, () => Promise<number>>>, progress: (done: number) => void = () => undefined,
): Promise<Pairs<Name>> {
  const names = Object.keys(contestants) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -rounds.warmUp; round < rounds.runs; round += 1) {
    for (const name of (turns += 1) % 2 === 0 ? names : names.toReversed()) {
      const value = await contestants[name]()
      if (round >= 0) measured[name].push(value)
    }
    progress(round + 1)
  }
  return measured
}

/** Ratios of what was measured in the same round. */
export function ratiosOf(subject: readonly number[], floor: readonly number[]): number[] {
  return subject.map((value, index) => value / (floor[index] ?? Number.NaN))
}
