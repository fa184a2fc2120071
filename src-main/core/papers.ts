import { AppError } from '@contract/errors'
import type { DossierId, DraftId } from '@contract/ids'
import type { CaptureDesk } from '../capture'
import { asAppError, isRefusedByTrigger, type Store } from '../storage'
import type { Log } from './log'

/** What a commit has to do with pages of paper. For a draft without pages nothing of paper is loaded. */
export type Papers = Readonly<{
  /** Answers when every page of the draft is in the PDF of its component. @throws AppError QT-016 and what `settle` of the desk throws */
  settle(draftId: DraftId): Promise<void>
  /** Runs the commit; that a page came in at the last moment is told as QT-016. */
  guarded<T>(commit: () => T): T
  /** The draft is a dossier now: it does not wait for what the desk does about that. */
  committed(draftId: DraftId, dossierId: DossierId): void
}>

/** As `draft_commits_every_page` says it (migration 5). */
const PAGE_LEFT_OUT = 'a page is in no document'

export function createPapers({ store, log, desk }: Readonly<{ store: Store; log: Log; desk(): Promise<CaptureDesk> }>): Papers {
  const hasPages = (draftId: DraftId): boolean => store.read.get('SELECT 1 AS found FROM page WHERE draft_id = ? LIMIT 1', [draftId], () => true) === true
  return {
    settle: async (draftId) => {
      if (hasPages(draftId)) await (await desk()).settle(draftId)
    },
    guarded: (commit) => {
      try {
        return commit()
      } catch (error) {
        throw isRefusedByTrigger(error, PAGE_LEFT_OUT) ? new AppError('QT-016', {}, { cause: error }) : error
      }
    },
    committed: (draftId, dossierId) => {
      if (!hasPages(draftId)) return
      desk().then((open) => open.committed(draftId, dossierId)).catch((error: unknown) => log('pages.after-commit-failed', { code: asAppError(error).code }))
    },
  }
}
