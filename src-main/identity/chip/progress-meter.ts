import type { ChipFile, ChipProgress } from '@contract/chip'
import type { Progress } from './types'

/** What files are about as long as, until their first bytes tell: bytes. */
const USUAL: Readonly<Record<ChipFile, number>> = {
  CardAccess: 40, CardSecurity: 1500, COM: 30, DG1: 95, DG2: 16 * 1024, DG11: 200, DG12: 150, DG13: 700, DG14: 400, DG15: 300, SOD: 2500,
}

/** Tells how far a reading is. Neither the bytes nor their share of the whole ever go back, also where a file turns out longer, or is begun anew. */
export type Meter = Readonly<{
  step(step: ChipProgress['step'], file?: ChipFile): void
  /** `have` bytes of a file are there, of `total` when that is known. */
  file(file: ChipFile, have: number, total: number | null): void
  /** Nothing will come of this file. */
  without(file: ChipFile): void
}>

export function createMeter(files: readonly ChipFile[], onProgress: Progress): Meter {
  const sizes = new Map<ChipFile, { have: number; total: number }>(files.map((file) => [file, { have: 0, total: USUAL[file] }]))
  let done = 0
  let share = 0

  const tell = (step: ChipProgress['step'], file: ChipFile | null): void => {
    const all = [...sizes.values()]
    const expected = all.reduce((sum, { total }) => sum + total, 0)
    done = Math.max(done, all.reduce((sum, { have }) => sum + have, 0))
    const total = Math.max(done, share > 0 ? Math.min(expected, Math.floor(done / share)) : expected)
    if (total > 0) share = Math.max(share, done / total)
    onProgress({ step, file, done, total })
  }

  return {
    step: (step, file) => tell(step, file ?? null),
    file: (file, have, total) => {
      sizes.set(file, { have, total: total ?? Math.max(have, USUAL[file]) })
      tell('reading', file)
    },
    without: (file) => void sizes.delete(file),
  }
}
