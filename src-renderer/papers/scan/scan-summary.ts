import type { PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'

/** Where the pages of a scan went. */
export type ScanSummary = Readonly<{
  /** Into the component that was asked for. */
  here: number
  /** Behind separator sheets, by component in the order they came. */
  elsewhere: readonly Readonly<{ component: string; pages: number }>[]
  separators: number
  blank: number
  failed: number
}>

/** Counts the pages of a scan by where they are now; one that the list does not know yet counts where it was asked for. */
export function summaryOf(scan: Readonly<{ component: string | null; pageIds: readonly PageId[] }>, pages: readonly PageView[]): ScanSummary {
  const known = new Map(pages.map((page) => [page.id, page]))
  const elsewhere = new Map<string, number>()
  let [here, separators, blank, failed] = [0, 0, 0, 0]
  for (const id of scan.pageIds) {
    const page = known.get(id)
    if (page?.place === 'separator') separators += 1
    else if (page?.place === 'blank') blank += 1
    else if (page?.place === 'removed') continue
    else if (page && page.component !== scan.component) elsewhere.set(page.component, (elsewhere.get(page.component) ?? 0) + 1)
    else here += 1
    if (page?.state === 'failed') failed += 1
  }
  return { here, elsewhere: [...elsewhere].map(([component, count]) => ({ component, pages: count })), separators, blank, failed }
}
