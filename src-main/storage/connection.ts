import Database from 'better-sqlite3'
import { AppError, ERRORS } from '@contract/errors'
import { named } from './failures'

export type Connection = Database.Database

export interface ConnectionOptions {
  readonly file: string
  /** 32 bytes; SQLCipher takes them raw, without a pass-phrase derivation. */
  readonly key: Uint8Array
  /** The compiled binding, where the runtime cannot load the shipped one. */
  readonly nativeBinding?: string | undefined
  readonly mustExist?: boolean
}

/** Written into the header of the file: "MCUA". */
export const APPLICATION_ID = 0x4d435541
export const BUSY_TIMEOUT_MS = 5000
/** Older versions can corrupt a WAL database that two connections reset at once (sqlite.org/wal.html, "WAL-reset bug"). */
export const LOWEST_SQLITE = [3, 51, 3] as const

/** What holds while the file is open: set, then read back. */
const SETTINGS: readonly (readonly [name: string, value: string | number])[] = [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['fullfsync', 1],
  ['checkpoint_fullfsync', 1],
  ['foreign_keys', 1],
  // Without it REPLACE would delete rows of an append-only table past its triggers.
  ['recursive_triggers', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['mmap_size', 0],
  ['temp_store', 2],
  ['secure_delete', 1],
  ['busy_timeout', BUSY_TIMEOUT_MS],
]

/**
 * Opens a SQLite file. A runtime with a Node-API below 10 dies on loading the shipped binding,
 * so without a compiled one this throws instead.
 */
export function openFile(file: string, nativeBinding: string | undefined, options: Database.Options): Connection {
  if (nativeBinding !== undefined) return new Database(file, { ...options, nativeBinding })
  if (Number(process.versions['napi'] ?? 0) < 10) throw new Error('this runtime needs the compiled SQLite binding: run the set-up')
  return new Database(file, options)
}

interface Keyed {
  key(bytes: Buffer): number
}

/** The encrypting fork adds `key`; the published types do not know it. */
const takesKey = (db: Connection): db is Connection & Keyed => 'key' in db && typeof db.key === 'function'

function giveKey(db: Connection, bytes: Buffer): void {
  if (!takesKey(db)) throw new Error('this SQLite binding does not encrypt')
  db.key(bytes)
}

/** Raw key in SQLCipher's notation x'…', built as bytes so that they can be wiped. */
function rawKey(key: Uint8Array): Buffer {
  if (key.length !== 32) throw new RangeError('the database key has 32 bytes')
  const quoted = Buffer.alloc(67)
  quoted.write("x'", 0, 'ascii')
  quoted.write(Buffer.from(key.buffer, key.byteOffset, key.length).toString('hex'), 2, 'ascii')
  quoted.write("'", 66, 'ascii')
  return quoted
}

export const readPragma = (db: Connection, name: string): unknown => db.pragma(name, { simple: true })

/** Throws LOI-000 with the setting's name when SQLite did not take it. */
function assertSetting(db: Connection, name: string, value: string | number): void {
  if (readPragma(db, name) === value) return
  throw new AppError(ERRORS.storage.unexpected, { setting: name })
}

/** Throws unless the library is new enough to be trusted with a WAL database. */
export function assertSqliteVersion(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [index, lowest] of LOWEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > lowest) return
    if (part < lowest) throw new AppError(ERRORS.storage.unexpected, { sqlite: version })
  }
}

/** The settings as the open file has them. */
export function readSettings(db: Connection): Readonly<Record<string, unknown>> {
  return Object.fromEntries(SETTINGS.map(([name]) => [name, readPragma(db, name)]))
}

export function applySettings(db: Connection): void {
  for (const [name, value] of SETTINGS) {
    db.pragma(`${name} = ${value}`)
    assertSetting(db, name, value)
  }
}

/**
 * Opens an encrypted file and reads its first page.
 * Throws LUU-015 when that page does not decrypt: whether key or file is at fault is for the caller to tell.
 */
export function openEncrypted(options: ConnectionOptions): Connection {
  return named(() => {
    const settings = { timeout: BUSY_TIMEOUT_MS, fileMustExist: options.mustExist === true }
    const db = openFile(options.file, options.nativeBinding, settings)
    const key = rawKey(options.key)
    try {
      db.pragma("cipher = 'sqlcipher'")
      giveKey(db, key)
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return db
    } catch (error) {
      db.close()
      throw error
    } finally {
      key.fill(0)
    }
  })
}
