import { AppError, ERRORS } from '@contract/errors'
import { type CounterSettings, DEFAULT_SETTINGS, Settings, type WardSettings } from '@contract/settings'
import type { NewAccount } from '@contract/staff'
import { type Audit, createAudit } from '../audit'
import {
  ARGON2_COST, type Argon2Cost, type Clock, type DataKey, deriveKeys, folderState, type Keyring, type KeyWrapper, type Log, openKeyring, openStore,
  setAsideUnfinished, type Store,
} from '../storage'
import { insertAccount, newLoginName } from './accounts'
import { assertStrong, hashSecret, newSecretId } from './secrets'
import { writeSettings } from './settings'

export interface SetUpDeps {
  readonly folder: string
  readonly migrationsFolder: string
  readonly nativeBinding?: string | undefined
  readonly clock: Clock
  readonly log: Log
  /** Null where the machine has no key store. */
  readonly wrapper: KeyWrapper | null
  /** Only tests and the practice ward give a lower one. */
  readonly cost?: Argon2Cost
}

export interface SetUpInput {
  readonly ward: WardSettings
  readonly counter: CounterSettings
  readonly administrator: Omit<NewAccount, 'role'>
}

export interface FirstRun {
  /** To be printed and locked away; not kept anywhere. */
  readonly recoveryKey: string
  readonly dataKey: DataKey
  readonly keyring: Keyring
  /** Open, and the caller's to close. */
  readonly store: Store
  readonly audit: Audit
}

/** Throws TK-011 on a folder in use, LUU-019 on a database whose key file is gone. */
function assertFree(folder: string, now: Date): void {
  const state = folderState(folder)
  if (state === 'ready') throw new AppError(ERRORS.staff.alreadySetUp)
  if (state === 'key-missing') throw new AppError(ERRORS.storage.keyMissing)
  if (state === 'unfinished') setAsideUnfinished(folder, now)
}

async function fill(store: Store, audit: Audit, deps: SetUpDeps, input: SetUpInput) {
  const { clock, cost = ARGON2_COST } = deps
  const { fullName, title, secret } = input.administrator
  const loginName = newLoginName(input.administrator.loginName)
  const sealed = { hash: await hashSecret(secret, cost), id: newSecretId() }
  const settings = Settings.parse({ ...DEFAULT_SETTINGS, ward: input.ward, counter: input.counter })
  const account = store.write((tx) => {
    const now = clock.now()
    const createdAt = now.toISOString()
    const id = insertAccount(tx, {
      loginName, fullName, title, role: 'administrator', secret: sealed, mustChangeSecret: false, createdAt, createdBy: 'system',
    })
    audit.append(tx, { actor: 'system', action: 'program.first-run', subject: { type: 'account', id } })
    writeSettings(tx, audit, 'system', now, settings)
    return id
  })
  return { account, loginName, secret, secretId: sealed.id }
}

/**
 * First run: key file, database, settings, first administrator. All or nothing: the key file counts only when the rest is on the disk,
 * and what a broken-off try left is moved aside. Throws TK-006, TK-011, TK-016 and what `openStore` throws.
 */
export async function setUp(deps: SetUpDeps, input: SetUpInput): Promise<FirstRun> {
  const { folder, migrationsFolder, nativeBinding, clock, log, wrapper, cost = ARGON2_COST } = deps
  assertStrong(input.administrator.secret, newLoginName(input.administrator.loginName))
  assertFree(folder, clock.now())
  const keyring = openKeyring({ folder, cost })
  const { dataKey, recoveryKey } = await keyring.create(wrapper)
  const keys = deriveKeys(dataKey)
  const store = openStore({ folder, key: keys.database, migrationsFolder, nativeBinding, clock, log })
  try {
    const audit = createAudit({ key: keys.audit, clock })
    await keyring.addOfficer(dataKey, await fill(store, audit, deps, input))
    keyring.confirm()
    return { recoveryKey, dataKey, keyring, store, audit }
  } catch (error) {
    store.close()
    throw error
  }
}
