import { v7 as uuidv7 } from 'uuid'
import { AppError, ERRORS } from '@contract/errors'
import { AccountId, type Instant } from '@contract/ids'
import { type Account, foldLoginName, NewLoginName, type Role } from '@contract/staff'
import { flag, isRefusedByTrigger, isUniqueViolation, type Reader, type RowView, type WriteTx } from '../storage'
import { SecretHash } from './secrets'

/** What only sign-in needs to know about an account. */
export interface Credentials {
  readonly account: Account
  readonly secretHash: SecretHash
  readonly secretId: string
  readonly failures: number
  readonly lastFailureAt: string | null
}

export interface SealedSecret {
  readonly hash: SecretHash
  readonly id: string
}

export interface AccountRow {
  readonly loginName: string
  readonly fullName: string
  readonly title: string
  readonly role: Role
  readonly secret: SealedSecret
  readonly mustChangeSecret: boolean
  readonly createdAt: string
  /** An account's id, or `system` for the first. */
  readonly createdBy: string
}

const COLUMNS = 'id, login_name, full_name, title, role, disabled, must_change, created_at'
const CREDENTIALS = `${COLUMNS}, secret_hash, secret_id, failures, last_failure_at`

function toAccount(row: RowView): Account {
  return {
    id: row.text<AccountId>('id'),
    loginName: row.text('login_name'),
    fullName: row.text('full_name'),
    title: row.text('title'),
    role: row.text<Role>('role'),
    disabled: row.flag('disabled'),
    mustChangeSecret: row.flag('must_change'),
    createdAt: row.text<Instant>('created_at'),
  }
}

const toCredentials = (row: RowView): Credentials => ({
  account: toAccount(row),
  secretHash: row.json('secret_hash', SecretHash),
  secretId: row.text('secret_id'),
  failures: row.integer('failures'),
  lastFailureAt: row.textOrNull('last_failure_at'),
})

export const listAccounts = (reader: Reader): readonly Account[] =>
  reader.all(`SELECT ${COLUMNS} FROM account ORDER BY disabled, login_folded`, [], toAccount)

/** Throws TK-015. */
export function getAccount(reader: Reader, id: AccountId): Account {
  const account = reader.get(`SELECT ${COLUMNS} FROM account WHERE id = ?`, [id], toAccount)
  if (!account) throw new AppError(ERRORS.staff.accountNotFound)
  return account
}

export const findCredentials = (reader: Reader, loginName: string): Credentials | undefined =>
  reader.get(`SELECT ${CREDENTIALS} FROM account WHERE login_folded = ?`, [foldLoginName(loginName)], toCredentials)

/** Throws TK-015. */
export function getCredentials(reader: Reader, id: AccountId): Credentials {
  const found = reader.get(`SELECT ${CREDENTIALS} FROM account WHERE id = ?`, [id], toCredentials)
  if (!found) throw new AppError(ERRORS.staff.accountNotFound)
  return found
}

/** The login name in its stored form. Throws TK-016. */
export function newLoginName(typed: string): string {
  const parsed = NewLoginName.safeParse(typed.normalize('NFC'))
  if (!parsed.success) throw new AppError(ERRORS.staff.loginNameRefused)
  return parsed.data
}

/** Throws TK-008 when another account has that login name, with or without marks. */
export function insertAccount(tx: WriteTx, row: AccountRow): AccountId {
  const id = AccountId.parse(uuidv7())
  try {
    tx.run(
      `INSERT INTO account (id, login_name, login_folded, full_name, title, role, must_change, secret_hash, secret_id, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        id, row.loginName, foldLoginName(row.loginName), row.fullName.normalize('NFC'), row.title.normalize('NFC'), row.role,
        flag(row.mustChangeSecret), JSON.stringify(row.secret.hash), row.secret.id, row.createdAt, row.createdBy,
      ],
    )
  } catch (error) {
    if (isUniqueViolation(error, 'account.login_folded')) throw new AppError(ERRORS.staff.nameTaken, {}, { cause: error })
    throw error
  }
  return id
}

/** Throws TK-009 when it would leave nobody to administer. */
export function updateAccount(tx: WriteTx, id: AccountId, next: Pick<Account, 'fullName' | 'title' | 'role' | 'disabled'>): void {
  try {
    tx.run('UPDATE account SET full_name = ?, title = ?, role = ?, disabled = ? WHERE id = ?', [
      next.fullName.normalize('NFC'), next.title.normalize('NFC'), next.role, flag(next.disabled), id,
    ])
  } catch (error) {
    if (isRefusedByTrigger(error, 'the last administrator stays')) throw new AppError(ERRORS.staff.lastAdministrator, {}, { cause: error })
    throw error
  }
}

/** Gives an account a new secret and forgets its failures. */
export function updateSecret(tx: WriteTx, id: AccountId, secret: SealedSecret, mustChange: boolean): void {
  tx.run(
    'UPDATE account SET secret_hash = ?, secret_id = ?, must_change = ?, failures = 0, last_failure_at = NULL WHERE id = ?',
    [JSON.stringify(secret.hash), secret.id, flag(mustChange), id],
  )
}

export function countFailure(tx: WriteTx, id: AccountId, at: string): void {
  tx.run('UPDATE account SET failures = failures + 1, last_failure_at = ? WHERE id = ?', [at, id])
}

export function forgetFailures(tx: WriteTx, id: AccountId): void {
  tx.run('UPDATE account SET failures = 0, last_failure_at = NULL WHERE id = ? AND failures > 0', [id])
}
