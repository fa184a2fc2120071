import { existsSync } from 'node:fs'
import { AppError, ERRORS } from '@contract/errors'
import { backUp, type BackupReason } from './backup'
import { applySettings, assertSqliteVersion, type Connection, openEncrypted, readPragma, readSettings } from './connection'
import { named, storageFailure } from './failures'
import { makeFolder, probeWritable } from './files'
import { type FolderLock, lockFolder } from './folder-lock'
import { pendingMigrations, readMigrations, runMigrations } from './migrations'
import type { Clock, Log } from './ports'
import { compareKey, databaseFile, databaseSize, markRunning, markStopped, rememberKey, wasLeftRunning } from './side-files'
import { asWriteTx, type Reader, statements, type Statements, type WriteTx } from './statements'

export interface StoreOptions {
  /** The data folder; made when it is not there. */
  readonly folder: string
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly migrationsFolder: string
  readonly nativeBinding?: string | undefined
  readonly clock: Clock
  readonly log: Log
}

export interface Health {
  readonly sound: boolean
  readonly problems: number
}

export interface Store {
  readonly folder: string
  readonly read: Reader
  /** True when the run before this one did not close the store: power cut, crash, kill. */
  readonly leftRunning: boolean
  /** True when this opening made the database. */
  readonly created: boolean
  /**
   * Runs `act` in one transaction that is on the disk when this returns, or has left no trace when it throws.
   * `act` must not wait for anything and must not call `write`.
   */
  write<T>(act: (tx: WriteTx) => T): T
  /** `quick` leaves out that indexes agree with their tables. Reads the whole file. */
  check(depth: 'quick' | 'full'): Health
  /** Makes a verified, encrypted copy in `backups/` and returns its path. */
  backup(reason: BackupReason): Promise<string>
  /** Moves everything from the write-ahead log into the file and empties the log. */
  checkpoint(): void
  /** The settings SQLite has in force, as read back from it. */
  settings(): Readonly<Record<string, unknown>>
  close(): void
}

/** Longest time that written pages stay in the write-ahead log only. */
export const CHECKPOINT_AFTER_MS = 30_000

export function checkHealth(db: Connection, depth: 'quick' | 'full'): Health {
  try {
    const rows = db.prepare<[]>(`PRAGMA ${depth === 'quick' ? 'quick_check' : 'integrity_check'}`).pluck().all()
    const sound = rows.length === 1 && rows[0] === 'ok'
    return { sound, problems: sound ? 0 : rows.length }
  } catch (error) {
    if (storageFailure(error)?.code === ERRORS.storage.corrupt) return { sound: false, problems: 1 }
    throw error
  }
}

/** Opens the file and tells a wrong key (LUU-018), a lost file (LUU-024) and a damaged one (LUU-015) apart. */
function openChecked(options: StoreOptions): { db: Connection; created: boolean } {
  const { folder, key, nativeBinding } = options
  const comparison = compareKey(folder, key)
  if (comparison === 'wrong') throw new AppError(ERRORS.storage.wrongKey)
  if (comparison === 'right' && !existsSync(databaseFile(folder))) throw new AppError(ERRORS.storage.databaseMissing)
  const empty = databaseSize(folder) === 0
  if (comparison === 'right' && empty) throw new AppError(ERRORS.storage.corrupt, { detail: 'empty' })
  try {
    return { db: openEncrypted({ file: databaseFile(folder), key, nativeBinding }), created: empty }
  } catch (error) {
    const unreadable = storageFailure(error)?.code === ERRORS.storage.corrupt
    if (unreadable && comparison === 'unknown') throw new AppError(ERRORS.storage.wrongKey, {}, { cause: error })
    throw error
  }
}

function prepare(db: Connection, options: StoreOptions, leftRunning: boolean): void {
  const { folder, key, nativeBinding, clock, log } = options
  assertSqliteVersion(String(db.prepare('SELECT sqlite_version()').pluck().get()))
  const pending = pendingMigrations(db, readMigrations(options.migrationsFolder))
  applySettings(db)
  if (leftRunning && !checkHealth(db, 'quick').sound) throw new AppError(ERRORS.storage.corrupt, { detail: 'quick_check' })
  if (pending.length > 0 && Number(readPragma(db, 'user_version')) > 0) {
    backUp({ db, folder, key, nativeBinding, now: clock.now(), reason: 'migration' })
  }
  runMigrations(db, pending, clock.now())
  log('storage.opened', { version: Number(readPragma(db, 'user_version')), migrated: pending.length, leftRunning })
}

