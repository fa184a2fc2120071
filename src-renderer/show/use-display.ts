import { useMutation, useQuery } from '@tanstack/react-query'
import type { DisplayState, DisplayWish } from '@contract/display'
import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'

/** What stands on the citizen's display, and what was answered. */
export function useDisplay(): DisplayState | undefined {
  const mayReceive = useMay('receive')
  return useQuery({ queryKey: keys.display, queryFn: () => api.display.state(), enabled: mayReceive }).data
}

/** What the citizen confirmed of this draft; `revision` asks again after each saving. */
export function useConfirmation(draftId: DraftId, revision: number) {
  return useQuery({ queryKey: [...keys.confirmation(draftId), revision], queryFn: () => api.display.confirmation({ draftId }), placeholderData: (before) => before }).data ?? null
}

type Act = Readonly<{ do: 'show' | 'turn'; wish: DisplayWish }> | Readonly<{ do: 'clear' | 'open' | 'paid' | 'moreTime' }>

async function carryOut(act: Act): Promise<void> {
  if (act.do === 'clear' || act.do === 'paid' || act.do === 'moreTime') await api.display[act.do]()
  if (act.do === 'open') await api.hall.open({ window: 'display', place: 'monitor', monitor: null })
  if (act.do === 'show' || act.do === 'turn') await api.display[act.do](act.wish)
}

export type DisplayActs = Readonly<{
  show(wish: DisplayWish): void
  /** For a machine with one monitor: over this window, which is locked until the officer takes the screen back. */
  turn(wish: DisplayWish): void
  clear(): void
  open(): void
  /** The transfer has come in. */
  paid(): void
  /** Two more minutes for a PIN. */
  moreTime(): void
  busy: boolean
  error: unknown
}>

/** What the officer does with the display. `first` is done before something is pushed: what was typed must be saved. */
export function useDisplayActs(first: () => Promise<unknown> = () => Promise.resolve()): DisplayActs {
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (act: Act) => {
      if (act.do === 'show' || act.do === 'turn') await first()
      await carryOut(act)
    },
    onSettled: () => Promise.all([queryClient.invalidateQueries({ queryKey: ['display'] }), queryClient.invalidateQueries({ queryKey: keys.hall })]),
  })
  return {
    show: (wish) => mutate({ do: 'show', wish }), turn: (wish) => mutate({ do: 'turn', wish }), clear: () => mutate({ do: 'clear' }), open: () => mutate({ do: 'open' }), paid: () => mutate({ do: 'paid' }), moreTime: () => mutate({ do: 'moreTime' }),
    busy: isPending, error,
  }
}
