import { useMutation, useQuery } from '@tanstack/react-query'
import type { IssuanceAct, IssuanceId, IssuanceState, IssuanceView } from '@contract/signing'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'

/** Which issuances the list shows. */
export const WHICH = ['unfinished', 'done', 'all'] as const
export type Which = (typeof WHICH)[number]

const STATES: Readonly<Record<Which, readonly IssuanceState[] | null>> = { unfinished: ['open', 'queued', 'waiting'], done: ['done'], all: null }
const LIMIT = 200

export function useIssuances(which: Which) {
  const states = STATES[which]
  return useQuery({ queryKey: keys.issuances(which), queryFn: () => api.issuance.list({ ...(states !== null && { states: [...states] }), limit: LIMIT }) })
}

export const useIssuance = (id: IssuanceId) => useQuery({ queryKey: keys.issuanceOne(id), queryFn: () => api.issuance.get({ id }) })
export const useProviders = () => useQuery({ queryKey: keys.issuanceProviders, queryFn: () => api.issuance.providers() })
export const useTokens = () => useQuery({ queryKey: keys.tokens, queryFn: () => api.tokens.view() })
export const useIssuanceCount = () => useQuery({ queryKey: keys.issuanceCount, queryFn: () => api.issuance.count() })

export type IssuanceActs = Readonly<{
  act(act: IssuanceAct): void
  again(): void
  stop(why: string): void
  provider(provider: string): void
  busy: boolean
  error: unknown
  forget(): void
}>

type Work = Readonly<{ do: 'act'; act: IssuanceAct } | { do: 'again' } | { do: 'stop'; why: string } | { do: 'provider'; provider: string }>

function carryOut(id: IssuanceId, work: Work): Promise<IssuanceView> {
  if (work.do === 'act') return api.issuance.act({ id, act: work.act })
  if (work.do === 'again') return api.issuance.again({ id })
  return work.do === 'stop' ? api.issuance.stop({ id, why: work.why }) : api.issuance.provider({ id, provider: work.provider })
}

/** What the officer does with an issuance. The answer is how it stands afterwards. */
export function useIssuanceActs(id: IssuanceId): IssuanceActs {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (work: Work) => carryOut(id, work),
    onSuccess: (view) => queryClient.setQueryData(keys.issuanceOne(id), view),
    // Not waited for: the next step is there already, and its key must act.
    onSettled: () => {
      for (const queryKey of [['issuance'], ['display'], keys.tokens]) void queryClient.invalidateQueries({ queryKey })
    },
  })
  return {
    act: (act) => mutate({ do: 'act', act }), again: () => mutate({ do: 'again' }), stop: (why) => mutate({ do: 'stop', why }), provider: (provider) => mutate({ do: 'provider', provider }),
    busy: isPending, error, forget: reset,
  }
}
