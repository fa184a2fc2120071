import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openDocuments, openKeyring, openStore, silent } from '../../src-main/storage'
import { noSmallDisk, smallDisk } from './small-disk'
import { codeOf, codeOfAsync, KEY, putRow, rowKeys, storeOptions } from './support'

const why = noSmallDisk()

/** Fills a disk to the last block. */
function fill(file: string): void {
  for (const size of [1_000_000, 100_000, 4096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size, 1), { flag: 'a' })
    } catch {
      // Full for this size; the next smaller one takes the rest.
    }
  }
}

describe.skipIf(why !== null)(`a real small disk${why === null ? '' : ` (skipped: ${why})`}`, () => {
  test('when full is named, keeps every acknowledged row, and is written again once there is room', () => {
    const { folder } = smallDisk(3072)
    writeFileSync(join(folder, 'filler'), Buffer.alloc(400_000))
    const store = openStore(storeOptions(folder))
    let rows = 0
    const code = codeOf(() => {
      for (; rows < 1000; rows++) putRow(store, `row-${String(rows).padStart(4, '0')}`, { filler: randomBytes(8000).toString('hex') })
    })
    const kept = rowKeys(store).length
    rmSync(join(folder, 'filler'))
    putRow(store, 'after')
    expect([code, kept, rowKeys(store).length]).toEqual(['LUU-013', rows, rows + 1])
    store.close()
  })

  test('when full refuses to open a store by name', () => {
    const { folder } = smallDisk(1024)
    fill(join(folder, 'filler'))
    expect(codeOf(() => openStore(storeOptions(folder)))).toBe('LUU-013')
  })

  test('when full refuses a document by name and leaves nothing of it', async () => {
    const { folder } = smallDisk(1024)
    const documents = openDocuments({ folder, key: KEY, log: silent })
    const code = await codeOfAsync(() => documents.put(Buffer.alloc(3_000_000)))
    const small = await documents.put(Buffer.alloc(500_000))
    expect([code, documents.has(small.sha256)]).toEqual(['LUU-013', true])
  })

  test('that is read-only is named by the store', () => {
    const disk = smallDisk(3072)
    openStore(storeOptions(disk.folder)).close()
    disk.makeReadOnly()
    expect(codeOf(() => openStore(storeOptions(disk.folder)))).toBe('LUU-014')
  })

  test('that is read-only is named by the document store', () => {
    const disk = smallDisk(1024)
    disk.makeReadOnly()
    expect(codeOf(() => openDocuments({ folder: disk.folder, key: KEY, log: silent }))).toBe('LUU-014')
  })

  test('that is read-only is named by the keyring', async () => {
    const disk = smallDisk(1024)
    disk.makeReadOnly()
    const keyring = openKeyring({ folder: disk.folder, cost: { memoryKiB: 64, iterations: 1, parallelism: 1 } })
    expect(await codeOfAsync(() => keyring.create(null))).toBe('LUU-014')
  })
})
