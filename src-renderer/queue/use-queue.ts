import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QueueState, QueueTicket, TicketId } from '@contract/queue'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { useAnnounce } from '../parts'

/** The queue as this counter sees it; asked again at each of its events, and by itself so that waiting times go on. */
export function useQueue(): { queue: QueueState | undefined; error: unknown } {
  const mayReceive = useMay('receive')
  const { data, error } = useQuery({ queryKey: keys.queue, queryFn: () => api.queue.state(), refetchInterval: 30_000, enabled: mayReceive })
  return { queue: data, error }
}

/** An act on a number, by the call of the same name. */
export type TicketAct = 'call' | 'recall' | 'start' | 'finish' | 'hold' | 'miss' | 'return' | 'claim'

type Wish = Readonly<{ act: 'next' } | { act: 'claimAll'; tickets: readonly [TicketId, ...TicketId[]] } | { act: TicketAct; ticket: TicketId } | { act: 'transfer'; ticket: TicketId; to: string; letter: string | null }>

/** One after the other; what was taken over before one is refused stays taken over. */
async function claimAll([first, ...rest]: readonly [TicketId, ...TicketId[]]): Promise<QueueTicket> {
  let claimed = await api.queue.claim({ ticket: first })
  for (const ticket of rest) claimed = await api.queue.claim({ ticket })
  return claimed
}

function carryOut(wish: Wish): Promise<QueueTicket> {
  if (wish.act === 'next') return api.queue.next()
  if (wish.act === 'claimAll') return claimAll(wish.tickets)
  if (wish.act === 'transfer') return api.queue.transfer({ ticket: wish.ticket, to: wish.to, letter: wish.letter })
  return api.queue[wish.act]({ ticket: wish.ticket })
}

export type QueueActs = Readonly<{
  next(): void
  act(act: TicketAct, ticket: TicketId): void
  transfer(ticket: TicketId, to: string, letter: string | null): void
  /** Takes numbers over from counters that are off. */
  claimAll(tickets: readonly [TicketId, ...TicketId[]]): void
  busy: boolean
  /** Of the last act; gone with the next one. */
  error: unknown
}>

/** What an officer does with numbers; each is said to screen readers once it is done. */
export function useQueueActs(): QueueActs {
  const { t } = useTranslation('queue')
  const { say } = useAnnounce()
  const { mutate, isPending, error } = useMutation({
    mutationFn: carryOut,
    onSuccess: ({ label }, wish) => say(t(`said.${wish.act}`, { label, count: wish.act === 'claimAll' ? wish.tickets.length : 1 })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['queue'] }),
  })
  return {
    next: () => mutate({ act: 'next' }),
    act: (act, ticket) => mutate({ act, ticket }),
    transfer: (ticket, to, letter) => mutate({ act: 'transfer', ticket, to, letter }),
    claimAll: (tickets) => mutate({ act: 'claimAll', tickets }),
    busy: isPending, error,
  }
}
