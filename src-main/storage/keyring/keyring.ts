import { createHmac, randomBytes } from 'node:crypto'
import { AppError, ERRORS } from '@contract/errors'
import type { AccountId } from '@contract/ids'
import { foldLoginName } from '@contract/staff'
import { asDataKey, type DataKey, fingerprint, hasFingerprint, newDataKey, openEnvelope, sealEnvelope } from './envelope'
import { type Argon2Cost, ARGON2_COST } from './kdf'
import { confirmKeyFile, type KeyFile, type OfficerEnvelope, readKeyFile, writeKeyFile, writePendingKeyFile } from './key-file'
import { formatRecoveryKey, newRecoveryKey, parseRecoveryKey } from './recovery-key'

/** The operating system's key store, as the shell offers it. Null = it has none that deserves trust. */
export interface KeyWrapper {
  /** Which store, e.g. `dpapi`, `keychain`, `kwallet`: a key is only unwrapped by the one that wrapped it. */
  readonly name: string
  wrap(bytes: Uint8Array): Promise<Uint8Array | null>
  unwrap(bytes: Uint8Array): Promise<Uint8Array | null>
}

export interface KeyringOptions {
  readonly folder: string
  /** Only tests give a lower one. */
  readonly cost?: Argon2Cost
}

export interface OfficerKey {
  readonly account: AccountId
  readonly loginName: string
  readonly secret: string
  /** Names the secret, so that an envelope left behind by a crash is noticed. */
  readonly secretId: string
}

/** The file `key.json`: one random data key in several envelopes, each opened by something else. */
export interface Keyring {
  /** First run: a new data key and the recovery key to print. Counts only after `confirm`. */
  create(wrapper: KeyWrapper | null): Promise<{ dataKey: DataKey; recoveryKey: string }>
  confirm(): void
  /** Null when this machine's key store cannot open it: ask for an officer's secret or the recovery key. */
  unlockWithOs(wrapper: KeyWrapper): Promise<DataKey | null>
  /** Throws TK-010 for a mistyped or wrong recovery key. */
  unlockWithRecovery(typed: string): Promise<DataKey>
  /** Throws TK-001 for an unknown name or a wrong secret alike. */
  unlockWithOfficer(loginName: string, secret: string): Promise<DataKey>
  /** Adds or replaces the officer's envelope. */
  addOfficer(dataKey: DataKey, officer: OfficerKey): Promise<void>
  removeOfficer(account: AccountId): void
  /** The secret that the officer's envelope was sealed under, or undefined without one. */
  officerSecretId(account: AccountId): string | undefined
  rewrapOs(dataKey: DataKey, wrapper: KeyWrapper | null): Promise<void>
  /** A new recovery key; the old one opens nothing any more. */
  renewRecovery(dataKey: DataKey): Promise<string>
}

const recoveryPurpose = (id: string): string => `mot-cua/keyring/v1/${id}/recovery`
const officerPurpose = (id: string, account: AccountId): string => `mot-cua/keyring/v1/${id}/officer/${account}`

function tagOf(file: Pick<KeyFile, 'tagSalt'>, loginName: string): string {
  return createHmac('sha256', Buffer.from(file.tagSalt, 'base64')).update(foldLoginName(loginName)).digest('base64')
}

async function wrapWith(wrapper: KeyWrapper | null, dataKey: DataKey): Promise<KeyFile['os']> {
  const wrapped = (await wrapper?.wrap(dataKey)) ?? null
  return wrapped && wrapper ? { wrapper: wrapper.name, wrapped: Buffer.from(wrapped).toString('base64') } : null
}

async function newFile(dataKey: DataKey, recoveryKey: string, wrapper: KeyWrapper | null, cost: Argon2Cost): Promise<KeyFile> {
  const id = randomBytes(16).toString('hex')
  return {
    format: 'mot-cua/keyring',
    version: 1,
    id,
    fingerprint: fingerprint(dataKey),
    tagSalt: randomBytes(16).toString('base64'),
    os: await wrapWith(wrapper, dataKey),
    recovery: await sealEnvelope(dataKey, recoveryKey, recoveryPurpose(id), cost),
    officers: [],
  }
}

