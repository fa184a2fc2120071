/** Milliseconds of a clock that only goes forward, unless said otherwise. */
export type Timing = Readonly<{
  /** A leader's sign of life. */
  beatMs: number
  /** No sign of life for so long, then the first in rank stands for election; the next ones each `rankMs` later. */
  electionMs: number
  rankMs: number
  /** A leader that has not heard enough of the others for so long leads no more; nobody relies on a leader that was silent for so long. */
  leaseMs: number
  /** A member that was silent for so long leaves the roll, when enough of the others are there. */
  absentMs: number
  /** Without a leader for so long, then a counter gives numbers of its own. Longer than a takeover lasts. */
  patienceMs: number
  /** The same after the start, when no line of today is known: so long it listens for the others. */
  arrivalMs: number
  /** An order that was not answered is sent again. */
  againMs: number
  /** And is given up as unclear. */
  unclearMs: number
  /** A line in which nothing happened for so long is over: yesterday's. */
  overMs: number
}>

export const TIMING: Timing = {
  beatMs: 150, electionMs: 900, rankMs: 150, leaseMs: 1200, absentMs: 20_000, patienceMs: 3500, arrivalMs: 1500, againMs: 500, unclearMs: 8000, overMs: 6 * 3_600_000,
}

/** Entries in one message; keeps it far below the bound of a frame. */
export const BATCH = 64
