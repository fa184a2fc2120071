import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { asAppError, storageFailure } from '../../src-main/storage'

const sqlite = (code: string): Error => new Database.SqliteError('', code)
const system = (code: string): Error => Object.assign(new Error(), { code })

test.each([
  [sqlite('SQLITE_FULL'), 'LUU-013'], [sqlite('SQLITE_IOERR_SHMSIZE'), 'LUU-013'], [system('ENOSPC'), 'LUU-013'], [system('EDQUOT'), 'LUU-013'],
  [system('EFBIG'), 'LUU-013'], [sqlite('SQLITE_READONLY_DBMOVED'), 'LUU-014'], [sqlite('SQLITE_CANTOPEN'), 'LUU-014'], [system('EROFS'), 'LUU-014'],
  [system('EACCES'), 'LUU-014'], [sqlite('SQLITE_CORRUPT_VTAB'), 'LUU-015'], [sqlite('SQLITE_NOTADB'), 'LUU-015'], [sqlite('SQLITE_BUSY_SNAPSHOT'), 'LUU-017'],
  [sqlite('SQLITE_IOERR_FSYNC'), 'LUU-025'], [system('EIO'), 'LUU-025'], [new Error('x'), 'LOI-000'], ['text', 'LOI-000'],
  [new AppError('LUU-022'), 'LUU-022'],
])('%o is %s', (error, code) => {
  expect(asAppError(error).code).toBe(code)
})

test('a broken constraint is left to the caller', () => {
  expect(storageFailure(sqlite('SQLITE_CONSTRAINT_UNIQUE'))).toBeUndefined()
})

test('the cause is kept', () => {
  const cause = sqlite('SQLITE_FULL')
  expect(asAppError(cause).cause).toBe(cause)
})
