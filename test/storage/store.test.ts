import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { flag, headroom, isUniqueViolation, openStore } from '../../src-main/storage'
import { assertSqliteVersion } from '../../src-main/storage/connection'
import { codeOf, codeOfAsync, putRow, rowKeys, storeOptions, temporaryFolder, temporaryStore } from './support'

describe('an open store', () => {
  test('has every setting in force as SQLite reads it back', () => {
    expect(temporaryStore().settings()).toEqual({
      journal_mode: 'wal', synchronous: 2, fullfsync: 1, checkpoint_fullfsync: 1, foreign_keys: 1, recursive_triggers: 1, trusted_schema: 0,
      cell_size_check: 1, mmap_size: 0, temp_store: 2, secure_delete: 1, busy_timeout: 5000,
    })
  })

  test.each([['3.51.2', 'LOI-000'], ['3.50.9', 'LOI-000'], ['3.51.3', undefined], ['3.53.4', undefined], ['4.0.0', undefined]])('on SQLite %s answers %s', (version, code) => {
    expect(codeOf(() => assertSqliteVersion(version))).toBe(code)
  })

  test('keeps what was written after it is closed and opened again', () => {
    const folder = temporaryFolder()
    const first = openStore(storeOptions(folder))
    putRow(first, 'a')
    first.close()
    const second = openStore(storeOptions(folder))
    expect(rowKeys(second)).toEqual(['a'])
    second.close()
  })

  test('knows a clean stop from one that was not', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    const clean = openStore(storeOptions(folder))
    const afterClean = clean.leftRunning
    clean.close()
    writeFileSync(join(folder, 'motcua.running'), '')
    const store = openStore(storeOptions(folder))
    expect([afterClean, store.leftRunning]).toEqual([false, true])
    store.close()
  })

  test('empties the write-ahead log when it closes', () => {
    const folder = temporaryFolder()
    const store = openStore(storeOptions(folder))
    putRow(store, 'a')
    store.close()
    expect(codeOf(() => readFileSync(join(folder, 'motcua.db-wal')))).toMatch(/ENOENT/)
  })

  test('says that it is sound', () => {
    expect(temporaryStore().check('full')).toEqual({ sound: true, problems: 0 })
  })

  test('tells how much room the disk has', () => {
    expect(headroom(temporaryStore().folder).freeBytes).toBeGreaterThan(0)
  })
})

describe('a write', () => {
  test('that throws leaves nothing', () => {
    const store = temporaryStore()
    codeOf(() => store.write((tx) => {
      tx.run('INSERT INTO setting VALUES (?, ?, ?, ?)', ['a', '{}', '2026-11-23T07:20:00.000Z', 'system'])
      throw new Error('no')
    }))
    expect(rowKeys(store)).toEqual([])
  })

  test('inside a write is refused and both leave nothing', () => {
    const store = temporaryStore()
    expect([codeOf(() => store.write(() => store.write(() => 1))), rowKeys(store)]).toEqual(['Error: a write inside a write', []])
  })

  test('may not wait', () => {
    expect(codeOf(() => temporaryStore().write(async () => 1))).toBe('Error: a write may not wait')
  })

  test('sees its own rows', () => {
    const store = temporaryStore()
    const count = store.write((tx) => {
      tx.run('INSERT INTO setting VALUES (?, ?, ?, ?)', ['a', '{}', '2026-11-23T07:20:00.000Z', 'system'])
      return tx.get('SELECT count(*) AS n FROM setting', [], (row) => row.integer('n'))
    })
    expect(count).toBe(1)
  })

  test('is of no use after its end', () => {
    const store = temporaryStore()
    const kept = store.write((tx) => tx)
    expect(codeOf(() => kept.run('DELETE FROM setting'))).toBe('Error: the transaction is over')
  })

  test('that breaks UNIQUE keeps its own error for the caller', () => {
    const store = temporaryStore()
    putRow(store, 'a')
    let seen: unknown
    try {
      putRow(store, 'a')
    } catch (error) {
      seen = error
    }
    expect(isUniqueViolation(seen, 'setting.key')).toBe(true)
  })
})

describe('a reader', () => {
  test('does not write', () => {
    const store = temporaryStore()
    putRow(store, 'a')
    const code = codeOf(() => store.read.all('DELETE FROM setting RETURNING key', [], (row) => row.text('key')))
    expect([code, rowKeys(store)]).toEqual(['Error: a reader does not write', ['a']])
  })
})

