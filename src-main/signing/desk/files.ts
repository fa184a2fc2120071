import { AppError, ERRORS } from '@contract/errors'
import { addDays, fromCivil } from '@contract/civil-time'
import { Instant } from '@contract/ids'
import type { SignedBadge, SigningFile, SigningFileId } from '@contract/signing'
import type { Audit } from '../../audit'
import type { Clock, Documents, Store } from '../../storage'
import { MAX_SIGNED } from './limits'
import { type FileRow, getFile, insertFile, listFiles, newestFile } from './file-rows'
import type { NewFile, SigningFiles, StoredFile } from './ports'
import { forgetUpgrade, noteLevel } from './signature-rows'

export type FilesDeps = Readonly<{
  store: Store; documents: Documents; audit: Audit; clock: Clock
  newId(): SigningFileId
  badgeOf(sha256: string): SignedBadge | null
  changed(): void
}>

/** Whether one file is nothing but the other with more behind it. */
export const isPrefix = (before: Uint8Array, after: Uint8Array): boolean =>
  before.length <= after.length && Buffer.compare(before, after.subarray(0, before.length)) === 0

/** Papers that signing keeps, in the encrypted store; nothing is overwritten. */
export function createFiles({ store, documents, audit, clock, newId, badgeOf, changed }: FilesDeps): SigningFiles {
  const bytesOf = (row: FileRow): Promise<Uint8Array> => documents.readAll(row.sha256, MAX_SIGNED)
  const put = async ({ bytes, ...file }: NewFile): Promise<StoredFile> => {
    if (bytes.length === 0) throw new AppError(ERRORS.intake.fileEmpty)
    if (file.replaces !== null && !isPrefix(await bytesOf(getFile(store.read, file.replaces)), bytes)) throw new Error('a newer version must begin with the older one')
    const { sha256, size } = await documents.put(bytes)
    return { ...file, id: newId(), sha256, size }
  }
  const insert: SigningFiles['insert'] = (tx, file) => {
    const at = Instant.parse(clock.now().toISOString())
    insertFile(tx, { ...file, documentId: null, at })
    const target = { kind: 'file', id: file.id } as const
    if (file.replaces !== null) forgetUpgrade(tx, { kind: 'file', id: file.replaces })
    if (file.level !== null) noteLevel(tx, target, file.level, { stampUrl: null, nextAt: at })
    return file.id
  }
  return {
    store: put,
    insert,
    keep: async (file, actor) => {
      const stored = await put(file)
      store.write((tx) => {
        insert(tx, stored)
        audit.append(tx, { actor, action: 'signing.file-kept', subject: { type: 'signing-file', id: stored.id }, detail: { kind: stored.kind, sha256: stored.sha256 } })
      })
      changed()
      return stored.id
    },
    newest: (id) => newestFile(store.read, id).id,
    read: async (id) => bytesOf(newestFile(store.read, id)),
    list: ({ issuance, day }) => {
      const at = (date: string): Instant => Instant.parse(fromCivil(date, 0).toISOString())
      const rows = listFiles(store.read, { issuance: issuance ?? null, from: day === undefined ? null : at(day), to: day === undefined ? null : at(addDays(day, 1)) })
      return rows.map((row): SigningFile => ({ id: row.id, kind: row.kind, title: row.title, size: row.size, at: row.at, level: row.level, badge: badgeOf(row.sha256) }))
    },
  }
}
