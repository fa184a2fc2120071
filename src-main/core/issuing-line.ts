import type { LineState } from '@contract/sync'
import type { Issuing } from '../signing'
import { asAppError, type Clock, type Log } from '../storage'
import type { Sync } from '../sync'
import type { Live } from './live'

/** Nothing is asked while there is surely nobody to be asked; the line coming back ends every wait. */
const DOWN: ReadonlySet<LineState> = new Set<LineState>(['offline', 'portal'])
/** At least and at most between two rounds, in milliseconds. */
const SOON = 250
const LATEST = 60_000

/** Keeps issuances going that wait for a CA, for the phone or for the line. */
export type Going = Readonly<{ start(issuing: Pick<Issuing, 'goOn' | 'displayChanged'>): void; wake(): void; close(): Promise<void> }>

export function keepGoing({ live, sync, log, clock }: Readonly<{ live: Live; sync: Pick<Sync, 'status'>; log: Log; clock: Clock }>): Going {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let due = Infinity
  let round: Promise<void> | null = null
  let started: Pick<Issuing, 'goOn' | 'displayChanged'> | null = null

  const inMs = (ms: number): void => {
    const at = performance.now() + ms
    if (abort.signal.aborted || at >= due) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(go, ms).unref()
  }
  const oneRound = async (): Promise<void> => {
    const next = await started?.goOn.round()
    inMs(next ? Math.min(LATEST, Math.max(SOON, next.getTime() - clock.now().getTime())) : LATEST)
  }
  const go = (): void => {
    due = Infinity
    if (round || abort.signal.aborted) return
    round = oneRound().catch((error: unknown) => {
      log('issuance.round-failed', { code: asAppError(error).code })
      inMs(LATEST)
    }).finally(() => { round = null })
  }
  const listen = async (): Promise<void> => {
    let up = !DOWN.has(sync.status().line)
    for await (const { kind } of live.listen(abort.signal)) {
      if (kind === 'display') started?.displayChanged()
      if (kind !== 'sync') continue
      const now = !DOWN.has(sync.status().line)
      if (now && !up) {
        started?.goOn.hurry()
        inMs(SOON)
      }
      up = now
    }
  }
  return {
    start: (issuing) => {
      started = issuing
      void listen().catch((error: unknown) => log('issuance.not-listening', { code: asAppError(error).code }))
      inMs(SOON)
    },
    wake: () => inMs(SOON),
    close: async () => {
      abort.abort()
      clearTimeout(timer)
      await round
    },
  }
}
