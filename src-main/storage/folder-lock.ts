import { join } from 'node:path'
import { openFile } from './connection'
import { named } from './failures'

export interface FolderLock {
  release(): void
}

/**
 * Makes this process the only owner of a data folder, through the operating system's lock on an empty side file:
 * it ends with the process however that ends. Throws LUU-017 when another owner is there.
 */
export function lockFolder(folder: string, nativeBinding?: string): FolderLock {
  return named(() => {
    const db = openFile(join(folder, 'motcua.lock'), nativeBinding, { timeout: 0 })
    try {
      db.pragma('locking_mode = EXCLUSIVE')
      db.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      db.close()
      throw error
    }
    return { release: () => void db.close() }
  })
}
