import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups, openStore } from '../../src-main/storage'
import { openEncrypted } from '../../src-main/storage/connection'
import { readMigrations } from '../../src-main/storage/migrations'
import { codeOf, fixedClock, KEY, MIGRATIONS, nativeBinding, putRow, rowKeys, storeOptions, temporaryFolder } from './support'

/** A folder with the foundation only, to which a test adds. */
function migrationsWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder()
  cpSync(join(MIGRATIONS, '0001_foundation.sql'), join(folder, '0001_foundation.sql'))
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql)
  return folder
}

function madeWith(migrationsFolder: string): string {
  const folder = temporaryFolder()
  const store = openStore(storeOptions(folder, { migrationsFolder }))
  putRow(store, 'a')
  store.close()
  return folder
}

const NEXT = { '0002_next.sql': 'CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT;' }

test('a database made by a newer program is refused and left as it is', () => {
  const folder = madeWith(migrationsWith(NEXT))
  const before = readFileSync(join(folder, 'motcua.db'))
  const code = codeOf(() => openStore(storeOptions(folder, { migrationsFolder: migrationsWith() })))
  expect([code, readFileSync(join(folder, 'motcua.db')).equals(before)]).toEqual(['LUU-016', true])
})

test('a migration that has run and was changed since is refused', () => {
  const migrationsFolder = migrationsWith()
  const folder = madeWith(migrationsFolder)
  const file = join(migrationsFolder, '0001_foundation.sql')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- later thought`)
  expect(codeOf(() => openStore(storeOptions(folder, { migrationsFolder })))).toBe('LUU-020')
})

test('a check-out with other line ends does not count as a change', () => {
  const migrationsFolder = migrationsWith()
  const folder = madeWith(migrationsFolder)
  const file = join(migrationsFolder, '0001_foundation.sql')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
  expect(codeOf(() => openStore(storeOptions(folder, { migrationsFolder })).close())).toBeUndefined()
})

test('a migration slipped in behind one that has run is refused', () => {
  const migrationsFolder = migrationsWith({ '0003_third.sql': 'CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT;' })
  const folder = madeWith(migrationsFolder)
  writeFileSync(join(migrationsFolder, '0002_next.sql'), NEXT['0002_next.sql'])
  expect(codeOf(() => openStore(storeOptions(folder, { migrationsFolder })))).toBe('LUU-020')
})

test('an existing database is backed up before it is migrated, and the copy has the rows', () => {
  const migrationsFolder = migrationsWith()
  const folder = madeWith(migrationsFolder)
  openStore(storeOptions(folder, { migrationsFolder: migrationsWith(NEXT) })).close()
  const [file = ''] = listBackups(folder)
  const copy = openEncrypted({ file, key: KEY, nativeBinding, mustExist: true })
  expect(copy.prepare('SELECT key FROM setting').pluck().all()).toEqual(['a'])
  copy.close()
})

test('a new database is not backed up', () => {
  expect(listBackups(madeWith(migrationsWith()))).toEqual([])
})

test('a migration that fails leaves the database as it was before', () => {
  const migrationsFolder = migrationsWith()
  const folder = madeWith(migrationsFolder)
  const broken = migrationsWith({ '0002_broken.sql': 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);' })
  codeOf(() => openStore(storeOptions(folder, { migrationsFolder: broken })))
  const store = openStore(storeOptions(folder, { migrationsFolder }))
  expect(rowKeys(store)).toEqual(['a'])
  store.close()
})

test('a migration that leaves broken references is not kept', () => {
  const broken = migrationsWith({
    '0002_broken.sql': 'CREATE TABLE child (id INTEGER PRIMARY KEY, parent TEXT REFERENCES account (id)) STRICT; INSERT INTO child VALUES (1, \'nobody\');',
  })
  expect(codeOf(() => openStore(storeOptions(temporaryFolder(), { migrationsFolder: broken })))).toBe('Error: migration 2 leaves broken references')
})

test('the newest five backups are kept', async () => {
  const folder = madeWith(migrationsWith())
  for (let minute = 10; minute < 17; minute++) {
    const store = openStore(storeOptions(folder, { migrationsFolder: migrationsWith(), clock: fixedClock(`2026-11-23T07:${minute}:00.000Z`) }))
    await store.backup('scheduled')
    store.close()
  }
  expect(readdirSync(join(folder, 'backups'))).toEqual([12, 13, 14, 15, 16].map((minute) => `motcua-20261123T07${minute}00000Z-scheduled.db`))
})

test('the migrations of the program run on an empty folder', () => {
  const store = openStore(storeOptions(temporaryFolder()))
  const ran = store.read.all('SELECT name FROM migration ORDER BY version', [], (row) => row.text('name'))
  expect(ran).toEqual(readMigrations(MIGRATIONS).map((migration) => migration.name))
  store.close()
})

test('a backup keeps the row numbers of a table without an INTEGER PRIMARY KEY, which the search joins on', async () => {
  const migrationsFolder = migrationsWith({ '0002_plain.sql': 'CREATE TABLE plain (id TEXT PRIMARY KEY) STRICT; CREATE TABLE bare (id TEXT) STRICT;' })
  const folder = temporaryFolder()
  const store = openStore(storeOptions(folder, { migrationsFolder }))
  const numbers = "SELECT 'plain' AS name, rowid AS n FROM plain UNION ALL SELECT 'bare', rowid FROM bare"
  store.write((tx) => {
    for (const table of ['plain', 'bare']) {
      for (let row = 0; row < 2000; row++) tx.run(`INSERT INTO ${table} VALUES (?)`, [`row-${row}`])
      tx.run(`DELETE FROM ${table} WHERE rowid % 3 = 1`)
    }
  })
  const before = store.read.all(numbers, [], (row) => ({ name: row.text('name'), n: row.integer('n') }))
  const copy = openEncrypted({ file: await store.backup('manual'), key: KEY, nativeBinding, mustExist: true })
  expect(copy.prepare(numbers).all()).toEqual(before)
  copy.close()
  store.close()
})
