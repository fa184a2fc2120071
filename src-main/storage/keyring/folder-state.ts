import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { named } from '../failures'
import { syncFolder } from '../files'
import { databaseFile } from '../side-files'
import { keyFilePath, pendingKeyFilePath } from './key-file'

/**
 * `empty`: first run. `unfinished`: a first run that broke off before anything was received. `ready`: key and database.
 * `key-missing`: a database whose key file is gone; never set up anew over it.
 */
export type FolderState = 'empty' | 'unfinished' | 'ready' | 'key-missing'

export function folderState(folder: string): FolderState {
  if (existsSync(keyFilePath(folder))) return 'ready'
  if (existsSync(pendingKeyFilePath(folder))) return 'unfinished'
  return existsSync(databaseFile(folder)) ? 'key-missing' : 'empty'
}

/** Moves what a broken-off first run left into a folder beside, so that the next one starts on clean ground. */
export function setAsideUnfinished(folder: string, now: Date): void {
  named(() => {
    const aside = join(folder, `unfinished-${now.toISOString().replaceAll(/[-:.]/g, '')}`)
    const leftovers = readdirSync(folder).filter((name) => name.startsWith('motcua.') || name.startsWith('key.json'))
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const name of leftovers) renameSync(join(folder, name), join(aside, name))
    syncFolder(folder)
  })
}
