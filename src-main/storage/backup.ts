import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, ERRORS } from '@contract/errors'
import { type Connection, openEncrypted, readPragma } from './connection'
import { named } from './failures'
import { makeFolder, syncFolder } from './files'

export type BackupReason = 'migration' | 'scheduled' | 'manual'

export interface BackupOptions {
  readonly db: Connection
  readonly folder: string
  readonly key: Uint8Array
  readonly nativeBinding?: string | undefined
  readonly now: Date
  readonly reason: BackupReason
}

export const KEPT_BACKUPS = 5
const BACKUP_NAME = /^motcua-\d{8}T\d{9}Z-[a-z]+\.db$/

export const backupFolder = (folder: string): string => join(folder, 'backups')

/** The backups of a data folder, oldest first. */
export function listBackups(folder: string): readonly string[] {
  makeFolder(backupFolder(folder))
  const names = readdirSync(backupFolder(folder)).filter((name) => BACKUP_NAME.test(name)).sort()
  return names.map((name) => join(backupFolder(folder), name))
}

/** Number of rows of every table, and the numbers in the header: what a faithful copy has the same of. */
function contents(db: Connection): string {
  const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
  const count = ({ name }: { name: string }): readonly [string, unknown] => [
    name, db.prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`).pluck().get(),
  ]
  return JSON.stringify([readPragma(db, 'user_version'), readPragma(db, 'application_id'), tables.map(count)])
}

function verifyCopy(file: string, options: BackupOptions): void {
  const copy = openEncrypted({ file, key: options.key, nativeBinding: options.nativeBinding, mustExist: true })
  try {
    const sound = readPragma(copy, 'integrity_check') === 'ok'
    if (!sound || contents(copy) !== contents(options.db)) throw new AppError(ERRORS.storage.diskFault, { backup: 1 })
  } finally {
    copy.close()
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function prune(folder: string, justMade: string): void {
  const older = listBackups(folder).filter((file) => file !== justMade)
  const surplus = older.slice(0, Math.max(0, older.length - (KEPT_BACKUPS - 1)))
  for (const file of surplus) rmSync(file, { force: true })
}

/**
 * Copies the database, encrypted under the same key, into `backups/`, reads the copy back (integrity, row counts)
 * and keeps the newest five. Blocks while it copies. Returns the path.
 * VACUUM INTO, unlike VACUUM, keeps row numbers, which the search joins on; a test holds it to that.
 */
export function backUp(options: BackupOptions): string {
  return named(() => {
    makeFolder(backupFolder(options.folder))
    const stamp = options.now.toISOString().replaceAll(/[-:.]/g, '')
    const file = join(backupFolder(options.folder), `motcua-${stamp}-${options.reason}.db`)
    const partial = `${file}.partial`
    rmSync(partial, { force: true })
    try {
      options.db.prepare('VACUUM INTO ?').run(partial)
      syncFile(partial)
      verifyCopy(partial, options)
      renameSync(partial, file)
    } catch (error) {
      rmSync(partial, { force: true })
      throw error
    }
    syncFolder(backupFolder(options.folder))
    prune(options.folder, file)
    return file
  })
}
