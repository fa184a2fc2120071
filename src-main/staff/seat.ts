import { randomBytes } from 'node:crypto'
import type { AccountId } from '@contract/ids'
import { SessionId } from '@contract/staff'

/** One session, in memory only: a restart of the core asks everybody to sign in again. */
export interface Seat {
  readonly id: SessionId
  readonly accountId: AccountId
  /** Milliseconds since 1970, as all times here. */
  readonly since: number
  readonly lastTouch: number
  readonly locked: boolean
}

/** Nobody works longer in one session than a long day: then it ends, worked at or not. */
export const LONGEST_SESSION_MS = 12 * 3_600_000

export function takeSeat(accountId: AccountId, now: number): Seat {
  const id = SessionId.parse(randomBytes(16).toString('hex'))
  return { id, accountId, since: now, lastTouch: now, locked: false }
}

export const locksAt = (seat: Seat, idleMinutes: number): number => seat.lastTouch + idleMinutes * 60_000

/** What time alone makes of a session. */
export function whatTimeDid(seat: Seat, idleMinutes: number, now: number): 'nothing' | 'lock' | 'end' {
  if (now - seat.since >= LONGEST_SESSION_MS) return 'end'
  return !seat.locked && now >= locksAt(seat, idleMinutes) ? 'lock' : 'nothing'
}
