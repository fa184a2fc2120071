import type { Access } from '@contract/call'
import { AppError } from '@contract/errors'
import type { SessionId, SessionInfo } from '@contract/staff'
import type { Actor } from '../intake'
import type { Clock } from '../storage'
import type { Counter } from './counter'
import type { Host } from './host'
import type { Office } from './office'

/** One window (or one command line) and who is signed in at it. */
export type Connection = Readonly<{
  counter: Counter
  host: Host
  clock: Clock
  /** The opened data. @throws AppError TK-003 while they are closed */
  office(): Office
  /** Decides whether a call may be made now. @throws AppError TK-003, TK-004, TK-005, TK-007, TK-014 */
  require(access: Access): void
  /** Who acts. Only in calls that need a session. */
  actor(): Actor
  session(): SessionInfo | null
  sit(session: SessionInfo): SessionInfo
  /** The session's id, for the staff module. @throws AppError TK-003 */
  sessionId(): SessionId
  leave(): void
}>

/** A connection that nobody has signed in at yet. */
export function connect(counter: Counter, host: Host, clock: Clock): Connection {
  let id: SessionId | undefined
  const office = (): Office => {
    const open = counter.office()
    if (!open) throw new AppError('TK-003')
    return open
  }
  const sessionId = (): SessionId => {
    if (id === undefined) throw new AppError('TK-003')
    return id
  }
  return {
    counter, host, clock, office, sessionId,
    require: (access) => {
      if (access === 'anyone') return
      // Not a sign that somebody is there: screens ask by themselves too. `staff.touch` is that sign.
      office().staff.require(id, access)
      office().noteActivity()
    },
    actor: () => {
      const { account } = office().staff.require(id, 'signed-in')
      return { id: account.id, name: account.fullName }
    },
    session: () => (id === undefined ? null : counter.office()?.staff.get(id) ?? null),
    sit: (session) => {
      id = session.id
      return session
    },
    leave: () => { id = undefined },
  }
}
