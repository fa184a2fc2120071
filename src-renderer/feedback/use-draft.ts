import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { FeedbackContent, FeedbackView } from '@contract/feedback'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { createDraftStore, type Store, type StoreCalls, type StoreState } from '../intake/draft-store'

const calls: StoreCalls<FeedbackView> = {
  open: (id) => api.feedback.get({ id }),
  save: async (id, revision, content) => {
    const view = await api.feedback.saveDraft({ id, revision, content })
    queryClient.setQueryData(keys.feedbackOne(id), view)
    return view
  },
}

export type FeedbackDraft = Readonly<{ store: Store<FeedbackView>; state: StoreState<FeedbackView>; edit(part: Partial<FeedbackContent>): void }>

/** What is typed is saved shortly after, and once more when the screen is left. */
export function useFeedbackDraft(first: FeedbackView): FeedbackDraft {
  // The first view makes the store; later ones of the same draft are the store's own.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const store = useMemo(() => createDraftStore<FeedbackView>(first, calls), [first.id])
  const state = useSyncExternalStore(store.subscribe, store.get)
  useEffect(() => () => void store.flush(), [store])
  return { store, state, edit: (part) => store.edit((content) => ({ ...content, ...part })) }
}
