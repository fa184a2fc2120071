import { AppError, ERRORS, type ErrorCode } from '@contract/errors'

const { storage } = ERRORS

const BY_SYSTEM_CODE: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: storage.diskFull,
  EDQUOT: storage.diskFull,
  EFBIG: storage.diskFull,
  EROFS: storage.readOnlyFolder,
  EACCES: storage.readOnlyFolder,
  EPERM: storage.readOnlyFolder,
  EIO: storage.diskFault,
}

/** Result codes of SQLite; an extended code falls back to its primary one. */
const BY_SQLITE_CODE: Readonly<Record<string, ErrorCode>> = {
  SQLITE_FULL: storage.diskFull,
  // A full disk shows so when the shared-memory file cannot grow.
  SQLITE_IOERR_SHMSIZE: storage.diskFull,
  SQLITE_READONLY: storage.readOnlyFolder,
  SQLITE_CANTOPEN: storage.readOnlyFolder,
  SQLITE_PERM: storage.readOnlyFolder,
  SQLITE_CORRUPT: storage.corrupt,
  SQLITE_NOTADB: storage.corrupt,
  SQLITE_BUSY: storage.alreadyOpen,
  SQLITE_LOCKED: storage.alreadyOpen,
  SQLITE_IOERR: storage.diskFault,
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function sqliteErrorCode(code: string): ErrorCode | undefined {
  const primary = code.split('_').slice(0, 2).join('_')
  return BY_SQLITE_CODE[code] ?? BY_SQLITE_CODE[primary]
}

/**
 * The named error behind a failure of disk or database, or undefined when it is none of them
 * (a broken constraint, a defect): those belong to the caller.
 */
export function storageFailure(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === undefined) return undefined
  const known = code.startsWith('SQLITE_') ? sqliteErrorCode(code) : BY_SYSTEM_CODE[code]
  return known === undefined ? undefined : new AppError(known, { detail: code }, { cause: error })
}

/** Any failure as an error with a code; what nobody foresaw becomes LOI-000 and keeps its cause. */
export function asAppError(error: unknown): AppError {
  return storageFailure(error) ?? new AppError(storage.unexpected, {}, { cause: error })
}

/** Runs file or database work and turns its known failures into named errors. */
export function named<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storageFailure(error) ?? error
  }
}

/** As `named`, for work that takes its time. */
export async function namedAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageFailure(error) ?? error
  }
}

/** True when a statement broke UNIQUE on that column, written `table.column`. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  const code = codeOf(error)
  const unique = code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  return unique && error instanceof Error && error.message.includes(column)
}

/** True when a trigger refused a statement with exactly this message. */
export function isRefusedByTrigger(error: unknown, message: string): boolean {
  return codeOf(error) === 'SQLITE_CONSTRAINT_TRIGGER' && error instanceof Error && error.message === message
}
