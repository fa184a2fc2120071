import { v7 } from 'uuid'
import { AppError, ERRORS } from '@contract/errors'
import { DocumentId, Instant, type Sha256 } from '@contract/ids'
import { type PadesLevel, SigningFileId, type SignTarget } from '@contract/signing'
import type { LiveEvent } from '@contract/calls-live'
import { insertSigned, newDocumentId } from '../../intake'
import type { Clock, Documents, Reader, WriteTx } from '../../storage'
import { getFile, insertFile, newestFile } from './file-rows'
import { isPrefix } from './files'
import { type Found, findTarget } from './targets'

export type PlacingDeps = Readonly<{ documents: Documents; clock: Clock; changed(event: LiveEvent): void }>

/** A signed PDF whose bytes are safe, before it has a row. */
export type Safe = Readonly<{ before: Found; size: number; sha256: Sha256; level: PadesLevel }>

/** Puts signed PDFs where the ones before them stood. */
export type Placing = Readonly<{
  /** Bytes into the store, when the ones before are an exact prefix of them. */
  store(before: Found, beforeBytes: Uint8Array, after: Uint8Array, level: PadesLevel): Promise<Safe>
  /**
   * In the caller's transaction. `beside`: of a dossier that was received, in a copy beside the frozen document.
   * @throws AppError KS-015 when it is not what was signed any more, KS-073 when it is frozen
   */
  place(tx: WriteTx, safe: Safe, beside?: boolean): SignTarget
  /** Screens look again. */
  tell(before: Found): void
}>

/** Whether pages of a bound PDF still look as they do in it: one that is being bound anew is not signed. */
const isBehindItsPages = (reader: Reader, id: DocumentId): boolean => reader.get(
  `SELECT 1 FROM bound_page b JOIN page p ON p.id = b.page_id JOIN document d ON d.id = b.document_id
   WHERE b.document_id = ? AND (p.turns <> b.turns OR p.revision <> b.revision OR p.place <> 'kept' OR p.component <> d.component) LIMIT 1`, [id], () => true) === true

export function createPlacing({ documents, clock, changed }: PlacingDeps): Placing {
  const place: Placing['place'] = (tx, { before, size, sha256, level }, beside = false) => {
    const now = Instant.parse(clock.now().toISOString())
    const current = findTarget(tx, before.target)
    if (current.sha256 !== before.sha256) throw new AppError(ERRORS.signing.documentChanged)
    if (before.target.kind === 'file') {
      const id = SigningFileId.parse(v7())
      const { replacedBy: _none, ...file } = getFile(tx, newestFile(tx, before.target.id).id)
      insertFile(tx, { ...file, id, size, sha256, level, at: now, replaces: file.id })
      return { kind: 'file', id }
    }
    const documentId = DocumentId.parse(current.target.id)
    if (current.frozen === ERRORS.signing.documentFrozen && beside) return { kind: 'file', id: besideFrozen(tx, { id: documentId, title: before.title, size, sha256, level, now }) }
    if (current.frozen !== null) throw new AppError(current.frozen)
    if (isBehindItsPages(tx, documentId)) throw new AppError(ERRORS.signing.documentChanged)
    const id = newDocumentId()
    insertSigned(tx, { id, before: documentId, size, sha256, addedAt: now, level })
    return { kind: 'document', id }
  }
  return {
    store: async (before, beforeBytes, after, level) => {
      // The one promise that everything else stands on: nothing that was there is touched.
      if (after.length <= beforeBytes.length || !isPrefix(beforeBytes, after)) throw new Error('a signed PDF must begin with the one before')
      const { sha256, size } = await documents.put(after)
      return { before, size, sha256, level }
    },
    place,
    tell: ({ draftId }) => {
      changed({ kind: 'signing' })
      if (draftId === null) return
      changed({ kind: 'drafts' })
      changed({ kind: 'pages', draftId })
    },
  }
}

/** What the signatures of a frozen document gain is kept in a copy beside it. */
function besideFrozen(tx: WriteTx, { id, title, size, sha256, level, now }: Readonly<{ id: DocumentId; title: string; size: number; sha256: Sha256; level: PadesLevel; now: Instant }>): SigningFileId {
  const copy = tx.get('SELECT id FROM signing_file WHERE document_id = ? AND replaced_by IS NULL', [id], (row) => row.text<SigningFileId>('id')) ?? null
  const mine = SigningFileId.parse(v7())
  insertFile(tx, { id: mine, kind: 'other', title, size, sha256, issuance: null, dossierId: null, draftId: null, documentId: id, level, at: now, replaces: copy })
  return mine
}
