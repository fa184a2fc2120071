import { AppError, ERRORS } from '@contract/errors'
import type { AccountId } from '@contract/ids'
import { type Account, type AccountChange, type ChangeSecretInput, may, type NewAccount, type ResetSecretInput, type Role, type SessionId, type SessionInfo, type SignInInput } from '@contract/staff'
import type { Audit } from '../audit'
import { ARGON2_COST, type Argon2Cost, type Clock, type DataKey, type Keyring, type Store, type WriteTx } from '../storage'
import { findCredentials, getAccount, insertAccount, listAccounts, newLoginName, type SealedSecret, updateAccount, updateSecret } from './accounts'
import { assertStrong, hashSecret, newSecretId } from './secrets'
import { createSessions, type SeatState, type Sessions } from './sessions'
import { createGatekeeper } from './sign-in'

export interface StaffDeps {
  readonly store: Store
  readonly audit: Audit
  readonly clock: Clock
  readonly keyring: Keyring
  readonly dataKey: DataKey
  /** Only tests give a lower one. */
  readonly cost?: Argon2Cost
  idleMinutes(): number
  /** Called whenever a session begins, locks, unlocks or ends, with how the seat is then. */
  changed(seat: SeatState): void
  /** The same of the helper's window. */
  helperChanged(seat: SeatState): void
}

/** Who sits at the helper's window: a seat of its own, which neither ends the officer's nor is ended by it. Left idle it ends. */
export interface HelperSeat extends Pick<Sessions, 'get' | 'require' | 'touch' | 'end' | 'clear'> {
  /** Throws TK-001, TK-002, TK-007, TK-019 for an account that works at the counter. */
  signIn(input: SignInInput): Promise<SessionInfo>
  /** Throws TK-001, TK-002, TK-006 weak. */
  changeSecret(id: SessionId, input: ChangeSecretInput): Promise<void>
}

/** Accounts and who sits at the counter. `by` is whoever `require` has let pass. */
export interface Staff extends Pick<Sessions, 'get' | 'require' | 'touch' | 'lock' | 'tick'> {
  /** Throws TK-001 wrong name or secret, TK-002 `seconds` to wait, TK-007 disabled, TK-018 a helper. Ends the session before it. */
  signIn(input: SignInInput): Promise<SessionInfo>
  signOut(id: SessionId): void
  /** By the secret of the officer whose session it is; another officer signs in instead. */
  unlock(id: SessionId, secret: string): Promise<SessionInfo>
  /** A second officer proves to be here beside the one at the counter, without taking the seat. Throws TK-001, TK-002, TK-007, TK-018 a helper. */
  vouch(input: SignInInput): Promise<Account>
  /** Throws TK-001, TK-002, TK-006 weak. */
  changeSecret(id: SessionId, input: ChangeSecretInput): Promise<void>
  list(): readonly Account[]
  /** Throws TK-006, TK-008 name taken, TK-016 name refused. */
  create(by: Account, input: NewAccount): Promise<Account>
  /** Throws TK-009 last administrator, TK-015 unknown. */
  update(by: Account, change: AccountChange): Account
  /** Throws TK-005 when a supervisor tries it on anybody but an officer or a helper. */
  resetSecret(by: Account, input: ResetSecretInput): Promise<void>
  /** For whoever has proven the printed recovery key. Throws TK-015, TK-006. */
  resetByRecovery(loginName: string, next: string): Promise<void>
  readonly helpers: HelperSeat
}

const isHelper = (role: Role): boolean => may(role, 'assist')

const about = (id: AccountId) => ({ type: 'account', id })

function differences(before: Account, after: Account): Record<string, string | boolean> {
  const renamed = before.fullName === after.fullName && before.title === after.title ? {} : { renamed: true }
  const role = before.role === after.role ? {} : { role: after.role }
  return { ...renamed, ...role, ...(before.disabled === after.disabled ? {} : { disabled: after.disabled }) }
}

