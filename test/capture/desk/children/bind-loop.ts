/** Turns the pages of a draft and binds them for ever; tells each PDF only after it was acknowledged. */
import { writeSync } from 'node:fs'
import { DraftId } from '@contract/ids'
import { createAudit } from '../../../../src-main/audit'
import { createBinding } from '../../../../src-main/capture/desk/bind'
import { openDocuments, openStore, silent, systemClock } from '../../../../src-main/storage'

const [folder = '', migrationsFolder = '', nativeBinding, draft = ''] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)
const store = openStore({ folder, key, migrationsFolder, nativeBinding: nativeBinding || undefined, clock: systemClock, log: silent })
const documents = openDocuments({ folder, key, log: silent })
const draftId = DraftId.parse(draft)
const binding = createBinding({
  store, documents, audit: createAudit({ key, clock: systemClock }), clock: systemClock, log: silent, changed: () => undefined, componentName: (_draft, code) => code,
})
for (let round = 0; ; round += 1) {
  store.write((tx) => tx.run('UPDATE page SET turns = (turns + 1) % 4 WHERE draft_id = ?', [draftId]))
  await binding.bind(draftId)
  writeSync(1, `${String(round)}\n`)
}
