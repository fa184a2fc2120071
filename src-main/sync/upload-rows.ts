import type { Sha256 } from '@contract/ids'
import type { Reader, WriteTx } from '../storage'

/** A file that goes ahead of what names it, and how far the city has it. */
export type Upload = Readonly<{ sha256: Sha256; documentId: string; mediaType: string; size: number; url: string | null; confirmed: boolean }>

type Tables =
  | Readonly<{ uploads: 'document_upload'; file: 'document_id'; links: 'submission_document'; owner: 'submission_id' }>
  | Readonly<{ uploads: 'photo_upload'; file: 'photo_id'; links: 'letter_photo'; owner: 'letter_id' }>

export type UploadRows = Readonly<{
  /** Puts a file in line for its owner; one content is sent once, whoever needs it. */
  add(tx: WriteTx, owner: string, file: Readonly<{ sha256: Sha256; id: string; mediaType: string; size: number }>): void
  /** The files that an owner depends on. */
  of(reader: Reader, owner: string): Upload[]
  /** Notes how many bytes of a file the city has taken, and where to go on. */
  accepted(tx: WriteTx, sha256: string, url: string, bytes: number): void
  /** Notes that the city has the whole files and agrees with their hashes. */
  confirmed(tx: WriteTx, sha256s: readonly string[], now: Date): void
  /** The city does not have these after all: they are sent anew. */
  forget(tx: WriteTx, sha256s: readonly string[]): void
}>

function uploadRows({ uploads, file, links, owner }: Tables): UploadRows {
  return {
    add: (tx, ownerId, { sha256, id, mediaType, size }) => {
      tx.run(`INSERT INTO ${uploads} (sha256, ${file}, media_type, size) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING`, [sha256, id, mediaType, size])
      tx.run(`INSERT INTO ${links} (${owner}, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING`, [ownerId, sha256])
    },
    of: (reader, ownerId) => reader.all(
      `SELECT u.sha256, u.${file} AS file, u.media_type, u.size, u.upload_url, u.confirmed_at FROM ${links} l
       JOIN ${uploads} u ON u.sha256 = l.sha256 WHERE l.${owner} = ? ORDER BY u.sha256`,
      [ownerId],
      (row) => ({
        sha256: row.text<Sha256>('sha256'), documentId: row.text('file'), mediaType: row.text('media_type'), size: row.integer('size'),
        url: row.textOrNull('upload_url'), confirmed: row.textOrNull('confirmed_at') !== null,
      }),
    ),
    accepted: (tx, sha256, url, bytes) => void tx.run(`UPDATE ${uploads} SET upload_url = ?, accepted = ? WHERE sha256 = ? AND confirmed_at IS NULL`, [url, bytes, sha256]),
    confirmed: (tx, sha256s, now) => {
      for (const sha256 of sha256s) tx.run(`UPDATE ${uploads} SET accepted = size, upload_url = NULL, confirmed_at = ? WHERE sha256 = ? AND confirmed_at IS NULL`, [now.toISOString(), sha256])
    },
    forget: (tx, sha256s) => {
      for (const sha256 of sha256s) tx.run(`UPDATE ${uploads} SET accepted = 0, upload_url = NULL, confirmed_at = NULL WHERE sha256 = ?`, [sha256])
    },
  }
}

/** Documents of a dossier's submission. */
export const documentUploads = uploadRows({ uploads: 'document_upload', file: 'document_id', links: 'submission_document', owner: 'submission_id' })
/** Photos of a letter about feedback. */
export const photoUploads = uploadRows({ uploads: 'photo_upload', file: 'photo_id', links: 'letter_photo', owner: 'letter_id' })
