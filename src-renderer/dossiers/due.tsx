import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DossierState, SearchHit } from '@contract/dossier'
import type { Instant } from '@contract/ids'
import { api } from '../app/api'
import { DossierBadge, DueMark, SyncBadge } from '../parts'

/** States in which the clock runs: while the citizen is waited for (5, 6) it stands still. */
const RUNNING: readonly DossierState[] = [1, 2, 4]
/** What is left changes by the minute. */
const ASK_EVERY_MS = 30_000

export const isRunning = (state: DossierState): boolean => RUNNING.includes(state)

/** Working minutes to each moment by the ward's calendar and hours, asked of the core; negative when past. */
export function useMinutesLeft(moments: readonly (Instant | null)[]): ReadonlyMap<Instant, number> {
  const until = [...new Set(moments.filter((moment) => moment !== null))].sort()
  const { data } = useQuery({
    queryKey: ['dossier', 'minutes', until], queryFn: async () => {
      const minutes = await api.office.workingMinutes({ until: until.slice(0, 500) })
      return new Map(until.flatMap((moment, index) => { const left = minutes[index]; return typeof left === 'number' ? [[moment, left] as const] : [] }))
    },
    enabled: until.length > 0, refetchInterval: ASK_EVERY_MS, placeholderData: keepPreviousData,
  })
  return data ?? new Map()
}

/** The one badge of a row: what the city wants first, then how little time is left, then the state. */
export function RowBadge({ hit, minutes }: { hit: Pick<SearchHit, 'state' | 'submission' | 'dueAt'>; minutes: ReadonlyMap<Instant, number> }): ReactNode {
  if (hit.submission === 'attention') return <SyncBadge state="attention" />
  const left = hit.dueAt === null || !isRunning(hit.state) ? undefined : minutes.get(hit.dueAt)
  return left !== undefined && left <= 480 ? <DueMark minutesLeft={left} /> : <DossierBadge state={hit.state} />
}
