import type { PageId } from '@contract/ids'
import { api } from '../app/api'

export type WantedPicture = Readonly<{ pageId: PageId; revision: number; original: boolean }>

/** Kept after the last look: paging to and fro comes back at once, and a pile does not fill the memory. */
const KEEP_MS = 20_000

/** A page as it goes into the PDF, or as it came, which never changes. The name stands apart from `pages`, which every news of a page makes stale. */
export const pictureQuery = ({ pageId, revision, original }: WantedPicture) => ({
  queryKey: ['page-picture', pageId, original ? 'as-it-came' : revision], queryFn: () => api.pages.image({ pageId, original }), staleTime: Infinity, gcTime: KEEP_MS,
})
