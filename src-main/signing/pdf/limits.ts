import { AppError } from '@contract/errors'

/** More is not read or signed (KS-012). */
export const MAX_PDF_BYTES = 200 * 1024 * 1024
/** ISO 32000-1 annex C: the highest number that an object may have. */
export const MAX_OBJECT = 8_388_607
export const MAX_GENERATION = 65_535
export const MAX_DEPTH = 64
export const MAX_REVISIONS = 1000
/** One stream undone, and all of a file together, in bytes. */
const MAX_INFLATED = 32 * 1024 * 1024
const MAX_INFLATED_ALL = 96 * 1024 * 1024
/** Tokens, table rows and steps of a file together: somewhat under a second. */
const MAX_STEPS = 6_000_000

/** Why a file is taken for broken; never any of its content. */
export const broken = (why: string): AppError => new AppError('KS-010', { why })

/** What reading one file may cost. Every loop over what the file says pays into it, so that no file can keep the program busy. */
export type Budget = Readonly<{ step(count?: number): void; inflated(bytes: number): void; mayInflate(): number }>

export function newBudget(): Budget {
  let steps = MAX_STEPS
  let inflated = MAX_INFLATED_ALL
  return {
    step: (count = 1) => {
      steps -= count
      if (steps < 0) throw broken('too much to read')
    },
    inflated: (bytes) => { inflated -= bytes },
    mayInflate: () => Math.min(MAX_INFLATED, Math.max(inflated, 1)),
  }
}
