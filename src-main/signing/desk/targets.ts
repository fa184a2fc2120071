import { AppError, ERRORS, type ErrorCode } from '@contract/errors'
import type { DocumentId, DossierId, DraftId, Sha256 } from '@contract/ids'
import type { SignTarget } from '@contract/signing'
import type { Documents, Reader, RowView, Store } from '../../storage'
import { laterCopy, newestFile } from './file-rows'
import { MAX_SIGNED } from './limits'

/** A document or a paper of signing as it is now. `target`: what it is by now, however it was named. */
export type Found = Readonly<{
  target: SignTarget
  title: string
  size: number
  sha256: Sha256
  mediaType: string
  draftId: DraftId | null
  dossierId: DossierId | null
  /** Why it cannot be signed whatever is in it. */
  frozen: ErrorCode | null
}>

type DocumentRow = Readonly<{ id: DocumentId; name: string; size: number; sha256: Sha256; mediaType: string; draftId: DraftId; open: boolean; removed: boolean }>

const toDocument = (row: RowView): DocumentRow => ({
  id: row.text<DocumentId>('id'), name: row.text('name'), size: row.integer('size'), sha256: row.text<Sha256>('sha256'), mediaType: row.text('media_type'),
  draftId: row.text<DraftId>('draft_id'), open: row.flag('open'), removed: row.flag('removed'),
})

/** The signed one that stands where this one stood, as often as it was signed; the document itself where it was not. */
const followed = (reader: Reader, id: DocumentId): DocumentId => reader.get(
  `WITH RECURSIVE later (id) AS (SELECT :id UNION SELECT n.document_id FROM signed_document n JOIN document nd ON nd.id = n.document_id JOIN later l JOIN document d ON d.id = l.id
     WHERE d.removed = 1 AND n.before_sha256 = d.sha256 AND nd.draft_id = d.draft_id AND nd.component = d.component)
   SELECT l.id FROM later l JOIN document d ON d.id = l.id WHERE d.removed = 0 LIMIT 1`, { id }, (row) => row.text<DocumentId>('id')) ?? id

function findDocument(reader: Reader, id: DocumentId): Found {
  const row = reader.get(
    "SELECT d.id, d.name, d.size, d.sha256, d.media_type, d.draft_id, d.removed, f.state = 'open' AS open FROM document d JOIN draft f ON f.id = d.draft_id WHERE d.id = ?",
    [followed(reader, id)], toDocument)
  if (!row) throw new AppError(ERRORS.storage.documentMissing)
  return {
    target: { kind: 'document', id: row.id }, title: row.name, size: row.size, sha256: row.sha256, mediaType: row.mediaType, draftId: row.draftId, dossierId: null,
    frozen: !row.open ? ERRORS.signing.documentFrozen : row.removed ? ERRORS.signing.documentChanged : row.mediaType !== 'application/pdf' ? ERRORS.signing.notPdf : row.size > MAX_SIGNED ? ERRORS.signing.pdfTooLarge : null,
  }
}

/** What a target is now. @throws AppError LUU-021 */
export function findTarget(reader: Reader, target: SignTarget): Found {
  if (target.kind === 'document') return findDocument(reader, target.id)
  const file = newestFile(reader, target.id)
  return {
    target: { kind: 'file', id: file.id }, title: file.title, size: file.size, sha256: file.sha256, mediaType: 'application/pdf', draftId: file.draftId, dossierId: file.dossierId,
    frozen: file.size > MAX_SIGNED ? ERRORS.signing.pdfTooLarge : null,
  }
}

/** What is to be judged: of a frozen document the copy that has what its signatures gained since. */
export function findJudged(reader: Reader, target: SignTarget): Pick<Found, 'sha256' | 'size' | 'title' | 'mediaType'> {
  const found = findTarget(reader, target)
  const later = found.target.kind === 'document' ? laterCopy(reader, found.target.id) : undefined
  return later ? { ...found, sha256: later.sha256, size: later.size } : found
}

/** The bytes of a target. @throws AppError TEP-004, LUU-021, LUU-022 */
export const bytesOfTarget = ({ documents }: Readonly<{ documents: Documents }>, { sha256 }: Pick<Found, 'sha256'>): Promise<Uint8Array> => documents.readAll(sha256, MAX_SIGNED)

/** The same target named twice is signed once. */
export function eachOnce(store: Store, targets: readonly SignTarget[]): Found[] {
  const found = targets.map((target) => findTarget(store.read, target))
  return [...new Map(found.map((one) => [`${one.target.kind}:${one.target.id}`, one])).values()]
}
