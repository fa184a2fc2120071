import { useTranslation } from 'react-i18next'
import type { DraftId } from '@contract/ids'
import type { PageView, PageWishes, Turns } from '@contract/pages'
import { api, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useAnnounce } from '../parts'
import { type Place, placeNow } from './pages'

const NEXT_TURN: Readonly<Record<Turns, Turns>> = { 0: 1, 1: 2, 2: 3, 3: 0 }

export type PageActs = Readonly<{
  turn(page: PageView): Promise<void>
  remove(pages: readonly PageView[]): Promise<void>
  putBack(pages: readonly PageView[]): Promise<void>
  /** Puts pages elsewhere; `words` say so, and it can be taken back. */
  place(place: Place, words: string): Promise<void>
  again(page: PageView, wishes: PageWishes): Promise<void>
}>

/** What can be done with pages of a draft. Each act is in the core when the screen shows it, is said, and can be taken back. */
export function usePageActs(draftId: DraftId, pages: readonly PageView[]): PageActs {
  const { t } = useTranslation('papers')
  const { say, toast } = useAnnounce()
  const done = async (act: () => Promise<unknown>, tell: () => void): Promise<void> => {
    try {
      await act()
      await queryClient.invalidateQueries({ queryKey: keys.pages(draftId) })
      tell()
    } catch (error) {
      const { code } = problemOf(error)
      toast(`${t(`${code}.what`, { ns: 'errors' })} ${t('code', { ns: 'common', code })}`)
    }
  }
  const undo = (run: () => void) => ({ label: t('undo', { ns: 'common' }), run })
  const keep = (which: readonly PageView[], kept: boolean) => () => api.pages.keep({ draftId, pageIds: which.map(({ id }) => id), kept })
  const putBack = (which: readonly PageView[]): Promise<void> => done(keep(which, true), () => say(t('said.putBack', { count: which.length })))
  const put = ({ component, at, pageIds }: Place) => () => api.pages.place({ draftId, component, at, pageIds: [...pageIds] })
  return {
    putBack,
    turn: (page) => done(() => api.pages.turn({ pageId: page.id, turns: NEXT_TURN[page.turns] }), () => say(t('said.turned'))),
    remove: (which) => done(keep(which, false), () => toast(t('said.removed', { count: which.length }), undo(() => void putBack(which)))),
    place: (place, words) => {
      const before = placeNow(pages, place.pageIds)
      return done(put(place), () => {
        if (before) toast(words, undo(() => void done(put(before), () => say(t('said.back')))))
        else say(words)
      })
    },
    again: (page, wishes) => done(() => api.pages.again({ pageId: page.id, wishes }), () => say(t('said.again'))),
  }
}
