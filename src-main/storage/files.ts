import { closeSync, fsync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'

const fsyncAsync = promisify(fsync)

/** Makes a rename or a new name in the folder last through a power cut. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** As `syncFolder`, while the event loop goes on. */
export async function syncFolderAsync(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    await fsyncAsync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes a folder that only this user can enter. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

function writeSynced(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'wx', 0o600)
  try {
    let written = 0
    while (written < bytes.length) written += writeSync(handle, bytes, written)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a file at once and for good: a reader or a crash sees the old bytes or the new, never half. */
export function writeFileAtomic(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    writeSynced(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Writes and removes a byte, so that a folder that cannot be written is found out before anything is begun. */
export function probeWritable(folder: string): void {
  const probe = join(folder, `.probe-${randomUUID()}`)
  try {
    writeSynced(probe, Uint8Array.of(0))
  } finally {
    rmSync(probe, { force: true })
  }
}
