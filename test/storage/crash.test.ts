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

test('kill -9 in the middle of a group loses no acknowledged paper and keeps no row without its bytes', async () => {
  const folder = temporaryFolder()
  const [program, thread] = await Promise.all([bundleChild('group-loop'), bundleChild('hash-thread')])
  const random = seeded(20_261_124)
  const acknowledged = new Set<string>()
  let cut = 0
  for (let round = 0; round < 12; round++) {
    const child = startChild(program, [folder, MIGRATIONS, nativeBinding ?? '', thread])
    const wanted = 1 + Math.floor(random() * 6)
    const delay = random() * 8
    let groups = 0
    let inGroup = 0
    for await (const line of linesOf(child)) {
      if (line !== 'group') {
        acknowledged.add(line)
        inGroup += 1
        continue
      }
      inGroup = 0
      if (++groups === wanted) setTimeout(() => child.kill('SIGKILL'), delay)
    }
    await ended(child)
    if (inGroup < 5) cut += 1
    const store = openStore(storeOptions(folder))
    const kept = rowKeys(store)
    expect([...acknowledged].filter((sha256) => !kept.includes(sha256))).toEqual([])
    store.close()
    const documents = openDocuments({ folder, key: KEY, log: silent })
    for (const sha256 of kept) await documents.verify(sha256 as Sha256)
  }
  expect(cut).toBeGreaterThan(0)
  expect(acknowledged.size).toBeGreaterThan(20)
}, 120_000)
