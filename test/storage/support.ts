import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { AppError } from '@contract/errors'
import { type Clock, openStore, silent, type Store, type StoreOptions } from '../../src-main/storage'

export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')
export const KEY = Buffer.alloc(32, 7)
export const fixedClock = (text = '2026-11-23T07:20:00.000Z'): Clock => ({ now: () => new Date(text) })
export const nativeBinding = process.env['MOTCUA_SQLITE_BINDING']

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const storeOptions = (folder: string, changed: Partial<StoreOptions> = {}): StoreOptions => ({
  folder, key: KEY, migrationsFolder: MIGRATIONS, nativeBinding, clock: fixedClock(), log: silent, ...changed,
})

/** An open store on real files, closed and gone after the test. */
export function temporaryStore(changed: Partial<StoreOptions> = {}): Store {
  const store = openStore(storeOptions(temporaryFolder(), changed))
  onTestFinished(() => store.close())
  return store
}

/** A row in a table of the foundation, for tests that only need some row. */
export function putRow(store: Store, key: string, value: unknown = {}): void {
  store.write((tx) =>
    tx.run('INSERT INTO setting (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)', [key, JSON.stringify(value), '2026-11-23T07:20:00.000Z', 'system']))
}

export const rowKeys = (store: Store): readonly string[] =>
  store.read.all('SELECT key FROM setting ORDER BY key', [], (row) => row.text('key'))

/** The code of the error that the work throws, or undefined when it throws none. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

export async function codeOfAsync(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}
