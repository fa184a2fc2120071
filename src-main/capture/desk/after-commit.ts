import type { DraftId, PageId, Sha256 } from '@contract/ids'
import { asAppError, type Reader } from '../../storage'
import { dropBound, oldBindings } from './bound-rows'
import { FILE_IS_DONE, removeUnneeded } from './files'
import type { DeskDeps } from './ports'

/** Clears away what a dossier does not need beside its PDFs. Drafts that are open or discarded keep everything. */
export type AfterCommit = Readonly<{
  /** Of one draft: after its commit, and again when a page of it has been read. Does nothing while the draft is no dossier. Failures are told to the log; the next sweep tries again. */
  release(draftId: DraftId): Promise<void>
  /** Of all drafts: what a crash or a full disk has left. */
  sweepLeftovers(): Promise<void>
  /** Ends after the draft that is being cleared. */
  close(): Promise<void>
}>

type Leftover = Readonly<{ pageId: PageId; original: Sha256 | null; file: Sha256 | null }>

const SELECT = `SELECT p.id, p.original_sha256, CASE WHEN ${FILE_IS_DONE} THEN p.sha256 END AS file FROM page p JOIN draft d ON d.id = p.draft_id WHERE d.state = 'committed'`

const leftoversOf = (reader: Reader, draftId: DraftId): Leftover[] => reader.all(
  `${SELECT} AND p.draft_id = ? AND (p.original_sha256 IS NOT NULL OR (p.sha256 IS NOT NULL AND ${FILE_IS_DONE}))`, [draftId],
  (row) => ({ pageId: row.text<PageId>('id'), original: row.textOrNull<Sha256>('original_sha256'), file: row.textOrNull<Sha256>('file') }))

const isCommitted = (reader: Reader, draftId: DraftId): boolean => reader.get("SELECT state = 'committed' AS committed FROM draft WHERE id = ?", [draftId], (row) => row.flag('committed')) === true

/** Dossiers of which something may be left; each part is found by an index that holds only pages with such a file, not by way of all dossiers, as the planner would. */
export const LEFTOVERS = `SELECT p.draft_id FROM page p INDEXED BY page_with_original CROSS JOIN draft d ON d.id = p.draft_id WHERE p.original_sha256 IS NOT NULL AND d.state = 'committed'
  UNION SELECT p.draft_id FROM page p INDEXED BY page_with_file CROSS JOIN draft d ON d.id = p.draft_id WHERE p.sha256 IS NOT NULL AND ${FILE_IS_DONE}`
const unfinished = (reader: Reader): DraftId[] => reader.all(LEFTOVERS, [], (row) => row.text<DraftId>('draft_id'))

export function createAfterCommit({ store, documents, log }: Pick<DeskDeps, 'store' | 'documents' | 'log'>): AfterCommit {
  const files = { read: store.read, documents }

  /** Files first, then the rows that name them: after a crash between, the rows are found again. */
  const clear = async (draftId: DraftId): Promise<void> => {
    if (!isCommitted(store.read, draftId)) return
    // Former PDFs first: once the pages have nothing left, no sweep looks here again.
    for (const { documentId, sha256 } of oldBindings(store.read, draftId)) {
      await removeUnneeded(files, sha256, documentId)
      store.write((tx) => dropBound(tx, documentId))
    }
    const left = leftoversOf(store.read, draftId)
    const named = new Set(left.flatMap(({ original, file }) => [original, file]).filter((sha256) => sha256 !== null))
    for (const sha256 of named) await removeUnneeded(files, sha256)
    if (left.length === 0) return
    store.write((tx) => {
      for (const { pageId, original, file } of left) {
        // A page that was set aside and asked for anew at the last moment is never made: without its picture it can only be off.
        if (original !== null) {
          tx.run("UPDATE page SET original_sha256 = NULL, place = CASE state WHEN 'waiting' THEN 'removed' ELSE place END WHERE id = ? AND original_sha256 = ?", [pageId, original])
        }
        if (file !== null) tx.run("UPDATE page SET sha256 = NULL WHERE id = ? AND sha256 = ? AND (place <> 'kept' OR text_state <> 'waiting')", [pageId, file])
      }
    })
  }
  // One draft after the other: what is called once a page must not ask for the same file twice at a time.
  let last: Promise<void> = Promise.resolve()
  let closed = false
  const release = (draftId: DraftId): Promise<void> => {
    last = last.then(() => (closed ? undefined : clear(draftId))).catch((error: unknown) => log('pages.leftovers-stay', { draftId, code: asAppError(error).code }))
    return last
  }
  return {
    release,
    sweepLeftovers: async () => {
      for (const draftId of unfinished(store.read)) await release(draftId)
    },
    close: async () => {
      closed = true
      await last
    },
  }
}
