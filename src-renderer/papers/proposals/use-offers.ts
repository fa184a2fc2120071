import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DraftId } from '@contract/ids'
import { api } from '../../app/api'
import { keys } from '../../app/queries'
import { useDraft } from '../../intake/use-draft'
import { usePages } from '../use-pages'
import { type OfferGroup, offersOf } from './offers'
import { useRefusals } from './refusals'

export type Offers = Readonly<{
  groups: readonly OfferGroup[]
  /** Pages whose text is still being read. */
  reading: number
  refuse: (key: string, on: boolean) => void
}>

/** What was read on the papers of the draft in hand and is not in it yet. */
export function useOffers(draftId: DraftId): Offers {
  const { content } = useDraft()
  const { pages: listed } = usePages(draftId)
  const { data: proposals } = useQuery({ queryKey: keys.proposals(draftId), queryFn: () => api.pages.proposals({ draftId }) })
  const [refused, refuse] = useRefusals(draftId)
  const pages = useMemo(() => listed.filter(({ place }) => place === 'kept'), [listed])
  const groups = useMemo(() => offersOf(proposals ?? [], pages, content, refused), [proposals, pages, content, refused])
  return { groups, reading: pages.filter(({ state, text }) => state === 'ready' && text === 'waiting').length, refuse }
}
