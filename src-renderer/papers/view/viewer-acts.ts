import type { DraftId, PageId } from '@contract/ids'
import type { PageView, PageWishes } from '@contract/pages'

/** What the large view may do with a page; each act says itself what it did, and offers to take it back. */
export type ViewerActs = Readonly<{
  /** A quarter turn to the right. */
  turn: (page: PageView) => unknown
  remove: (pages: readonly PageView[]) => unknown
  putBack: (pages: readonly PageView[]) => unknown
  /** Makes the page anew from the picture as it came. */
  again: (page: PageView, wishes: PageWishes) => unknown
}>

export type PageViewerProps = Readonly<{
  draftId: DraftId
  /** The pages that ← and → go through, in their order. */
  pages: readonly PageView[]
  /** The page that is shown; null: closed. */
  pageId: PageId | null
  componentName: string
  onClose: () => void
  onPick: (pageId: PageId) => void
  acts: ViewerActs
  onScanAgain: (page: PageView) => void
}>
