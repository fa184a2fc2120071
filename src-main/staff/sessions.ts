import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import { type Account, may, type Right, type Role, rolesWith, type SessionId, type SessionInfo } from '@contract/staff'
import type { Audit } from '../audit'
import type { Clock, Store } from '../storage'
import { getAccount } from './accounts'
import { locksAt, type Seat, takeSeat, whatTimeDid } from './seat'

export type LockReason = 'asked' | 'idle' | 'system'
/** Who may look at the counter's screens: nobody, the officer of the session, or that officer once unlocked. */
export type SeatState = 'empty' | 'open' | 'locked'

/** A window is one seat: signing in ends whoever sat there before. */
export interface Sessions {
  begin(account: Account): SessionInfo
  /** The session as time has left it, or undefined when it is over. */
  get(id: SessionId): SessionInfo | undefined
  /** Throws TK-003 no session, TK-004 locked, TK-005 no right to it, TK-007 disabled since, TK-014 own secret due. */
  require(id: SessionId | undefined, access: Right | 'signed-in'): SessionInfo
  touch(id: SessionId): void
  lock(id: SessionId, why: LockReason): void
  unlocked(id: SessionId): SessionInfo
  state(): SeatState
  end(id: SessionId, why: 'asked' | 'disabled' | 'system'): void
  /** Ends whoever sits here. */
  clear(why: 'system'): void
  /** Lets time pass: to be called every few seconds, so that the idle lock comes unasked. */
  tick(): void
}

export interface SessionsDeps {
  readonly store: Store
  readonly audit: Audit
  readonly clock: Clock
  idleMinutes(): number
  /** Who may sit here. Whoever loses the role loses the seat. */
  seats(role: Role): boolean
  /** A counter is locked and waits for its officer; a window in the hall is left free. */
  readonly whenIdle: 'lock' | 'end'
  /** Called with how the seat is after each change of it; a taken-over one is empty in between. */
  changed(seat: SeatState): void
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { store, audit, clock } = deps
  let seat: Seat | undefined
  const now = (): number => clock.now().getTime()
  const instant = (ms: number): Instant => Instant.parse(new Date(ms).toISOString())

  const tell = (who: Seat, action: string, detail: Readonly<Record<string, string>> = {}): void => {
    store.write((tx) => audit.append(tx, { actor: who.accountId, action, subject: { type: 'account', id: who.accountId }, detail }))
  }
  const state = (): SeatState => (seat === undefined ? 'empty' : seat.locked ? 'locked' : 'open')
  const set = (next: Seat | undefined): void => {
    seat = next
    deps.changed(state())
  }
  const endSeat = (who: Seat, why: string): void => {
    tell(who, 'staff.sign-out', { why })
    set(undefined)
  }
  const lockSeat = (who: Seat, why: LockReason): void => {
    if (who.locked) return
    tell(who, 'staff.lock', { why })
    set({ ...who, locked: true })
  }
  const tick = (): void => {
    if (!seat) return
    const done = whatTimeDid(seat, deps.idleMinutes(), now())
    if (done === 'lock' && deps.whenIdle === 'lock') lockSeat(seat, 'idle')
    else if (done === 'lock') endSeat(seat, 'idle')
    if (done === 'end') endSeat(seat, 'longest-session')
  }
  const seatOf = (id: SessionId | undefined): Seat | undefined => {
    tick()
    return seat?.id === id ? seat : undefined
  }
  const info = (who: Seat): SessionInfo => ({
    id: who.id,
    account: getAccount(store.read, who.accountId),
    since: instant(who.since),
    locked: who.locked,
    locksAt: instant(locksAt(who, deps.idleMinutes())),
  })
  const need = (id: SessionId | undefined): Seat => {
    const found = seatOf(id)
    if (!found) throw new AppError(ERRORS.staff.notSignedIn)
    return found
  }
  const assertRight = (who: Seat, account: Account, right: Right): void => {
    if (account.mustChangeSecret) throw new AppError(ERRORS.staff.mustChangeSecret)
    if (may(account.role, right)) return
    tell(who, 'staff.right-refused', { right })
    throw new AppError(ERRORS.staff.missingRole, { right, roles: rolesWith(right).join(',') })
  }

  return {
    begin: (account) => {
      tick()
      if (seat) endSeat(seat, 'taken-over')
      const next = takeSeat(account.id, now())
      tell(next, 'staff.sign-in')
      set(next)
      return info(next)
    },
    get: (id) => {
      const found = seatOf(id)
      return found && info(found)
    },
    require: (id, access) => {
      const found = need(id)
      const session = info(found)
      if (session.account.disabled) {
        endSeat(found, 'disabled')
        throw new AppError(ERRORS.staff.accountDisabled)
      }
      if (!deps.seats(session.account.role)) {
        endSeat(found, 'role-changed')
        throw new AppError(ERRORS.staff.notSignedIn)
      }
      if (found.locked) throw new AppError(ERRORS.staff.sessionLocked)
      if (access !== 'signed-in') assertRight(found, session.account, access)
      return session
    },
    touch: (id) => {
      const found = seatOf(id)
      if (found && !found.locked) seat = { ...found, lastTouch: now() }
    },
    lock: (id, why) => {
      const found = seatOf(id)
      if (found) lockSeat(found, why)
    },
    unlocked: (id) => {
      const found = need(id)
      tell(found, 'staff.unlock')
      const next = { ...found, locked: false, lastTouch: now() }
      set(next)
      return info(next)
    },
    end: (id, why) => {
      const found = seatOf(id)
      if (found) endSeat(found, why)
    },
    clear: (why) => {
      if (seat) endSeat(seat, why)
    },
    state,
    tick,
  }
}
