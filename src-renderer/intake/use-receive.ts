import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import type { DuplicateHit, Gap } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import { api, problemOf } from '../app/api'
import { queryClient } from '../app/queries'
import { useAnnounce } from '../parts'
import { isUntouched } from './content'
import { forgetDraftStore } from './draft-store'
import type { Hand } from './use-draft'

/** Sets a draft aside and offers to take it back. */
export function useDiscard(): (id: DraftId) => Promise<void> {
  const { t } = useTranslation('intake')
  const navigate = useNavigate()
  const { toast } = useAnnounce()
  const takeBack = async (draftId: DraftId): Promise<void> => {
    await api.intake.restore({ draftId })
    await navigate({ to: '/intake/$draftId', params: { draftId } })
  }
  return async (draftId) => {
    await api.intake.discard({ draftId })
    forgetDraftStore(draftId)
    toast(t('discarded'), { label: t('undo', { ns: 'common' }), run: () => void takeBack(draftId) })
    await queryClient.invalidateQueries({ queryKey: ['drafts'] })
  }
}

/** The ends of a draft: received, parked, set aside. What is missing or doubled is said first; nothing is lost on the way. */
export function useReceive({ store, queue, state, taken }: Hand, onReceived: (dossier: DossierView) => void) {
  const navigate = useNavigate()
  const discardDraft = useDiscard()
  const [stopped, setStopped] = useState<{ attempt: number; by: readonly Gap[] }>({ attempt: 0, by: [] })
  const [duplicates, setDuplicates] = useState<readonly DuplicateHit[]>([])
  const [receiving, setReceiving] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const commit = async (despiteDuplicates: boolean): Promise<void> => {
    setDuplicates([])
    setError(null)
    const { saved, problem } = await store.flush()
    if (saved === 'failed' && problem) return
    if (taken.pages.length > 0) {
      // What is missing is judged by the finished PDFs.
      await api.pages.settle({ draftId: store.id })
      await store.refresh()
    }
    const { view } = store.get()
    setStopped(({ attempt }) => ({ attempt: attempt + 1, by: view.gaps }))
    if (view.gaps.length > 0) return
    if (!despiteDuplicates && view.duplicates.length > 0) return setDuplicates(view.duplicates)
    const dossier = await api.intake.commit({ draftId: store.id, revision: view.revision, despiteDuplicates })
    forgetDraftStore(store.id)
    onReceived(dossier)
  }
  const receive = async (despiteDuplicates: boolean): Promise<void> => {
    setReceiving(true)
    try {
      await commit(despiteDuplicates)
    } catch (failure) {
      // Saved elsewhere, a paper gone or a double that came meanwhile: ask again what stands in the way, and show the failure.
      setError(failure)
      if (['HS-002', 'HS-003', 'HS-006'].includes(problemOf(failure).code)) await store.refresh().catch(() => undefined)
    } finally {
      setReceiving(false)
    }
  }
  const leave = async (): Promise<void> => {
    const { view, content } = await store.flush()
    if (isUntouched({ content, documents: view.documents }) && queue.get().length === 0) {
      await api.intake.discard({ draftId: store.id })
      forgetDraftStore(store.id)
    }
    await navigate({ to: '/' })
  }
  const discard = async (): Promise<void> => {
    await store.flush()
    await discardDraft(store.id)
    await navigate({ to: '/' })
  }
  return {
    /** What stopped the last attempt and still stands in the way. */
    faults: stopped.by.filter((fault) => state.view.gaps.some(({ field, code }) => field === fault.field && code === fault.code)), attempt: stopped.attempt,
    duplicates, receiving, error,
    receive: () => void receive(false), receiveAnyway: () => void receive(true), closeDuplicates: () => setDuplicates([]),
    park: () => void leave().catch(setError), discard: () => void discard().catch(setError),
  }
}
