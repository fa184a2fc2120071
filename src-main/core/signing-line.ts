import { Instant } from '@contract/ids'
import type { LineState } from '@contract/sync'
import { hastenChecks, hastenUpgrades } from '../signing'
import type { Clock, Store } from '../storage'
import type { Sync } from '../sync'
import type { Live } from './live'

/** Without any of these there is nobody to be asked; one that was not looked at yet is tried. */
const DOWN: ReadonlySet<LineState> = new Set<LineState>(['offline', 'portal'])

/** The line, as signing needs to know it. */
export type SigningLine = Readonly<{
  up(): boolean
  /** `back`: what waited for the line may go on. `papers`: documents of drafts, or papers of signing, changed. */
  start(told: Readonly<{ back(): void; papers(): void }>): void
  close(): void
}>

export function watchLine({ live, sync, store, clock }: Readonly<{ live: Live; sync: Pick<Sync, 'status'>; store: Store; clock: Clock }>): SigningLine {
  const abort = new AbortController()
  const up = (): boolean => !DOWN.has(sync.status().line)
  const listen = async ({ back, papers }: Readonly<{ back(): void; papers(): void }>): Promise<void> => {
    let before = up()
    for await (const { kind } of live.listen(abort.signal)) {
      if (kind === 'drafts' || kind === 'signing') papers()
      if (kind !== 'sync') continue
      const now = up()
      if (now && !before) {
        const at = Instant.parse(clock.now().toISOString())
        store.write((tx) => {
          hastenUpgrades(tx, at)
          hastenChecks(tx, at)
        })
        back()
      }
      before = now
    }
  }
  return {
    up,
    // Ends with `close`; what it does is told to the log by whom it wakes.
    start: (told) => void listen(told).catch(() => undefined),
    close: () => abort.abort(),
  }
}
