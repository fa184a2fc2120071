import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type ErrorCode } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import { LARGEST_TRUST_FILE } from '@contract/trust'
import { admit } from './admission'
import type { Trust } from './chain'
import { readTrustFile, type TrustFile } from './trust-file'

const MOST_FILES = 2000

export type FolderTrust = Trust & Readonly<{ skipped: readonly Readonly<{ file: string; code: ErrorCode }>[] }>

/**
 * Roots and revocation lists of a folder, for `chip.inspect`: every file in it is trusted as if an administrator had imported it, in whatever order
 * suits. Files that are none are named, not fatal. @throws Error of the file system when the folder cannot be read
 */
export async function folderAnchors(folder: string): Promise<FolderTrust> {
  const skipped: { file: string; code: ErrorCode }[] = []
  const parsed: { file: string; read: TrustFile }[] = []
  const named = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).slice(0, MOST_FILES)
  for (const file of named.map(({ name }) => name).sort()) {
    const code = await readInto(parsed, folder, file)
    if (code !== null) skipped.push({ file, code })
  }
  let trust: Trust = { anchors: [], revocationLists: [] }
  // What hangs on a root of another file is admitted once that root is there.
  for (let waiting = parsed; waiting.length > 0;) {
    const left: typeof parsed = []
    const codes: ErrorCode[] = []
    for (const one of waiting) {
      const added = attempt(() => admit(one.read, trust.anchors))
      if ('code' in added) {
        left.push(one)
        codes.push(added.code)
      } else trust = { anchors: [...trust.anchors, ...added.anchors], revocationLists: [...trust.revocationLists, ...added.revocationLists] }
    }
    if (left.length === waiting.length) {
      skipped.push(...left.map(({ file }, index) => ({ file, code: codes[index] ?? trustErrors.unreadable })))
      break
    }
    waiting = left
  }
  return { ...trust, skipped }
}

async function readInto(parsed: { file: string; read: TrustFile }[], folder: string, file: string): Promise<ErrorCode | null> {
  const path = join(folder, file)
  if ((await stat(path)).size > LARGEST_TRUST_FILE) return trustErrors.tooLarge
  const bytes = await readFile(path)
  const read = attempt(() => readTrustFile(file, bytes))
  if ('code' in read) return read.code
  parsed.push({ file, read })
  return null
}

function attempt<T extends object>(act: () => T): T | { code: ErrorCode } {
  try {
    return act()
  } catch (error) {
    if (error instanceof AppError) return { code: error.code }
    throw error
  }
}
