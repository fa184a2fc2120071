import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { DraftContent, Gap } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { type DraftState, type DraftStore, leaveDraftStore, openDraftStore } from './draft-store'
import { usePages } from '../papers/use-pages'
import type { TakenIn } from './content'
import { gapsOf } from './gaps'
import { createUploadQueue, type Upload, type UploadQueue } from './uploads'

/** Opens a draft for the screen; saves it when the screen is left. */
export function useDraftStore(id: DraftId) {
  const opened = useQuery({ queryKey: ['intake-draft', id], queryFn: () => openDraftStore(id), staleTime: Infinity, gcTime: 0, structuralSharing: false })
  useEffect(() => () => void leaveDraftStore(id), [id])
  return opened
}

export type Hand = Readonly<{
  store: DraftStore
  state: DraftState
  content: DraftContent
  procedure: Procedure | undefined
  /** Files and pages taken in. */
  taken: TakenIn
  /** What stands in the way of receiving, by what is on the screen. */
  gaps: readonly Gap[]
  uploads: readonly Upload[]
  queue: UploadQueue
  edit: DraftStore['edit']
}>

/** Everything the parts of the intake screen work on. */
export function useHand(store: DraftStore): Hand {
  const state = useSyncExternalStore(store.subscribe, store.get)
  const queue = useMemo(() => createUploadQueue(store.id, store.refresh), [store])
  const uploads = useSyncExternalStore(queue.subscribe, queue.get)
  const chosen = state.content.procedure
  const { data: procedure } = useQuery({
    queryKey: keys.procedure(chosen?.code ?? '', chosen?.version ?? ''), queryFn: () => api.procedures.get({ code: chosen?.code ?? '', version: chosen?.version }),
    enabled: chosen !== null, staleTime: Infinity,
  })
  const { pages, at } = usePages(store.id)
  const any = pages.length > 0
  useEffect(() => {
    // What is missing, and the PDFs, follow the pages.
    if (any) store.refresh().catch(() => undefined)
  }, [store, any, at])
  const { documents } = state.view
  const taken = useMemo(() => ({ documents, pages }), [documents, pages])
  const known = chosen ? procedure : undefined
  const gaps = useMemo(() => gapsOf(state.view, taken, known), [state.view, taken, known])
  return { store, state, content: state.content, procedure: known, taken, gaps, uploads, queue, edit: store.edit }
}

const HandContext = createContext<Hand | null>(null)
export const HandProvider = HandContext.Provider

/** The draft in hand. Only inside the intake screen. */
export function useDraft(): Hand {
  const hand = useContext(HandContext)
  if (!hand) throw new Error('no draft in hand')
  return hand
}
