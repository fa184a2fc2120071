import type { DocumentInfo, MediaType } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { DocumentId, DossierId, DraftId, Instant, Sha256 } from '@contract/ids'
import type { Reader, RowView, WriteTx } from '../storage'

/** `bound` goes with its pages; a signed one stands for itself, whatever it was made of. */
const COLUMNS = `d.id, d.component, d.ordinal, d.name, d.media_type, d.size, d.sha256, d.pages, d.rotation, d.added_at, EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = d.id) AS bound`

const toInfo = (row: RowView): DocumentInfo => ({
  id: row.text<DocumentId>('id'),
  component: row.text('component'),
  ordinal: row.integer('ordinal'),
  name: row.text('name'),
  mediaType: row.text<MediaType>('media_type'),
  size: row.integer('size'),
  sha256: row.text<Sha256>('sha256'),
  pages: row.integerOrNull('pages'),
  rotation: rotationOf(row.integer('rotation')),
  addedAt: row.text<Instant>('added_at'),
  bound: row.flag('bound'),
})

function rotationOf(degrees: number): DocumentInfo['rotation'] {
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0
}

export type NewDocument = Readonly<{
  id: DocumentId
  draftId: DraftId
  component: string
  name: string
  mediaType: MediaType
  size: number
  sha256: Sha256
  pages: number | null
  addedAt: Instant
}>

/** Keeps a document behind the others of its component. Its bytes are already safe in the document store. */
export function insertDocument(tx: WriteTx, document: NewDocument): DocumentInfo {
  const ordinal = tx.get(
    `INSERT INTO document (id, draft_id, component, ordinal, name, media_type, size, sha256, pages, added_at)
     VALUES (:id, :draftId, :component, (SELECT coalesce(max(ordinal), -1) + 1 FROM document WHERE draft_id = :draftId AND component = :component),
       :name, :mediaType, :size, :sha256, :pages, :addedAt) RETURNING ordinal`,
    { ...document }, (row) => row.integer('ordinal'),
  ) ?? 0
  const { draftId: _draft, ...info } = document
  return { ...info, ordinal, rotation: 0, bound: false }
}

/** @throws AppError LUU-021 when there is no such document */
export function getDocument(reader: Reader, id: DocumentId): DocumentInfo {
  const found = reader.get(`SELECT ${COLUMNS} FROM document d WHERE d.id = ?`, [id], toInfo)
  if (!found) throw new AppError('LUU-021')
  return found
}

/** Documents of a draft in the order in which the screen shows them. */
export function documentsOfDraft(reader: Reader, draftId: DraftId): DocumentInfo[] {
  return reader.all(`SELECT ${COLUMNS} FROM document d WHERE d.draft_id = ? AND d.removed = 0 ORDER BY d.component, d.ordinal, d.id`, [draftId], toInfo)
}

/** Documents of a dossier as it stands now. */
export function documentsOfDossier(reader: Reader, dossierId: DossierId): DocumentInfo[] {
  return reader.all(
    `SELECT ${COLUMNS} FROM document d JOIN dossier_document x ON x.document_id = d.id WHERE x.dossier_id = ? ORDER BY d.component, d.ordinal, d.id`,
    [dossierId], toInfo)
}

/**
 * Takes a document off a draft or puts it back; the bytes stay either way. One that is bound goes with its pages; a signed one with pages can be taken off,
 * for its pages are bound anew then. @throws AppError LUU-021
 */
export function setRemoved(tx: WriteTx, draftId: DraftId, id: DocumentId, removed: boolean): void {
  const { changes } = tx.run(
    `UPDATE document SET removed = :removed WHERE id = :id AND draft_id = :draftId AND (NOT EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = :id)
       OR (:removed = 1 AND EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = :id)))`,
    { removed: removed ? 1 : 0, id, draftId })
  if (changes === 0) throw new AppError('LUU-021')
}