export function createStaff(deps: StaffDeps): Staff {
  const { store, audit, clock, keyring, dataKey, cost = ARGON2_COST } = deps
  const sessions = createSessions({ ...deps, seats: (role) => !isHelper(role), whenIdle: 'lock' })
  const helpers = createSessions({ ...deps, seats: isHelper, whenIdle: 'end', changed: (seat) => deps.helperChanged(seat) })
  const gate = createGatekeeper({ store, audit, clock, cost })

  const seal = async (secret: string): Promise<SealedSecret> => ({ hash: await hashSecret(secret, cost), id: newSecretId() })
  /** A helper's secret never opens the data of the ward: they are open already when a helper comes, or stay closed. */
  const giveKey = async (account: Account, secret: string, secretId: string): Promise<void> => {
    if (!isHelper(account.role)) await keyring.addOfficer(dataKey, { account: account.id, loginName: account.loginName, secret, secretId })
  }

  /** The account first, the envelope after it: one left behind by a crash is sealed anew at the next sign-in. */
  const setSecret = async (account: Account, next: string, mustChange: boolean, tell: (tx: WriteTx) => void): Promise<void> => {
    assertStrong(next, account.loginName)
    const sealed = await seal(next)
    store.write((tx) => {
      updateSecret(tx, account.id, sealed, mustChange)
      tell(tx)
    })
    if (!account.disabled) await giveKey(account, next, sealed.id)
  }

  const dropKeysLeft = (): void => {
    const left = listAccounts(store.read).filter((account) => (account.disabled || isHelper(account.role)) && keyring.officerSecretId(account.id) !== undefined)
    for (const account of left) keyring.removeOfficer(account.id)
  }
  dropKeysLeft()

  const refuseSeat = (account: Account, code: 'TK-018' | 'TK-019'): never => {
    store.write((tx) => audit.append(tx, { actor: account.id, action: 'staff.right-refused', subject: about(account.id), detail: { right: code === 'TK-018' ? 'counter' : 'assist' } }))
    throw new AppError(code)
  }
  const changeSecretAt = async (seat: Sessions, id: SessionId, { current, next }: ChangeSecretInput): Promise<void> => {
    const { account } = seat.require(id, 'signed-in')
    await gate.proveById(account.id, current, 'change-secret')
    if (current === next) throw new AppError(ERRORS.staff.weakSecret, { weakness: 'same', shortest: 0 })
    await setSecret(account, next, false, (tx) =>
      audit.append(tx, { actor: account.id, action: 'staff.secret-changed', subject: about(account.id) }))
  }

  return {
    get: (id) => sessions.get(id),
    require: (id, access) => sessions.require(id, access),
    touch: (id) => sessions.touch(id),
    lock: (id, why) => sessions.lock(id, why),
    tick: () => {
      sessions.tick()
      helpers.tick()
    },
    signIn: async ({ loginName, secret }) => {
      const { account, secretId } = await gate.proveByName(loginName, secret)
      if (isHelper(account.role)) return refuseSeat(account, 'TK-018')
      if (keyring.officerSecretId(account.id) !== secretId) await giveKey(account, secret, secretId)
      return sessions.begin(account)
    },
    signOut: (id) => sessions.end(id, 'asked'),
    unlock: async (id, secret) => {
      const session = sessions.get(id)
      if (!session) throw new AppError(ERRORS.staff.notSignedIn)
      await gate.proveById(session.account.id, secret, 'unlock')
      return sessions.unlocked(id)
    },
    vouch: async ({ loginName, secret }) => {
      const { account } = await gate.proveByName(loginName, secret)
      if (isHelper(account.role)) return refuseSeat(account, 'TK-018')
      store.write((tx) => audit.append(tx, { actor: account.id, action: 'staff.vouched', subject: about(account.id) }))
      return account
    },
    changeSecret: async (id, input) => {
      await changeSecretAt(sessions, id, input)
      deps.changed(sessions.state())
    },
    list: () => listAccounts(store.read),
    create: async (by, input) => {
      const loginName = newLoginName(input.loginName)
      assertStrong(input.secret, loginName)
      const secret = await seal(input.secret)
      const { fullName, title, role } = input
      const account = store.write((tx) => {
        const createdAt = clock.now().toISOString()
        const id = insertAccount(tx, { loginName, fullName, title, role, secret, mustChangeSecret: true, createdAt, createdBy: by.id })
        audit.append(tx, { actor: by.id, action: 'staff.account-created', subject: about(id), detail: { role } })
        return getAccount(tx, id)
      })
      await giveKey(account, input.secret, secret.id)
      return account
    },
    update: (by, { id, ...change }) => {
      const after = store.write((tx) => {
        const before = getAccount(tx, id)
        const { fullName = before.fullName, title = before.title, role = before.role, disabled = before.disabled } = change
        updateAccount(tx, id, { fullName, title, role, disabled })
        const changed = getAccount(tx, id)
        audit.append(tx, { actor: by.id, action: 'staff.account-changed', subject: about(id), detail: differences(before, changed) })
        return changed
      })
      dropKeysLeft()
      return after
    },
    resetSecret: async (by, { id, next }) => {
      const account = getAccount(store.read, id)
      if (by.role !== 'administrator' && account.role !== 'officer' && !isHelper(account.role)) {
        store.write((tx) => audit.append(tx, { actor: by.id, action: 'staff.right-refused', subject: about(id), detail: { right: 'reset-secret' } }))
        throw new AppError(ERRORS.staff.missingRole, { right: 'administer', roles: 'administrator' })
      }
      await setSecret(account, next, true, (tx) =>
        audit.append(tx, { actor: by.id, action: 'staff.secret-reset', subject: about(id) }))
    },
    resetByRecovery: async (loginName, next) => {
      const found = findCredentials(store.read, loginName)
      if (!found) throw new AppError(ERRORS.staff.accountNotFound)
      await setSecret(found.account, next, false, (tx) =>
        audit.append(tx, { actor: 'system', action: 'staff.secret-recovered', subject: about(found.account.id) }))
    },
    helpers: {
      get: (id) => helpers.get(id),
      require: (id, access) => helpers.require(id, access),
      touch: (id) => helpers.touch(id),
      end: (id, why) => helpers.end(id, why),
      clear: (why) => helpers.clear(why),
      signIn: async ({ loginName, secret }) => {
        const { account } = await gate.proveByName(loginName, secret)
        return isHelper(account.role) ? helpers.begin(account) : refuseSeat(account, 'TK-019')
      },
      changeSecret: async (id, input) => {
        await changeSecretAt(helpers, id, input)
        deps.helperChanged(helpers.state())
      },
    },
  }
}
