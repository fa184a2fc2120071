import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore, MemoryConfigstore, FileConfigstore } from '@tus/file-store'
import type { Upload } from '@tus/server'

/** Unfinished uploads are kept this long. */
const EXPIRATION_MS = 24 * 3_600_000

/** Stores what arrives by tus and knows the SHA-256 of exactly the bytes that lie on the disk. */
export interface DocumentFiles {
  readonly tus: FileStore
  /** SHA-256 of a complete upload: the running hash of what was written, or read back when the upload was interrupted. */
  sha256Of(upload: Upload): Promise<string>
  /** Makes the upload durable under its hash. The upload itself stays until it expires, so that HEAD can still answer. */
  keep(uploadId: string, sha256: string): Promise<void>
  discard(uploadId: string): Promise<void>
  pathOf(sha256: string): string
}

interface Running {
  hash: Hash
  offset: number
}

/** Keeps the small records of uploads in memory in front of their files: each is asked for on every request. */
function cachedConfig(directory: string): FileConfigstore {
  const files = new FileConfigstore(directory)
  const memory = new MemoryConfigstore()
  const read = files.get.bind(files)
  const write = files.set.bind(files)
  const remove = files.delete.bind(files)
  return Object.assign(files, {
    get: async (key: string): Promise<Upload | undefined> => (await memory.get(key)) ?? (await read(key)),
    set: async (key: string, value: Upload) => {
      await write(key, value)
      await memory.set(key, value)
    },
    delete: async (key: string) => {
      await memory.delete(key)
      await remove(key)
    },
  })
}

async function hashOnDisk(path: string, bytes: number): Promise<Hash> {
  const hash = createHash('sha256')
  if (bytes === 0) return hash
  for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 18 })) hash.update(chunk as Buffer)
  return hash
}

/** Appends at `running.offset`; on a good return every byte that was hashed is in the file and flushed. */
async function append(path: string, source: Readable, running: Running): Promise<void> {
  const file = await open(path, 'r+')
  try {
    for await (const chunk of source) {
      const bytes = chunk as Buffer
      running.hash.update(bytes)
      let done = 0
      while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done, running.offset + done)).bytesWritten
      running.offset += bytes.length
    }
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    await copyFile(from, to)
  }
}

/** Opens the document store under `folder` (`uploads/` for tus, `documents/ab/abcd…` for what is confirmed). */
export async function openDocumentFiles(folder: string): Promise<DocumentFiles> {
  const uploads = join(folder, 'uploads')
  await mkdir(uploads, { recursive: true })
  const running = new Map<string, Running>()
  const made = new Set<string>()
  const pathOf = (sha256: string): string => join(folder, 'documents', sha256.slice(0, 2), sha256)
  const store = new FileStore({ directory: uploads, configstore: cachedConfig(uploads), expirationPeriodInMilliseconds: EXPIRATION_MS })
  store.extensions = ['creation', 'creation-with-upload', 'expiration']

  const write: FileStore['write'] = async (source, uploadId, offset) => {
    const path = join(uploads, uploadId)
    const known = running.get(uploadId)
    running.delete(uploadId)
    const state = known?.offset === offset ? known : { hash: await hashOnDisk(path, offset), offset }
    await append(path, source, state)
    // Only a write that ended well leaves its hash behind: after a broken one the file is read back.
    running.set(uploadId, state)
    return state.offset
  }

  const create: FileStore['create'] = async (upload) => {
    const path = join(uploads, upload.id)
    await Promise.all([writeFile(path, ''), store.configstore.set(upload.id, upload)])
    return Object.assign(upload, { storage: { type: 'file', path } })
  }

  return {
    tus: Object.assign(store, { create, write }),
    pathOf,
    async sha256Of(upload) {
      const state = running.get(upload.id)
      running.delete(upload.id)
      const size = upload.size ?? 0
      const hash = state?.offset === size ? state.hash : await hashOnDisk(join(uploads, upload.id), size)
      return hash.digest('hex')
    },
    async keep(uploadId, sha256) {
      const target = pathOf(sha256)
      const parent = sha256.slice(0, 2)
      if (!made.has(parent)) await mkdir(join(folder, 'documents', parent), { recursive: true })
      made.add(parent)
      await linkOrCopy(join(uploads, uploadId), target)
    },
    async discard(uploadId) {
      await store.configstore.delete(uploadId)
      await rm(join(uploads, uploadId), { force: true })
    },
  }
}
