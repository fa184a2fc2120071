import type { ReadingId } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Held } from './reading'

/** How long a reading is kept in memory, in milliseconds: an errand at the counter takes minutes. */
const KEPT_MS = 20 * 60_000
const MOST = 8

/** The readings of the last minutes. Nothing of them reaches the disk. */
export type Shelf = Readonly<{
  put(held: Held): void
  /** @throws AppError THE-014 when it was never there or is too old */
  get(id: ReadingId): Held
  clear(): void
}>

export function createShelf(now: () => number): Shelf {
  const kept = new Map<ReadingId, Readonly<{ held: Held; until: number }>>()
  const tidy = (): void => {
    for (const [id, { until }] of kept) if (until <= now()) kept.delete(id)
    for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(id)
  }
  let tidying: NodeJS.Timeout | undefined
  return {
    put: (held) => {
      kept.set(held.reading.id, { held, until: now() + KEPT_MS })
      tidy()
      // Also when nobody asks again: a face is not to lie in memory overnight.
      clearTimeout(tidying)
      tidying = setTimeout(tidy, KEPT_MS).unref()
    },
    get: (id) => {
      tidy()
      const found = kept.get(id)
      if (!found) throw new AppError(chipErrors.noReading)
      return found.held
    },
    clear: () => kept.clear(),
  }
}
