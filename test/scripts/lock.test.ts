import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../scripts/lib/lock.mjs'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mot-cua-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const path = () => join(folder, 'a', 'set-up.lock')

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid ?? 0
}

describe('the set-up lock', () => {
  it('lets one at a time in, however many come at once', async () => {
    let inside = 0
    let most = 0
    const visit = () => withLock(path(), async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(5)
      inside -= 1
    }, { pollMs: 3 })
    await Promise.all(Array.from({ length: 12 }, visit))
    expect(most).toBe(1)
  })

  it('hands back what the act gives', async () => {
    expect(await withLock(path(), () => Promise.resolve(7))).toBe(7)
  })

  it('is let go when the act fails', async () => {
    await withLock(path(), () => Promise.reject(new Error('no'))).catch(() => undefined)
    expect(existsSync(path())).toBe(false)
  })

  it('says whom it waits for', async () => {
    const waited: string[] = []
    const first = withLock(path(), () => sleep(60))
    await sleep(20)
    await withLock(path(), () => Promise.resolve(), { pollMs: 5, onWait: (holder) => waited.push(holder) })
    await first
    expect(waited).toEqual([`process ${String(process.pid)}`])
  })

  it('is taken over from a process that has ended', async () => {
    await withLock(path(), () => Promise.resolve())
    await writeFile(path(), JSON.stringify({ pid: await endedProcess(), host: hostname() }))
    expect(await withLock(path(), () => Promise.resolve('in'), { pollMs: 5 })).toBe('in')
  })

  it('is taken over from a holder on another machine that has long been silent', async () => {
    await withLock(path(), () => Promise.resolve())
    await writeFile(path(), JSON.stringify({ pid: 1, host: 'elsewhere' }))
    const longAgo = new Date(Date.now() - 120_000)
    await utimes(path(), longAgo, longAgo)
    expect(await withLock(path(), () => Promise.resolve('in'), { pollMs: 5 })).toBe('in')
  })

  it('is not taken from a holder that lives', async () => {
    await withLock(path(), () => Promise.resolve())
    await writeFile(path(), JSON.stringify({ pid: process.pid, host: hostname() }))
    let taken = false
    const waiting = withLock(path(), () => Promise.resolve((taken = true)), { pollMs: 5 })
    await sleep(60)
    const early = taken
    await rm(path())
    await waiting
    expect(early).toBe(false)
  })

  it('names its holder while it is held', async () => {
    const text = await withLock(path(), () => readFile(path(), 'utf8'))
    expect(JSON.parse(text)).toEqual({ pid: process.pid, host: hostname() })
  })
})
