import { useQuery } from '@tanstack/react-query'
import type { DraftId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { api } from '../app/api'
import { keys } from '../app/queries'

const NONE: readonly PageView[] = []

export const pagesQuery = (draftId: DraftId) => ({ queryKey: keys.pages(draftId), queryFn: () => api.pages.list({ draftId }) })

/** The pages of a draft; asked again whenever the core tells of them. `at`: when they were asked for last. */
export function usePages(draftId: DraftId): Readonly<{ pages: readonly PageView[]; at: number }> {
  const { data, dataUpdatedAt } = useQuery(pagesQuery(draftId))
  return { pages: data ?? NONE, at: dataUpdatedAt }
}
