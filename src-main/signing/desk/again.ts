import type { DocumentReport } from '@contract/signing'

/** After so many tries only a person asks again. */
export const MOST_TRIES = 12
const MINUTE = 60_000
const LONGEST = 6 * 60 * MINUTE

/** How long until the next try, in milliseconds: a minute, then twice as long each time, at most six hours. */
export const pauseAfter = (tries: number): number => Math.min(MINUTE * 2 ** tries, LONGEST)

/** Whether a later moment, or a line that is up, may decide what is undecided now (EN 319 102-1: TRY_LATER and what lacks evidence). */
export function worthAskingAgain({ verdict, signatures }: Pick<DocumentReport, 'verdict' | 'signatures'>): boolean {
  return verdict === 'INDETERMINATE' && signatures.some((one) => one.verdict === 'INDETERMINATE' && (one.why === 'TRY_LATER' || one.revocation.state === 'no-answer'))
}

/** When to ask again, or null: decided, or asked often enough. `tries` counts what was asked so far, this time included. */
export function askAgainAt(report: Pick<DocumentReport, 'verdict' | 'signatures'>, tries: number, now: Date): Date | null {
  return worthAskingAgain(report) && tries < MOST_TRIES ? new Date(now.getTime() + pauseAfter(tries)) : null
}