function transactor(db: Connection, access: Statements, committed: () => void): Store['write'] {
  let busy = false
  return <T>(act: (tx: WriteTx) => T): T => {
    if (busy) throw new Error('a write inside a write')
    busy = true
    let open = true
    const live = (): Statements => {
      if (!open || !db.inTransaction) throw new Error('the transaction is over')
      return access
    }
    const tx = asWriteTx({
      get: (sql, params, map) => live().get(sql, params, map),
      all: (sql, params, map) => live().all(sql, params, map),
      run: (sql, params) => live().run(sql, params),
    })
    try {
      db.exec('BEGIN IMMEDIATE')
      const result = act(tx)
      if (result instanceof Promise) throw new Error('a write may not wait')
      db.exec('COMMIT')
      committed()
      return result
    } catch (error) {
      // A full disk may have rolled back already.
      if (db.inTransaction) db.exec('ROLLBACK')
      throw storageFailure(error) ?? error
    } finally {
      open = false
      busy = false
    }
  }
}

/** Empties the write-ahead log at most half a minute after a commit, so that what was deleted does not linger in it. */
function checkpointer(db: Connection, log: Log): { readonly soon: () => void; readonly now: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined
  const now = (): void => {
    if (db.open && !db.inTransaction) db.pragma('wal_checkpoint(TRUNCATE)')
  }
  const stop = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      try {
        now()
      } catch (error) {
        log('storage.checkpoint-failed', { code: storageFailure(error)?.code ?? ERRORS.storage.unexpected })
      }
    }, CHECKPOINT_AFTER_MS).unref()
  }
  return { soon, now, stop }
}

function storeOver(db: Connection, options: StoreOptions, facts: { leftRunning: boolean; created: boolean }, lock: FolderLock): Store {
  const { folder, key, nativeBinding, clock, log } = options
  const { reader, writer } = statements(db, log)
  const checkpoints = checkpointer(db, log)
  const settle = (): void => {
    try {
      db.pragma('optimize')
      checkpoints.now()
    } catch (error) {
      log('storage.close-incomplete', { code: storageFailure(error)?.code ?? ERRORS.storage.unexpected })
    }
  }
  return {
    folder,
    ...facts,
    read: reader,
    write: transactor(db, writer, checkpoints.soon),
    check: (depth) => checkHealth(db, depth),
    backup: (reason) => Promise.resolve().then(() => backUp({ db, folder, key, nativeBinding, now: clock.now(), reason })),
    checkpoint: () => named(checkpoints.now),
    settings: () => readSettings(db),
    close: () => {
      if (!db.open) return
      checkpoints.stop()
      settle()
      db.close()
      markStopped(folder)
      lock.release()
    },
  }
}

/**
 * Opens the database of a data folder for this process alone, brings it to the newest version and vouches for its settings.
 * Throws LUU-013 full disk, LUU-014 read-only folder, LUU-015 damaged, LUU-016 newer, LUU-017 already open,
 * LUU-018 wrong key, LUU-020 changed migration, LUU-024 database lost. Never moves or deletes the database.
 */
export function openStore(options: StoreOptions): Store {
  const { folder, key, clock } = options
  named(() => {
    makeFolder(folder)
    probeWritable(folder)
  })
  const lock = lockFolder(folder, options.nativeBinding)
  let db: Connection | undefined
  try {
    return named(() => {
      const leftRunning = wasLeftRunning(folder)
      const opened = openChecked(options)
      db = opened.db
      prepare(db, options, leftRunning)
      if (compareKey(folder, key) === 'unknown') rememberKey(folder, key)
      markRunning(folder, clock.now())
      return storeOver(db, options, { leftRunning, created: opened.created }, lock)
    })
  } catch (error) {
    db?.close()
    lock.release()
    throw error
  }
}
