import type { SignatureReport } from '@contract/signing'
import type { Statement } from './evidence'

/** `proven`: a trusted stamp shows that the signature was there by then; null when nothing does, and only now counts. */
export type Moment = Readonly<{ now: Date; proven: Date | null }>
/** What is known about revocation at a moment. `before`: revoked, but only after the proven time. */
export type Revocation =
  | Readonly<{ kind: 'good' | 'revoked' | 'before'; by: Statement }>
  | Readonly<{ kind: 'no-answer' }>

const MINUTE = 60_000
/** Clocks of others may run ahead so far. */
export const SKEW = 5 * MINUTE
/** How long an answer without a next date counts. */
const WITHOUT_NEXT = 24 * 60 * MINUTE

const until = ({ thisUpdate, nextUpdate }: Statement): number => (nextUpdate ?? new Date(thisUpdate.getTime() + WITHOUT_NEXT)).getTime()

/**
 * Whether a "not revoked" counts at the moment: it was made at or after the proven time, or was in force then; without a proven time it must be in
 * force now. What was made after the certificate had run out says nothing, because lists drop such certificates (RFC 5280 §3.3).
 */
function counts(good: Statement, { now, proven }: Moment, notAfter: Date): boolean {
  const made = good.thisUpdate.getTime()
  if (made > now.getTime() + SKEW || made > notAfter.getTime()) return false
  if (proven !== null) return made >= proven.getTime() || until(good) >= proven.getTime()
  return until(good) >= now.getTime()
}

/** A suspension is over when somebody said so later. */
const lifted = (one: Statement, all: readonly Statement[]): boolean => one.hold && all.some(({ says, thisUpdate }) => says === 'good' && thisUpdate > one.thisUpdate)
const newest = (all: readonly Statement[]): Statement | undefined => all.toSorted((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime())[0]

/** Puts statements together (EN 319 102-1 §5.2.5). That it was revoked, by whomever of them, outweighs any "not revoked". */
export function revocationAt(statements: readonly Statement[], moment: Moment, notAfter: Date): Revocation {
  const revoked = statements.filter((one) => one.says === 'revoked' && !lifted(one, statements))
    .toSorted((one, other) => (one.revokedAt?.getTime() ?? 0) - (other.revokedAt?.getTime() ?? 0))[0]
  if (revoked) return { kind: moment.proven !== null && revoked.revokedAt !== null && moment.proven < revoked.revokedAt ? 'before' : 'revoked', by: revoked }
  const good = newest(statements.filter((one) => one.says === 'good' && counts(one, moment, notAfter)))
  return good ? { kind: 'good', by: good } : { kind: 'no-answer' }
}

/** Settled without asking anybody: revoked, or said to be good after the proven time. Without one, only a line can tell of the last hours. */
export const isSettled = (revocation: Revocation, { proven }: Moment): boolean =>
  revocation.kind === 'revoked' || (revocation.kind === 'good' && proven !== null && revocation.by.thisUpdate >= proven)

const instant = (date: Date | null): SignatureReport['revocation']['thisUpdate'] => date && (date.toISOString() as SignatureReport['revocation']['thisUpdate'])

export function revocationReport(revocation: Revocation | null): SignatureReport['revocation'] {
  if (revocation === null || revocation.kind === 'no-answer') return { state: 'no-answer', source: null, from: null, thisUpdate: null, nextUpdate: null, revokedAt: null }
  const { source, from, thisUpdate, nextUpdate, revokedAt } = revocation.by
  return { state: revocation.kind === 'good' ? 'good' : 'revoked', source, from, thisUpdate: instant(thisUpdate), nextUpdate: instant(nextUpdate), revokedAt: instant(revokedAt) }
}
