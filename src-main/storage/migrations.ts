import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, ERRORS } from '@contract/errors'
import { APPLICATION_ID, type Connection, readPragma } from './connection'
import { named } from './failures'

export interface Migration {
  readonly version: number
  /** File name without `.sql`, e.g. `0001_foundation`. */
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

interface Applied {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/

const LEDGER = `CREATE TABLE IF NOT EXISTS migration (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  name TEXT NOT NULL UNIQUE,
  checksum TEXT NOT NULL CHECK (length(checksum) = 64),
  applied_at TEXT NOT NULL
) STRICT`

/** Reads `NNNN_name.sql` files in order. Line ends do not count: a check-out may change them. */
export function readMigrations(folder: string): readonly Migration[] {
  const files = named(() => readdirSync(folder)).filter((file) => FILE_NAME.test(file)).sort()
  const migrations = files.map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    return { version: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, checksum }
  })
  const twice = migrations.find((migration, index) => migration.version === migrations[index + 1]?.version)
  if (twice) throw new Error(`two migrations have number ${twice.version}`)
  return migrations
}

function readLedger(db: Connection): readonly Applied[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get()
  if (exists === undefined) return []
  return db.prepare<[], Applied>('SELECT version, name, checksum FROM migration ORDER BY version').all()
}

/**
 * The migrations still to run. Throws LUU-015 for a file that is not ours, LUU-016 for one made by a newer program,
 * LUU-020 when a migration that has run was changed, taken away or slipped in behind.
 */
export function pendingMigrations(db: Connection, known: readonly Migration[]): readonly Migration[] {
  const version = Number(readPragma(db, 'user_version'))
  const newest = known.at(-1)?.version ?? 0
  const application = Number(readPragma(db, 'application_id'))
  if (version > 0 && application !== APPLICATION_ID) throw new AppError(ERRORS.storage.corrupt, { application })
  if (version > newest) throw new AppError(ERRORS.storage.newerDatabase, { found: version, known: newest })
  for (const applied of readLedger(db)) {
    const file = known.find((migration) => migration.version === applied.version)
    if (file?.checksum !== applied.checksum || file.name !== applied.name) {
      throw new AppError(ERRORS.storage.migrationChanged, { version: applied.version })
    }
  }
  const ledger = new Set(readLedger(db).map((applied) => applied.version))
  const pending = known.filter((migration) => !ledger.has(migration.version))
  const late = pending.find((migration) => migration.version < version)
  if (late) throw new AppError(ERRORS.storage.migrationChanged, { version: late.version })
  return pending
}

function assertReferences(db: Connection, version: number): void {
  const broken = db.prepare('SELECT 1 FROM pragma_foreign_key_check').get()
  if (broken !== undefined) throw new Error(`migration ${version} leaves broken references`)
}

function runOne(db: Connection, migration: Migration, now: Date): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(LEDGER)
    db.exec(migration.sql)
    assertReferences(db, migration.version)
    db.prepare('INSERT INTO migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
      migration.version, migration.name, migration.checksum, now.toISOString(),
    )
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${migration.version}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** Runs each migration in a transaction of its own; a failure leaves the file at the one before. */
export function runMigrations(db: Connection, pending: readonly Migration[], now: Date): void {
  // Off outside the transactions so that a migration may rebuild a table; each is checked before it commits.
  db.pragma('foreign_keys = 0')
  try {
    for (const migration of pending) named(() => runOne(db, migration, now))
  } finally {
    db.pragma('foreign_keys = 1')
  }
}
