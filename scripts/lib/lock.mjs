import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A holder shows that it lives by touching the file; one that has not for this long is taken for dead. */
const SILENT_MS = 60_000
const TOUCH_MS = 5_000

/**
 * Runs `act` while holding the lock file; waits when another process holds it, takes over from a dead one.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} act
 * @param {{ onWait?: (holder: string) => void, pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(path, act, { onWait, pollMs = 250 } = {}) {
  await mkdir(dirname(path), { recursive: true })
  let told = false
  while (!(await take(path))) {
    const holder = await holderOf(path)
    if (holder === undefined) continue
    if (holder.dead) {
      await setAside(path, holder.text)
      continue
    }
    if (!told) onWait?.(holder.name)
    told = true
    await sleep(pollMs)
  }
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), TOUCH_MS)
  touch.unref()
  try {
    return await act()
  } finally {
    clearInterval(touch)
    await rm(path, { force: true })
  }
}

/** @param {string} path */
async function take(path) {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }))
    await file.close()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Who holds the lock; undefined when it was let go meanwhile.
 * @param {string} path
 */
async function holderOf(path) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    const silent = Date.now() - mtimeMs > SILENT_MS
    const { pid, host } = parse(text)
    const ended = host === hostname() && pid !== undefined && !runs(pid)
    return { text, name: pid === undefined ? 'another process' : `process ${String(pid)}`, dead: silent || ended }
  } catch {
    return undefined
  }
}

/**
 * @param {string} text
 * @returns {{ pid?: number, host?: string }}
 */
function parse(text) {
  try {
    const { pid, host } = JSON.parse(text)
    return { ...(Number.isInteger(pid) ? { pid } : {}), ...(typeof host === 'string' ? { host } : {}) }
  } catch {
    return {}
  }
}

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Moves a dead holder's file away. Two waiters may try at once: the one that finds it has moved a living lock puts it back.
 * @param {string} path
 * @param {string} expected
 */
async function setAside(path, expected) {
  const aside = `${path}.${String(process.pid)}.dead`
  try {
    await rename(path, aside)
    if ((await readFile(aside, 'utf8')) === expected) await rm(aside, { force: true })
    else await rename(aside, path)
  } catch {
    await rm(aside, { force: true })
  }
}
