import { statfsSync } from 'node:fs'
import { named } from './failures'

export interface Headroom {
  readonly freeBytes: number
  /** `low`: say so on the strip; `critical`: take no new document, the database still has room to commit. */
  readonly level: 'ample' | 'low' | 'critical'
}

export const LOW_BYTES = 1024 ** 3
export const CRITICAL_BYTES = 200 * 1024 ** 2

/** Room left for this user on the disk that holds the folder. */
export function headroom(folder: string): Headroom {
  const { bavail, bsize } = named(() => statfsSync(folder))
  const freeBytes = bavail * bsize
  if (freeBytes < CRITICAL_BYTES) return { freeBytes, level: 'critical' }
  return { freeBytes, level: freeBytes < LOW_BYTES ? 'low' : 'ample' }
}
