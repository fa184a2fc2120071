import { createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder, writeFileAtomic } from './files'

const checkFile = (folder: string): string => join(folder, 'motcua.check')
const runningFile = (folder: string): string => join(folder, 'motcua.running')

export const databaseFile = (folder: string): string => join(folder, 'motcua.db')

/** Size of the database in bytes; 0 when there is none. */
export function databaseSize(folder: string): number {
  return statSync(databaseFile(folder), { throwIfNoEntry: false })?.size ?? 0
}

const keyCheck = (key: Uint8Array): Buffer => createHmac('sha256', key).update('mot-cua/database-key-check/v1').digest()

/**
 * Tells a wrong key from a damaged file: the database was made with a key whose check value lies beside it.
 * `unknown` = no readable check value.
 */
export function compareKey(folder: string, key: Uint8Array): 'right' | 'wrong' | 'unknown' {
  if (!existsSync(checkFile(folder))) return 'unknown'
  const stored = readFileSync(checkFile(folder))
  if (stored.length !== 32) return 'unknown'
  return timingSafeEqual(stored, keyCheck(key)) ? 'right' : 'wrong'
}

export function rememberKey(folder: string, key: Uint8Array): void {
  writeFileAtomic(checkFile(folder), keyCheck(key))
}

/** True when the last run did not close the database. */
export const wasLeftRunning = (folder: string): boolean => existsSync(runningFile(folder))

export function markRunning(folder: string, now: Date): void {
  writeFileAtomic(runningFile(folder), Buffer.from(now.toISOString()))
}

export function markStopped(folder: string): void {
  rmSync(runningFile(folder), { force: true })
  syncFolder(folder)
}
