import { AppError } from '@contract/errors'
import type { DossierId, DraftId } from '@contract/ids'
import type { CaptureDesk } from '../capture'
import { asAppError, isRefusedByTrigger, type Store } from '../storage'
import type { Log } from './log'

/** What a commit has to do with pages of paper. For a draft without pages nothing of paper is loaded. */
export type Papers = Readonly<{
  /**
   * Runs the commit once every page of the draft is in the PDF of its component. A page that comes in at the last moment is bound, too.
   * @throws AppError QT-016 for a page that cannot be used, and what `settle` of the desk throws
   */
  received<T>(draftId: DraftId, commit: () => T): Promise<T>
  /** The draft is a dossier now: it does not wait for what the desk does about that. */
  committed(draftId: DraftId, dossierId: DossierId): void
}>

/** As `draft_commits_every_page` says it (migration 5). */
const PAGE_LEFT_OUT = 'a page is in no document'

export function createPapers({ store, log, desk }: Readonly<{ store: Store; log: Log; desk(): Promise<CaptureDesk> }>): Papers {
  const hasPages = (draftId: DraftId): boolean => store.read.get('SELECT 1 AS found FROM page WHERE draft_id = ? LIMIT 1', [draftId], () => true) === true
  /** A correction may have no pages of its own and take a paper off: the dossier is not found by its words any more. */
  const hasPapers = (dossierId: DossierId): boolean =>
    store.read.get('SELECT 1 FROM paper_search WHERE rowid = (SELECT rowid FROM dossier WHERE id = ?)', [dossierId], () => true) === true
  const settle = async (draftId: DraftId): Promise<void> => {
    if (hasPages(draftId)) await (await desk()).settle(draftId)
  }
  return {
    received: async (draftId, commit) => {
      await settle(draftId)
      try {
        return commit()
      } catch (error) {
        if (!isRefusedByTrigger(error, PAGE_LEFT_OUT)) throw error
      }
      await settle(draftId)
      try {
        return commit()
      } catch (error) {
        throw isRefusedByTrigger(error, PAGE_LEFT_OUT) ? new AppError('QT-016', {}, { cause: error }) : error
      }
    },
    committed: (draftId, dossierId) => {
      if (!hasPages(draftId) && !hasPapers(dossierId)) return
      desk().then((open) => open.committed(draftId, dossierId)).catch((error: unknown) => log('pages.after-commit-failed', { code: asAppError(error).code }))
    },
  }
}
