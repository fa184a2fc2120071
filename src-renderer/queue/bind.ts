import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { queryClient } from '../app/queries'

/** Runs an act on the queue that must never stand in the way of a draft: a queue that is away only loses its times. */
async function quietly(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
    await queryClient.invalidateQueries({ queryKey: ['queue'] })
  } catch {
    // The queue says by itself, on Hôm nay, what is wrong with it.
  }
}

/** The person called here sits down: the number is being served from now on, and belongs to this draft. */
export const bindMine = (draftId: DraftId): Promise<void> => quietly(async () => {
  const { mine } = await api.queue.state()
  if (mine !== null) await api.queue.bindTo({ draftId, ticket: mine.id })
})

/** Parks the number along with its draft, when it is being served here. */
export const holdWith = (draftId: DraftId): Promise<void> => quietly(async () => {
  const ticket = await api.queue.ofDraft({ draftId })
  if (ticket?.counter?.here === true && (ticket.state === 'serving' || ticket.state === 'called')) await api.queue.hold({ ticket: ticket.id })
})

/** The draft is taken up again, and so is its number, which was held here or has been called for it; not while somebody else is in hand. */
export const takeUpWith = (draftId: DraftId): Promise<void> => quietly(async () => {
  const ticket = await api.queue.ofDraft({ draftId })
  if (ticket?.counter?.here !== true || (ticket.state !== 'held' && ticket.state !== 'called')) return
  const { mine } = await api.queue.state()
  if (mine === null || mine.id === ticket.id) await api.queue.start({ ticket: ticket.id })
})

/** Ends the number that is being served here, before somebody is served who has none. */
export const finishMine = (): Promise<void> => quietly(async () => {
  const { mine } = await api.queue.state()
  if (mine?.state === 'serving') await api.queue.finish({ ticket: mine.id })
})
