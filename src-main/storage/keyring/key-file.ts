import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, ERRORS } from '@contract/errors'
import { AccountId } from '@contract/ids'
import { named } from '../failures'
import { makeFolder, syncFolder, writeFileAtomic } from '../files'
import { Envelope } from './envelope'

const OfficerEnvelope = Envelope.extend({
  account: AccountId,
  /** HMAC of the folded login name under the file's own salt: finds the envelope, tells no name. */
  tag: z.string(),
  /** Names the secret that this envelope was sealed under. */
  secretId: z.string(),
})
export type OfficerEnvelope = z.infer<typeof OfficerEnvelope>

export const KeyFile = z.object({
  format: z.literal('mot-cua/keyring'),
  version: z.literal(1),
  id: z.string().min(1),
  fingerprint: z.string().min(1),
  tagSalt: z.string().min(1),
  /** The key as the operating system's key store wrapped it; null where there is none to trust. */
  os: z.object({ wrapper: z.string(), wrapped: z.string() }).nullable(),
  recovery: Envelope,
  officers: z.array(OfficerEnvelope),
})
export type KeyFile = z.infer<typeof KeyFile>

export const keyFilePath = (folder: string): string => join(folder, 'key.json')
/** What the first run writes until the database behind it is complete. */
export const pendingKeyFilePath = (folder: string): string => join(folder, 'key.json.pending')

const currentPath = (folder: string): string =>
  existsSync(keyFilePath(folder)) ? keyFilePath(folder) : pendingKeyFilePath(folder)

/** Throws LUU-019 when the key file is not there or cannot be read as one. */
export function readKeyFile(folder: string): KeyFile {
  const path = currentPath(folder)
  if (!existsSync(path)) throw new AppError(ERRORS.storage.keyMissing)
  const text = named(() => readFileSync(path, 'utf8'))
  try {
    return KeyFile.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError(ERRORS.storage.keyMissing, { detail: 'unreadable' }, { cause: error })
  }
}

const bytesOf = (file: KeyFile): Buffer => Buffer.from(`${JSON.stringify(file, null, 2)}\n`)

export function writeKeyFile(folder: string, file: KeyFile): void {
  named(() => writeFileAtomic(currentPath(folder), bytesOf(file)))
}

export function writePendingKeyFile(folder: string, file: KeyFile): void {
  named(() => {
    makeFolder(folder)
    writeFileAtomic(pendingKeyFilePath(folder), bytesOf(file))
  })
}

/** Makes the key file of the first run the real one. */
export function confirmKeyFile(folder: string): void {
  named(() => {
    renameSync(pendingKeyFilePath(folder), keyFilePath(folder))
    syncFolder(folder)
  })
}
