import { AppError, ERRORS } from '@contract/errors'
import type { Instant } from '@contract/ids'
import type { DisplayState } from '@contract/display'
import type { IssuanceId } from '@contract/signing'
import type { Now } from './rules'

/** What is in hand at this moment: which page was pushed for whom, and where a token or a CA is at work. Lost with the process, like the work itself. */
export type Hands = Readonly<{
  pushed(id: IssuanceId, page: Readonly<{ kind: 'consent' | 'certificate'; since: Instant }>): void
  typing(id: IssuanceId, on: boolean): void
  /** @throws AppError KS-051 while something is at work for it */
  free(id: IssuanceId): void
  /** One work at a time for one issuance. @throws AppError KS-051 */
  work<T>(id: IssuanceId, busy: 'token' | 'ca', act: () => Promise<T>): Promise<T>
  isBusy(id: IssuanceId): boolean
  now(id: IssuanceId, display: DisplayState | null): Now
  /** For whom a page was pushed that may be gone by now. */
  shownFor(): readonly IssuanceId[]
  /** Returns when nothing is at work any more. */
  settled(): Promise<void>
}>

export function createHands(changed: () => void): Hands {
  let page: Readonly<{ id: IssuanceId; kind: 'consent' | 'certificate'; since: Instant }> | null = null
  const typing = new Set<IssuanceId>()
  const busy = new Map<IssuanceId, Readonly<{ with: 'token' | 'ca'; done: Promise<unknown> }>>()
  const free = (id: IssuanceId): void => {
    if (busy.has(id)) throw new AppError(ERRORS.signing.issuanceStep, { step: '' })
  }
  return {
    free,
    pushed: (id, { kind, since }) => { page = { id, kind, since } },
    typing: (id, on) => {
      if (on) typing.add(id)
      else typing.delete(id)
      changed()
    },
    work: async (id, what, act) => {
      free(id)
      const done = act()
      busy.set(id, { with: what, done: done.catch(() => undefined) })
      changed()
      try {
        return await done
      } finally {
        busy.delete(id)
        changed()
      }
    },
    isBusy: (id) => busy.has(id),
    now: (id, display) => {
      const shown = display?.shown
      const stands = page?.id === id && shown?.kind === page.kind && shown.since === page.since
      return { onDisplay: stands || (typing.has(id) && shown?.kind === 'pin' && !busy.has(id)), busy: busy.get(id)?.with ?? null }
    },
    shownFor: () => [...new Set([...(page ? [page.id] : []), ...typing])],
    settled: async () => {
      while (busy.size > 0) await Promise.all([...busy.values()].map(({ done }) => done))
    },
  }
}
