import type { Sha256 } from '@contract/ids'
import type { Documents, Reader } from '../storage'

const NEEDED = `SELECT EXISTS (SELECT 1 FROM feedback_photo p WHERE p.sha256 = :sha256 OR p.copy_sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM photo_upload u WHERE u.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM document d WHERE d.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM document_upload u WHERE u.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM signing_file f WHERE f.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM signing_job_item i WHERE i.prepared_sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM page p WHERE p.original_sha256 = :sha256 OR p.sha256 = :sha256) AS needed`

/** Removes files of the store that nobody needs any more; the rows that named them are gone. A crash before leaves a file too many, never one too few. */
export async function removeUnneeded({ read, documents }: Readonly<{ read: Reader; documents: Documents }>, files: readonly Sha256[]): Promise<void> {
  for (const sha256 of new Set(files)) {
    const needed = read.get(NEEDED, { sha256 }, (row) => row.flag('needed')) === true
    if (!needed) await documents.remove(sha256)
  }
}
