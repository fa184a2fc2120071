import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SetupError, shown } from './say.mjs'

/**
 * Digest of a file as in a lockfile: `sha512-<base64>`.
 * @param {string} path
 */
export async function integrityOf(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return `sha512-${hash.digest('base64')}`
}

/**
 * Refuses a file whose bytes are not the expected ones, and removes it so that the next run fetches it anew.
 * @param {string} path
 * @param {string} expected `sha512-<base64>`
 */
export async function assertIntegrity(path, expected) {
  const found = await integrityOf(path)
  if (found === expected) return
  await rm(path, { force: true })
  throw new SetupError(`${shown(path)} is not the file that was expected (its SHA-512 differs), so it was removed and nothing was installed from it. Run the command again; if it happens again, something between you and the package registry changes files.`)
}

/**
 * Makes a folder whole or not at all: `fill` works in a neighbour that is renamed into place at the end.
 * What an interrupted run left behind is thrown away first. The caller holds the set-up lock.
 * @param {string} target
 * @param {(working: string) => Promise<void>} fill
 */
export async function folderAtOnce(target, fill) {
  const working = `${target}.part`
  await rm(working, { recursive: true, force: true })
  await mkdir(working, { recursive: true })
  await fill(working)
  await rm(target, { recursive: true, force: true })
  await rename(working, target)
}

/**
 * Writes a small file whole or not at all.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
export async function fileAtOnce(path, content) {
  await mkdir(dirname(path), { recursive: true })
  const working = `${path}.${String(process.pid)}.part`
  await writeFile(working, content)
  await rename(working, path)
}

/**
 * A JSON file as unknown; undefined when it is missing or not JSON.
 * @param {string} path
 * @returns {Promise<unknown>}
 */
export async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The project's root folder. */
export const projectRoot = join(import.meta.dirname, '..', '..')
