import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'

/** Keys that one insertion of a card is given: after failed ones a chip answers more and more slowly (`eid.md` D.1). */
const MOST = 3

/** Counts wrong keys per reader until the card is taken off. */
export type Tries = Readonly<{
  /** How many keys may still be tried. @throws AppError THE-005 none */
  left(reader: string): number
  wrong(reader: string, count: number): void
  opened(reader: string): void
  /** Readers that hold no card begin anew. */
  forgetAllBut(withCard: readonly string[]): void
}>

export function createTries(): Tries {
  const used = new Map<string, number>()
  return {
    left: (reader) => {
      const left = MOST - (used.get(reader) ?? 0)
      if (left <= 0) throw new AppError(chipErrors.tooManyTries)
      return left
    },
    wrong: (reader, count) => void used.set(reader, (used.get(reader) ?? 0) + count),
    opened: (reader) => void used.delete(reader),
    forgetAllBut: (withCard) => {
      for (const reader of [...used.keys()]) if (!withCard.includes(reader)) used.delete(reader)
    },
  }
}
