import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import { api, problemOf } from '../app/api'
import { useAnnounce } from '../parts'
import { arrange, moved, turned } from './papers'
import { useDraft } from './use-draft'

/** Moves, turns and removes documents of the draft; each is in the core when the screen shows it. */
export function useDocuments() {
  const { t } = useTranslation('intake')
  const { say, toast } = useAnnounce()
  const { store } = useDraft()
  const draftId = store.id
  const after = async (act: () => Promise<unknown>, words: string): Promise<void> => {
    try {
      await act()
      await store.refresh()
      say(words)
    } catch (error) {
      const { code } = problemOf(error)
      toast(`${t(`${code}.what`, { ns: 'errors' })} ${t('code', { ns: 'common', code })}`)
    }
  }
  const putBack = (document: DocumentInfo): void => void after(() => api.documents.putBack({ draftId, documentId: document.id }), t('papers.putBack', { name: document.name }))
  return {
    turn: (document: DocumentInfo, all: readonly DocumentInfo[]) =>
      void after(() => arrange(draftId, all.map((other) => (other.id === document.id ? turned(other) : other))), t('papers.turned')),
    move: (document: DocumentInfo, all: readonly DocumentInfo[], step: number) => {
      const order = moved(all, document.id, step)
      if (order) void after(() => arrange(draftId, order), t('papers.moved', { number: order.findIndex(({ id }) => id === document.id) + 1 }))
    },
    remove: (document: DocumentInfo) =>
      void after(() => api.documents.remove({ draftId, documentId: document.id }), t('papers.removed', { name: document.name }))
        .then(() => toast(t('papers.removed', { name: document.name }), { label: t('undo', { ns: 'common' }), run: () => putBack(document) })),
  }
}
