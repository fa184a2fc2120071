/** Writes rows and documents for ever; tells each one only after it was acknowledged. */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createAudit } from '../../../src-main/audit'
import { openDocuments, openStore, silent, systemClock } from '../../../src-main/storage'

const [folder = '', migrationsFolder = '', nativeBinding, first = '0'] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)
const store = openStore({ folder, key, migrationsFolder, nativeBinding: nativeBinding || undefined, clock: systemClock, log: silent })
const documents = openDocuments({ folder, key, log: silent })
const audit = createAudit({ key, clock: systemClock })
for (let row = Number(first); ; row++) {
  const document = await documents.put(randomBytes(100_000))
  store.write((tx) => {
    tx.run('INSERT INTO setting (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)', [
      `row-${row}`, JSON.stringify({ filler: 'x'.repeat(3000) }), new Date().toISOString(), 'system',
    ])
    audit.append(tx, { actor: 'system', action: 'test.row', detail: { row } })
  })
  writeSync(1, `${row} ${document.sha256}\n`)
}
