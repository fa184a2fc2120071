import { AppError, ERRORS } from '@contract/errors'
import type { DocumentId, DossierId, DraftId, Instant, Sha256 } from '@contract/ids'
import type { IssuanceId, PadesLevel, SigningFileId, SigningFileKind } from '@contract/signing'
import type { Reader, RowView, WriteTx } from '../../storage'

/** A row of `signing_file`. */
export type FileRow = Readonly<{
  id: SigningFileId; kind: SigningFileKind; title: string; size: number; sha256: Sha256; issuance: IssuanceId | null; dossierId: DossierId | null; draftId: DraftId | null
  documentId: DocumentId | null; level: PadesLevel | null; replacedBy: SigningFileId | null; at: Instant
}>

export const toFile = (row: RowView): FileRow => ({
  id: row.text<SigningFileId>('id'), kind: row.text<SigningFileKind>('kind'), title: row.text('title'), size: row.integer('size'), sha256: row.text<Sha256>('sha256'),
  issuance: row.textOrNull<IssuanceId>('issuance_id'), dossierId: row.textOrNull<DossierId>('dossier_id'), draftId: row.textOrNull<DraftId>('draft_id'),
  documentId: row.textOrNull<DocumentId>('document_id'), level: row.textOrNull<PadesLevel>('level'), replacedBy: row.textOrNull<SigningFileId>('replaced_by'), at: row.text<Instant>('at'),
})

/** @throws AppError LUU-021 */
export function getFile(reader: Reader, id: SigningFileId): FileRow {
  const found = reader.get('SELECT * FROM signing_file WHERE id = ?', [id], toFile)
  if (!found) throw new AppError(ERRORS.storage.documentMissing)
  return found
}

/** The newest version of it: a paper is asked for by the id that it had first. @throws AppError LUU-021 */
export function newestFile(reader: Reader, id: SigningFileId): FileRow {
  const found = reader.get(
    `WITH RECURSIVE later (id) AS (SELECT id FROM signing_file WHERE id = ? UNION SELECT f.replaced_by FROM signing_file f JOIN later l ON l.id = f.id WHERE f.replaced_by IS NOT NULL)
     SELECT f.* FROM signing_file f JOIN later l ON l.id = f.id WHERE f.replaced_by IS NULL`, [id], toFile)
  if (!found) throw new AppError(ERRORS.storage.documentMissing)
  return found
}

/** Newest versions only, newest first. `from` and `to` bound the moment in which they were made. */
export const listFiles = (reader: Reader, { issuance, from, to }: Readonly<{ issuance: IssuanceId | null; from: Instant | null; to: Instant | null }>): FileRow[] => reader.all(
  `SELECT * FROM signing_file WHERE replaced_by IS NULL AND document_id IS NULL AND (:issuance IS NULL OR issuance_id = :issuance)
     AND (:from IS NULL OR at >= :from) AND (:to IS NULL OR at < :to) ORDER BY at DESC, id DESC LIMIT 500`, { issuance, from, to }, toFile)

/** The copy of a frozen document that has what its signatures gained since. */
export const laterCopy = (reader: Reader, document: DocumentId): FileRow | undefined =>
  reader.get('SELECT * FROM signing_file WHERE document_id = ? AND replaced_by IS NULL ORDER BY id DESC LIMIT 1', [document], toFile)

export type NewRow = Omit<FileRow, 'replacedBy'> & Readonly<{ replaces: SigningFileId | null }>

export function insertFile(tx: WriteTx, { id, kind, title, size, sha256, issuance, dossierId, draftId, documentId, level, replaces, at }: NewRow): void {
  tx.run(
    `INSERT INTO signing_file (id, kind, title, size, sha256, issuance_id, dossier_id, draft_id, document_id, level, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, kind, title, size, sha256, issuance, dossierId, draftId, documentId, level, at])
  if (replaces === null) return
  const { changes } = tx.run('UPDATE signing_file SET replaced_by = ? WHERE id = ? AND replaced_by IS NULL', [id, replaces])
  // Somebody else made a newer version meanwhile.
  if (changes === 0) throw new AppError(ERRORS.signing.documentChanged)
}
