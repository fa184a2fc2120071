import { BACKOFF_CEILING_MS } from './backoff'

/** Every span of the engine, in milliseconds, and its width. Tests make them short. */
export type Timing = Readonly<{
  /** Submissions on their way at once. */
  parallel: number
  backoffBaseMs: number
  backoffCeilingMs: number
  /** Between two looks at the status feed. */
  pollMs: number
  healthMs: number
  receiptsMs: number
  /** Between two probes while the line is down; grows from the first to the second. */
  probeMs: number
  probeCeilingMs: number
  /** Between two tries after the city refused who we are. */
  unauthorisedMs: number
  callTimeoutMs: number
  probeTimeoutMs: number
  /** After an error that nobody foresaw, a full disk among them. */
  errorMs: number
}>

export const TIMING: Timing = {
  parallel: 4,
  backoffBaseMs: 2_000,
  backoffCeilingMs: BACKOFF_CEILING_MS,
  pollMs: 15_000,
  healthMs: 5 * 60_000,
  receiptsMs: 60_000,
  probeMs: 2_000,
  probeCeilingMs: 30_000,
  unauthorisedMs: 2 * 60_000,
  callTimeoutMs: 20_000,
  probeTimeoutMs: 6_000,
  errorMs: 5_000,
}
