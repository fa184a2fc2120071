import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { PageView } from '@contract/pages'
import { api } from '../app/api'
import { pictureQuery } from './picture-query'

/** The address of a picture in memory, as long as it is shown. */
export function useAddress(picture: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!picture) return undefined
    const made = URL.createObjectURL(picture)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address lives as long as this effect
    setAddress(made)
    return () => {
      setAddress(undefined)
      URL.revokeObjectURL(made)
    }
  }, [picture])
  return address
}

/** Asked again so often while a page has no thumbnail yet, in milliseconds. */
const NO_THUMBNAIL_YET = 400

/** Where the small picture of a page lies; nothing until there is one. */
export function useThumbnail({ id, revision, state }: PageView): string | undefined {
  const { data } = useQuery({
    queryKey: ['page-thumbnail', id, revision], queryFn: () => api.pages.thumbnail({ pageId: id }), staleTime: Infinity, gcTime: 0,
    refetchInterval: (query) => (state === 'waiting' && !query.state.data ? NO_THUMBNAIL_YET : false),
  })
  return useAddress(data)
}

/** A page as large as its place, turned as it will be read; the small picture stands until the large one is there. */
export function PagePicture({ page, label }: { page: PageView; label: string }): ReactNode {
  const small = useThumbnail(page)
  const { data } = useQuery({ ...pictureQuery({ pageId: page.id, revision: page.revision, original: false }), enabled: page.made !== null })
  const large = useAddress(data)
  const address = large ?? small
  return <div className={`page-picture ${page.turns % 2 === 1 ? 'across' : ''}`}>{address !== undefined && <img src={address} alt={label} style={{ rotate: `${String(page.turns * 90)}deg` }} />}</div>
}
