import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The project, and with it the built app. */
export const projectRoot = process.env['MOTCUA_APP'] ?? resolve(import.meta.dirname, '../..')
export const resourcesFolder = join(projectRoot, 'resources')
export const migrationsFolder = join(projectRoot, 'migrations')
/** The SQLite binding for runtimes that cannot load the shipped one. */
export const nativeBinding = process.env['MOTCUA_SQLITE_BINDING']
/** The built thread that hashes documents. */
export const hashThread = pathToFileURL(join(projectRoot, 'out/main/hashing.js'))
/** What is made once and used by later runs; safe to delete. */
export const cacheFolder = join(tmpdir(), 'mot-cua-bench')

/** Works in a folder that is gone afterwards. */
export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-bench-run-'))
  try {
    return await act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
