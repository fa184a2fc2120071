import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Cache folder of the set-up: outside the project, shared by all clones, safe to delete. */
export function cacheFolder() {
  if (process.env.MOTCUA_CACHE) return process.env.MOTCUA_CACHE
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'mot-cua', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'mot-cua')
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mot-cua')
}

/** Where the compiled SQLite binding for old runtimes lies (Node-API below 10 cannot load the shipped one). */
export function compiledBindingPath() {
  return join(cacheFolder(), 'sqlite', `13.0.3-${process.platform}-${process.arch}`, 'better_sqlite3.node')
}

/**
 * The binding that a runtime must load: undefined means the one shipped in the package.
 * @param {{ readonly [name: string]: string | undefined }} versions `process.versions` of the runtime that will load it
 */
export function sqliteBinding(versions) {
  if (Number(versions.napi ?? 0) >= 10) return undefined
  const compiled = compiledBindingPath()
  return existsSync(compiled) ? compiled : undefined
}
