/** Takes five papers at once for ever; tells when a group begins to be finished, and each paper only after it was acknowledged. */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { DraftId } from '@contract/ids'
import { v7 } from 'uuid'
import { createUploads } from '../../../src-main/intake/uploads'
import { openDocuments, openStore, silent, systemClock } from '../../../src-main/storage'

const [folder = '', migrationsFolder = '', nativeBinding, hashThread = ''] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)
const store = openStore({ folder, key, migrationsFolder, nativeBinding: nativeBinding || undefined, clock: systemClock, log: silent })
const documents = openDocuments({ folder, key, log: silent, hashThread: pathToFileURL(hashThread) })
const draftId = DraftId.parse(v7())
const uploads = createUploads(documents, (finished) => store.write((tx) => finished.map(({ draftId: _draft, ...document }) => {
  tx.run('INSERT INTO setting (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)', [document.sha256, '{}', new Date().toISOString(), 'system'])
  return { ...document, ordinal: 0, rotation: 0 as const, bound: false, addedAt: systemClock.now().toISOString() as never }
})))
for (;;) {
  const ids = await Promise.all([1, 2, 3, 4, 5].map(async (number) => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000), Buffer.from('\n%%EOF\n')])
    const id = await uploads.begin({ draftId, component: 'to-khai', name: `to-${number}.pdf`, size: bytes.length })
    await uploads.append(id, 0, bytes)
    return id
  }))
  writeSync(1, 'group\n')
  await Promise.all(ids.map(async (id) => {
    const { sha256 } = await uploads.finish(id)
    writeSync(1, `${sha256}\n`)
  }))
}
