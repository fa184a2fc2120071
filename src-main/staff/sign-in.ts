import { AppError, ERRORS } from '@contract/errors'
import type { AccountId } from '@contract/ids'
import type { Account } from '@contract/staff'
import type { Audit } from '../audit'
import { argon2id, type Argon2Cost, type Clock, newKdf, type Store } from '../storage'
import { countFailure, type Credentials, findCredentials, forgetFailures, getCredentials } from './accounts'
import { remainingWait, waitAfterFailures } from './lockout'
import { isSecret } from './secrets'

/** What the secret is asked for; becomes part of the audit action. */
export type ProofPurpose = 'sign-in' | 'unlock' | 'change-secret'

export interface Gatekeeper {
  /** Throws TK-001 wrong, TK-002 `seconds` still to wait, TK-007 disabled. */
  proveByName(loginName: string, secret: string): Promise<Credentials>
  proveById(id: AccountId, secret: string, purpose: ProofPurpose): Promise<Account>
}

export interface GatekeeperDeps {
  readonly store: Store
  readonly audit: Audit
  readonly clock: Clock
  readonly cost: Argon2Cost
}

/** Runs one after the other, so that many tries at once cannot slip in before the first failure counts. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

export function createGatekeeper({ store, audit, clock, cost }: GatekeeperDeps): Gatekeeper {
  const inTurn = oneAtATime()

  const refuse = (account: Account, purpose: ProofPurpose, reason: string, failed: boolean): void => {
    store.write((tx) => {
      if (failed) countFailure(tx, account.id, clock.now().toISOString())
      audit.append(tx, { actor: account.id, action: `staff.${purpose}-failed`, subject: { type: 'account', id: account.id }, detail: { reason } })
    })
  }

  const prove = async (credentials: Credentials, secret: string, purpose: ProofPurpose): Promise<void> => {
    const { account, failures, lastFailureAt } = credentials
    const seconds = remainingWait(failures, lastFailureAt, clock.now())
    if (seconds > 0) {
      refuse(account, purpose, 'locked-out', false)
      throw new AppError(ERRORS.staff.lockedOut, { seconds })
    }
    if (!(await isSecret(secret, credentials.secretHash))) {
      refuse(account, purpose, 'wrong-secret', true)
      throw new AppError(ERRORS.staff.wrongSecret, { seconds: waitAfterFailures(failures + 1) })
    }
    if (account.disabled) {
      refuse(account, purpose, 'disabled', false)
      throw new AppError(ERRORS.staff.accountDisabled)
    }
    store.write((tx) => forgetFailures(tx, account.id))
  }

  /** Takes as long as a known name would, and does not note what was typed: it may be a secret in the wrong field. */
  const refuseUnknown = async (secret: string): Promise<never> => {
    await argon2id(secret, newKdf(cost))
    store.write((tx) => audit.append(tx, { actor: 'system', action: 'staff.sign-in-failed', detail: { reason: 'unknown-name' } }))
    throw new AppError(ERRORS.staff.wrongSecret, { seconds: 0 })
  }

  return {
    proveByName: (loginName, secret) =>
      inTurn(async () => {
        const credentials = findCredentials(store.read, loginName)
        if (!credentials) return refuseUnknown(secret)
        await prove(credentials, secret, 'sign-in')
        return credentials
      }),
    proveById: (id, secret, purpose) =>
      inTurn(async () => {
        const credentials = getCredentials(store.read, id)
        await prove(credentials, secret, purpose)
        return credentials.account
      }),
  }
}