describe('a row', () => {
  const read = (sql: string, column: (row: Parameters<Parameters<ReturnType<typeof temporaryStore>['read']['get']>[2]>[0]) => unknown): unknown =>
    temporaryStore().read.get(sql, [], column)

  test('gives text as text', () => {
    expect(read("SELECT 'đ' AS a", (row) => row.text('a'))).toBe('đ')
  })

  test('gives null only where it was asked for', () => {
    expect(codeOf(() => read('SELECT NULL AS a', (row) => row.text('a')))).toBe('TypeError: column a is not text')
  })

  test('gives a flag as true or false', () => {
    expect(read(`SELECT ${flag(true)} AS a`, (row) => row.flag('a'))).toBe(true)
  })

  test('refuses a whole number that does not fit', () => {
    expect(codeOf(() => read('SELECT 9007199254740993 AS a', (row) => row.integer('a')))).toBe('TypeError: column a is not an integer')
  })

  test('refuses a column that was not asked for', () => {
    expect(codeOf(() => read('SELECT 1 AS a', (row) => row.integerOrNull('b')))).toBe('TypeError: column b is not an integer')
  })
})

describe('opening', () => {
  test('a second time in the same process is refused by name', () => {
    const store = temporaryStore()
    expect(codeOf(() => openStore(storeOptions(store.folder)))).toBe('LUU-017')
  })

  test('with a wrong key is told as a wrong key', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    expect(codeOf(() => openStore(storeOptions(folder, { key: Buffer.alloc(32, 8) })))).toBe('LUU-018')
  })

  test('with a wrong key is told as a wrong key even when the check value is gone', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    rmSync(join(folder, 'motcua.check'))
    expect(codeOf(() => openStore(storeOptions(folder, { key: Buffer.alloc(32, 8) })))).toBe('LUU-018')
  })

  test('with the right key writes a lost check value again', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    const before = readFileSync(join(folder, 'motcua.check'))
    rmSync(join(folder, 'motcua.check'))
    openStore(storeOptions(folder)).close()
    expect(readFileSync(join(folder, 'motcua.check'))).toEqual(before)
  })

  test('does not begin anew when the database was lost', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    rmSync(join(folder, 'motcua.db'))
    expect(codeOf(() => openStore(storeOptions(folder)))).toBe('LUU-024')
  })

  test('does not begin anew over an emptied file', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    writeFileSync(join(folder, 'motcua.db'), '')
    expect(codeOf(() => openStore(storeOptions(folder)))).toBe('LUU-015')
  })

  test('that failed leaves the folder free for the next', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    codeOf(() => openStore(storeOptions(folder, { key: Buffer.alloc(32, 8) })))
    expect(codeOf(() => openStore(storeOptions(folder)).close())).toBeUndefined()
  })
})

describe('a damaged file', () => {
  /** A database with far more pages of rows than of anything else, with one byte of one page turned round. */
  function damagedFolder(pick: (size: number) => number): { folder: string; bytes: Buffer } {
    const folder = temporaryFolder()
    const store = openStore(storeOptions(folder))
    for (let row = 0; row < 160; row++) putRow(store, `row-${row}`, { filler: 'x'.repeat(9000) })
    store.close()
    const bytes = readFileSync(join(folder, 'motcua.db'))
    const at = pick(bytes.length)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
    writeFileSync(join(folder, 'motcua.db'), bytes)
    return { folder, bytes }
  }
  const middle = (size: number): number => Math.floor(size / 8192) * 4096 + 1000
  const readEverything = (folder: string): void => {
    const store = openStore(storeOptions(folder))
    try {
      store.read.all('SELECT value FROM setting', [], (row) => row.text('value').length)
    } finally {
      store.close()
    }
  }

  test('in a middle page is told as damage when it is read', () => {
    expect(codeOf(() => readEverything(damagedFolder(middle).folder))).toBe('LUU-015')
  })

  test('in a middle page is found at the start after an unclean stop', () => {
    const { folder } = damagedFolder(middle)
    writeFileSync(join(folder, 'motcua.running'), '')
    expect(codeOf(() => openStore(storeOptions(folder)))).toBe('LUU-015')
  })

  test.each([['salt', 3], ['first page', 300]])('in the %s is told as damage, not as a wrong key', (_where, at) => {
    expect(codeOf(() => openStore(storeOptions(damagedFolder(() => at).folder)))).toBe('LUU-015')
  })

  test('cut off in the middle is told as damage', () => {
    const { folder, bytes } = damagedFolder(() => 0)
    bytes.writeUInt8(bytes.readUInt8(0) ^ 0xff, 0)
    writeFileSync(join(folder, 'motcua.db'), bytes.subarray(0, middle(bytes.length) - 1000))
    expect(codeOf(() => readEverything(folder))).toBe('LUU-015')
  })

  test('stays where it is, byte for byte', () => {
    const { folder, bytes } = damagedFolder(middle)
    writeFileSync(join(folder, 'motcua.running'), '')
    codeOf(() => openStore(storeOptions(folder)))
    expect(readFileSync(join(folder, 'motcua.db')).equals(bytes)).toBe(true)
  })
})

test('a store that is closed cannot be backed up', async () => {
  const store = temporaryStore()
  store.close()
  expect(await codeOfAsync(() => store.backup('manual'))).toMatch(/not open/)
})
