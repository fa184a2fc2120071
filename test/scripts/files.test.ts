import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertIntegrity, fileAtOnce, folderAtOnce, integrityOf } from '../../scripts/lib/files.mjs'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mot-cua-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the integrity check', () => {
  it('writes a digest as a lockfile does', async () => {
    await writeFile(join(folder, 'a'), 'abc')
    expect(await integrityOf(join(folder, 'a'))).toBe(`sha512-${createHash('sha512').update('abc').digest('base64')}`)
  })

  it('accepts a file whose bytes are the expected ones', async () => {
    await writeFile(join(folder, 'a'), Buffer.alloc(3_000_000, 7))
    const expected = await integrityOf(join(folder, 'a'))
    await expect(assertIntegrity(join(folder, 'a'), expected)).resolves.toBeUndefined()
  })

  it('refuses a file with one changed byte', async () => {
    const bytes = Buffer.alloc(3_000_000, 7)
    await writeFile(join(folder, 'a'), bytes)
    const expected = await integrityOf(join(folder, 'a'))
    bytes[2_999_999] = 8
    await writeFile(join(folder, 'a'), bytes)
    await expect(assertIntegrity(join(folder, 'a'), expected)).rejects.toThrow(/not the file that was expected/)
  })

  it('removes a refused file, so that the next run fetches it anew', async () => {
    await writeFile(join(folder, 'a'), 'changed')
    await assertIntegrity(join(folder, 'a'), 'sha512-other').catch(() => undefined)
    expect(existsSync(join(folder, 'a'))).toBe(false)
  })
})

describe('a folder made at once', () => {
  const target = () => join(folder, 'made')

  it('is not there when filling it was interrupted', async () => {
    await folderAtOnce(target(), async (working) => {
      await writeFile(join(working, 'half'), 'half')
      throw new Error('interrupted')
    }).catch(() => undefined)
    expect(existsSync(target())).toBe(false)
  })

  it('holds nothing of the interrupted run when it is made again', async () => {
    await mkdir(`${target()}.part`, { recursive: true })
    await writeFile(join(`${target()}.part`, 'half'), 'half')
    await folderAtOnce(target(), (working) => writeFile(join(working, 'whole'), 'whole'))
    expect(await readdir(target())).toEqual(['whole'])
  })

  it('replaces an older one', async () => {
    await folderAtOnce(target(), (working) => writeFile(join(working, 'a'), 'old'))
    await folderAtOnce(target(), (working) => writeFile(join(working, 'a'), 'new'))
    expect(await readFile(join(target(), 'a'), 'utf8')).toBe('new')
  })

  it('leaves the older one alone when filling fails', async () => {
    await folderAtOnce(target(), (working) => writeFile(join(working, 'a'), 'old'))
    await folderAtOnce(target(), () => Promise.reject(new Error('no'))).catch(() => undefined)
    expect(await readFile(join(target(), 'a'), 'utf8')).toBe('old')
  })
})

it('a file written at once leaves no part beside it', async () => {
  await fileAtOnce(join(folder, 'deep', 'a.json'), '{}')
  expect(await readdir(join(folder, 'deep'))).toEqual(['a.json'])
})
