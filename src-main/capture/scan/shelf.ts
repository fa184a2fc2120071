import { AppError } from '@contract/errors'
import { storageErrors } from '@contract/errors/storage'
import { randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, rm, rmdir, statfs } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** The private place of pages that nobody has taken yet. */
export type Shelf = Readonly<{
  /** A new folder for a job, for this user alone. @throws AppError LUU-014 */
  open: (id: string) => Promise<string>
  /** Removes one page file. Gives the job's id; null for a path outside, which is left alone. */
  taken: (file: string) => Promise<string | null>
  /** Removes the folder of a job that is over, if nothing is left in it. */
  tidy: (id: string) => Promise<void>
  drop: (id: string) => Promise<void>
  /** True where so little room is left that it explains a damaged page. */
  full: () => Promise<boolean>
}>

const JOB = /^scan-[0-9a-f-]{36}$/
const LITTLE = 32 * 1024 * 1024

export const newJobId = (): string => `scan-${randomUUID()}`

/** Pages of an earlier run are removed at the start: nobody knows any more where they belong. */
export function createShelf(folder: string): Shelf {
  const root = resolve(folder)
  const ready = prepare(root)
  ready.catch(() => undefined)
  return {
    open: async (id) => {
      await ready
      const path = join(root, id)
      await mkdir(path, { mode: 0o700 })
      return path
    },
    taken: async (file) => {
      const path = resolve(file)
      const id = basename(dirname(path))
      if (path !== join(root, id, basename(path)) || !JOB.test(id)) return null
      await rm(path, { force: true })
      return id
    },
    tidy: async (id) => {
      if (JOB.test(id)) await rmdir(join(root, id)).catch(() => undefined)
    },
    drop: async (id) => {
      if (JOB.test(id)) await rm(join(root, id), { recursive: true, force: true })
    },
    full: async () => {
      const facts = await statfs(root).catch(() => null)
      return facts !== null && facts.bavail * facts.bsize < LITTLE
    },
  }
}

async function prepare(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
    if (!(await lstat(root)).isDirectory()) throw new AppError(storageErrors.readOnlyFolder)
    await chmod(root, 0o700)
    for (const name of (await readdir(root)).filter((one) => JOB.test(one))) await rm(join(root, name), { recursive: true, force: true })
  } catch (error) {
    throw error instanceof AppError ? error : new AppError(storageErrors.readOnlyFolder, {}, { cause: error })
  }
}
