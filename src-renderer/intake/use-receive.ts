import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import type { DuplicateHit, Gap } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { api, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useAnnounce } from '../parts'
import { holdWith } from '../queue/bind'
import { leaveDisplay } from '../show/leave-display'
import { showFirst } from '../show/show-first'
import { isUntouched } from './content'
import { gapsOf } from './gaps'
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

/** Waits until every page is worked on and bound, so that what is missing is judged by the finished PDFs. Answers how the pages then stand. */
async function finishPages(draftId: DraftId): Promise<readonly PageView[]> {
  try {
    await api.pages.settle({ draftId })
  } catch (failure) {
    // Which page cannot be used is said, and led to, like everything else that is missing.
    if (problemOf(failure).code !== 'QT-016') throw failure
  }
  const pages = await api.pages.list({ draftId })
  queryClient.setQueryData(keys.pages(draftId), pages)
  return pages
}

/** The ends of a draft: received, parked, set aside. What is missing or doubled is said first; nothing is lost on the way. */
export function useReceive({ store, queue, procedure, taken, gaps }: Hand, onReceived: (dossier: DossierView) => void) {
  const navigate = useNavigate()
  const discardDraft = useDiscard()
  const [stopped, setStopped] = useState<{ attempt: number; by: readonly Gap[] }>({ attempt: 0, by: [] })
  const [duplicates, setDuplicates] = useState<readonly DuplicateHit[]>([])
  const [receiving, setReceiving] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const commit = async (despiteDuplicates: boolean, unseen: boolean): Promise<void> => {
    setDuplicates([])
    setError(null)
    const { saved, problem } = await store.flush()
    if (saved === 'failed' && problem) return
    const pages = taken.pages.length > 0 ? await finishPages(store.id) : []
    if (pages.length > 0) await store.refresh()
    const { view } = store.get()
    const by = gapsOf(view, { documents: view.documents, pages }, procedure)
    setStopped(({ attempt }) => ({ attempt: attempt + 1, by }))
    if (by.length > 0) return
    if (!unseen && (await showFirst(store.id))) return
    if (!despiteDuplicates && view.duplicates.length > 0) return setDuplicates(view.duplicates)
    const dossier = await api.intake.commit({ draftId: store.id, revision: view.revision, despiteDuplicates })
    forgetDraftStore(store.id)
    onReceived(dossier)
  }
  const receive = async (despiteDuplicates: boolean, unseen: boolean): Promise<void> => {
    setReceiving(true)
    try {
      await commit(despiteDuplicates, unseen)
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
    await Promise.all([holdWith(store.id), leaveDisplay()])
    if (isUntouched({ content, documents: view.documents }) && queue.get().length === 0) {
      await api.intake.discard({ draftId: store.id })
      forgetDraftStore(store.id)
    }
    await navigate({ to: '/' })
  }
  const discard = async (): Promise<void> => {
    await store.flush()
    await Promise.all([discardDraft(store.id), leaveDisplay()])
    await navigate({ to: '/' })
  }
  return {
    /** What stopped the last attempt and still stands in the way. */
    faults: stopped.by.filter((fault) => gaps.some(({ field, code }) => field === fault.field && code === fault.code)), attempt: stopped.attempt,
    duplicates, receiving, error,
    receive: () => void receive(false, false), receiveAnyway: () => void receive(true, true),
    /** Without the citizen's look at it. */
    receiveUnseen: () => void receive(false, true), closeDuplicates: () => setDuplicates([]),
    park: () => void leave().catch(setError), discard: () => void discard().catch(setError),
  }
}