async function unwrapOs(file: KeyFile, wrapper: KeyWrapper): Promise<DataKey | null> {
  if (file.os?.wrapper !== wrapper.name) return null
  const bytes = await wrapper.unwrap(Buffer.from(file.os.wrapped, 'base64'))
  if (bytes?.length !== 32) return null
  const dataKey = asDataKey(bytes)
  return hasFingerprint(dataKey, file.fingerprint) ? dataKey : null
}

/** An envelope that nobody can open, so that an unknown name takes as long as a wrong secret. */
async function spendTheSameTime(file: KeyFile, secret: string): Promise<DataKey | undefined> {
  return openEnvelope(file.recovery, secret, 'nothing')
}

/** Opens nothing by itself: reads the file at each call, so that two changes cannot undo each other. */
export function openKeyring({ folder, cost = ARGON2_COST }: KeyringOptions): Keyring {
  const change = (next: (file: KeyFile) => Partial<KeyFile>): void => {
    const file = readKeyFile(folder)
    writeKeyFile(folder, { ...file, ...next(file) })
  }
  const assertOurs = (dataKey: DataKey): KeyFile => {
    const file = readKeyFile(folder)
    if (!hasFingerprint(dataKey, file.fingerprint)) throw new AppError(ERRORS.storage.wrongKey)
    return file
  }
  return {
    create: async (wrapper) => {
      const dataKey = newDataKey()
      const recoveryKey = newRecoveryKey()
      writePendingKeyFile(folder, await newFile(dataKey, recoveryKey, wrapper, cost))
      return { dataKey, recoveryKey }
    },
    confirm: () => confirmKeyFile(folder),
    unlockWithOs: (wrapper) => unwrapOs(readKeyFile(folder), wrapper),
    unlockWithRecovery: async (typed) => {
      const recoveryKey = formatRecoveryKey(parseRecoveryKey(typed))
      const file = readKeyFile(folder)
      const dataKey = await openEnvelope(file.recovery, recoveryKey, recoveryPurpose(file.id))
      if (dataKey === undefined) throw new AppError(ERRORS.staff.wrongRecoveryKey, { kind: 'other' })
      return dataKey
    },
    unlockWithOfficer: async (loginName, secret) => {
      const file = readKeyFile(folder)
      const tag = tagOf(file, loginName)
      const envelope = file.officers.find((officer) => officer.tag === tag)
      const dataKey = envelope
        ? await openEnvelope(envelope, secret, officerPurpose(file.id, envelope.account))
        : await spendTheSameTime(file, secret)
      if (dataKey === undefined) throw new AppError(ERRORS.staff.wrongSecret)
      return dataKey
    },
    addOfficer: async (dataKey, { account, loginName, secret, secretId }) => {
      const file = assertOurs(dataKey)
      const envelope = await sealEnvelope(dataKey, secret, officerPurpose(file.id, account), cost)
      const officer: OfficerEnvelope = { account, tag: tagOf(file, loginName), secretId, ...envelope }
      change(({ officers }) => ({ officers: [...officers.filter((other) => other.account !== account), officer] }))
    },
    removeOfficer: (account) => change(({ officers }) => ({ officers: officers.filter((officer) => officer.account !== account) })),
    officerSecretId: (account) => readKeyFile(folder).officers.find((officer) => officer.account === account)?.secretId,
    rewrapOs: async (dataKey, wrapper) => {
      assertOurs(dataKey)
      const os = await wrapWith(wrapper, dataKey)
      change(() => ({ os }))
    },
    renewRecovery: async (dataKey) => {
      const { id } = assertOurs(dataKey)
      const recoveryKey = newRecoveryKey()
      const recovery = await sealEnvelope(dataKey, recoveryKey, recoveryPurpose(id), cost)
      change(() => ({ recovery }))
      return recoveryKey
    },
  }
}