/** Sets order and rotation of the documents of one component. Ids that are not there are ignored. */
export function arrange(tx: WriteTx, draftId: DraftId, component: string, items: readonly { id: DocumentId; rotation: number }[]): void {
  items.forEach((item, ordinal) => {
    tx.run('UPDATE document SET ordinal = ?, rotation = ? WHERE id = ? AND draft_id = ? AND component = ?', [ordinal, item.rotation, item.id, draftId, component])
  })
}

/** A PDF of the counter's own, and the one whose place it takes; null: it stands before the documents that came as they are. */
export type BoundDocument = NewDocument & Readonly<{ instead: DocumentId | null }>

/** Puts the newly bound PDF of a component where the former one was, which is taken off. Which pages are in it the caller keeps in the same transaction. */
export function insertBound(tx: WriteTx, { instead, ...document }: BoundDocument): void {
  const before = instead === null ? undefined : tx.get('SELECT ordinal, rotation FROM document WHERE id = ?', [instead], (row) => ({ ordinal: row.integer('ordinal'), rotation: row.integer('rotation') }))
  if (instead === null) tx.run('UPDATE document SET ordinal = ordinal + 1 WHERE draft_id = ? AND component = ?', [document.draftId, document.component])
  else takeOffBound(tx, instead)
  tx.run(
    `INSERT INTO document (id, draft_id, component, ordinal, rotation, name, media_type, size, sha256, pages, added_at)
     VALUES (:id, :draftId, :component, :ordinal, :rotation, :name, :mediaType, :size, :sha256, :pages, :addedAt)`,
    { ...document, ordinal: before?.ordinal ?? 0, rotation: before?.rotation ?? 0 })
}

/** A bound PDF that another takes the place of, or whose pages are all off. */
export function takeOffBound(tx: WriteTx, id: DocumentId): void {
  tx.run('UPDATE document SET removed = 1 WHERE id = ?', [id])
}

/** The row of a bound PDF that was taken off earlier; one that a dossier has had stays. Its file is the caller's. */
export function dropBound(tx: WriteTx, id: DocumentId): void {
  tx.run(
    `DELETE FROM document WHERE id = :id AND removed = 1 AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = :id)
       AND NOT EXISTS (SELECT 1 FROM dossier_document x WHERE x.document_id = :id) AND NOT EXISTS (SELECT 1 FROM document_upload u WHERE u.document_id = :id)
       AND NOT EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = :id)`, { id })
}

/** A signed PDF, and the document whose bytes it begins with. */
export type SignedDocument = Readonly<{ id: DocumentId; before: DocumentId; size: number; sha256: Sha256; addedAt: Instant; level: string }>

/**
 * Puts a signed document where the one before was, which is taken off; what was bound into it is in this one now. Only in an open draft.
 * @throws AppError LUU-021 when the former is not there any more
 */
export function insertSigned(tx: WriteTx, { before, level, ...signed }: SignedDocument): void {
  const added = tx.run(
    `INSERT INTO document (id, draft_id, component, ordinal, rotation, name, media_type, size, sha256, pages, added_at)
     SELECT :id, d.draft_id, d.component, d.ordinal, d.rotation, d.name, d.media_type, :size, :sha256, d.pages, :addedAt
     FROM document d JOIN draft f ON f.id = d.draft_id AND f.state = 'open' WHERE d.id = :before AND d.removed = 0`, { ...signed, before })
  if (added.changes === 0) throw new AppError('LUU-021')
  tx.run(
    'INSERT INTO signed_document (document_id, before_sha256, before_size, level, at) SELECT :id, sha256, size, :level, :addedAt FROM document WHERE id = :before',
    { id: signed.id, before, level, addedAt: signed.addedAt })
  tx.run('UPDATE document SET removed = 1 WHERE id = ?', [before])
  tx.run(
    'INSERT INTO bound_page (document_id, ordinal, page_id, turns, revision, with_text) SELECT ?, ordinal, page_id, turns, revision, with_text FROM bound_page WHERE document_id = ?',
    [signed.id, before])
}
