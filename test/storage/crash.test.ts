import { expect, test } from 'vitest'
import { createAudit } from '../../src-main/audit'
import type { Sha256 } from '@contract/ids'
import { openDocuments, openStore, silent } from '../../src-main/storage'
import { bundleChild, ended, linesOf, startChild } from './child'
import { codeOf, fixedClock, KEY, MIGRATIONS, nativeBinding, rowKeys, storeOptions, temporaryFolder } from './support'

/** Park and Miller's generator: the same kills in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

test('a store that another process holds is refused, and free once that process is killed', async () => {
  const folder = temporaryFolder()
  const child = startChild(await bundleChild('hold'), [folder, MIGRATIONS, nativeBinding ?? ''])
  for await (const line of linesOf(child)) if (line === 'open') break
  const whileHeld = codeOf(() => openStore(storeOptions(folder)))
  child.kill('SIGKILL')
  await ended(child)
  expect([whileHeld, codeOf(() => openStore(storeOptions(folder)).close())]).toEqual(['LUU-017', undefined])
})

test('kill -9 at any point loses no acknowledged row or document and leaves the file and the audit chain sound', async () => {
  const folder = temporaryFolder()
  const program = await bundleChild('write-loop')
  const random = seeded(20_261_123)
  const acknowledged: { row: number; sha256: string }[] = []
  for (let round = 0; round < 10; round++) {
    const child = startChild(program, [folder, MIGRATIONS, nativeBinding ?? '', String(round * 100_000)])
    const enough = 1 + Math.floor(random() * 12)
    const delay = random() * 12
    let seen = 0
    for await (const line of linesOf(child)) {
      const [row = '', sha256 = ''] = line.split(' ')
      acknowledged.push({ row: Number(row), sha256 })
      if (++seen === enough) setTimeout(() => child.kill('SIGKILL'), delay)
    }
    await ended(child)
    const store = openStore(storeOptions(folder))
    const keys = new Set(rowKeys(store))
    expect(store.leftRunning).toBe(true)
    expect(acknowledged.filter(({ row }) => !keys.has(`row-${row}`))).toEqual([])
    expect(store.check('full').sound).toBe(true)
    expect(createAudit({ key: KEY, clock: fixedClock() }).verify(store.read)).toMatchObject({ ok: true, count: keys.size })
    store.close()
  }
  const documents = openDocuments({ folder, key: KEY, log: silent })
  for (const { sha256 } of acknowledged) await documents.verify(sha256 as Sha256)
  expect(acknowledged.length).toBeGreaterThan(20)
}, 120_000)
