import type { Sha256 } from '@contract/ids'
import type { Documents, Reader } from '../../storage'

/** A page whose own file nobody asks for any more, in a draft `d` that is a dossier: the PDF has it, and its words were read or are not wanted. */
export const FILE_IS_DONE = "d.state = 'committed' AND (p.place <> 'kept' OR p.text_state <> 'waiting')"

const NEEDED = `SELECT EXISTS (SELECT 1 FROM document x WHERE x.sha256 = :sha256 AND x.id <> :except)
  OR EXISTS (SELECT 1 FROM document_upload u WHERE u.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM feedback_photo f WHERE f.sha256 = :sha256 OR f.copy_sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM signing_file f WHERE f.sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM signing_job_item i WHERE i.prepared_sha256 = :sha256)
  OR EXISTS (SELECT 1 FROM page p JOIN draft d ON d.id = p.draft_id WHERE p.original_sha256 = :sha256 AND d.state <> 'committed')
  OR EXISTS (SELECT 1 FROM page p JOIN draft d ON d.id = p.draft_id WHERE p.sha256 = :sha256 AND NOT (${FILE_IS_DONE})) AS needed`

/** Whether any document, upload, page, photo of a complaint or paper of signing needs a file of the store. @param except a document that is about to go */
export const isNeeded = (reader: Reader, sha256: Sha256, except = ''): boolean =>
  reader.get(NEEDED, { sha256, except }, (row) => row.flag('needed')) === true

/**
 * Removes a file that nobody needs: before the row that refers to it, so that a crash between leaves a row to find it by.
 * The same bytes that come in anew at this very moment may be hit; then the commit misses them (LUU-021) and says so.
 */
export async function removeUnneeded({ read, documents }: Readonly<{ read: Reader; documents: Documents }>, sha256: Sha256, except?: string): Promise<void> {
  if (!isNeeded(read, sha256, except)) await documents.remove(sha256)
}
