import type { PrintJobId } from '@contract/printing'
import type { PrintWish } from './ports'

/** The papers of the last jobs, in memory only: what was printed is no file of ours. */
export type Kept = Readonly<{ put(id: PrintJobId, wish: PrintWish): void; get(id: PrintJobId): PrintWish | undefined; has(id: PrintJobId): boolean }>

const MOST = 30

/** @param most so many jobs; the oldest go first */
export function createKept(most = MOST): Kept {
  const wishes = new Map<PrintJobId, PrintWish>()
  return {
    put: (id, wish) => {
      wishes.set(id, wish)
      for (const oldest of wishes.keys()) {
        if (wishes.size <= most) break
        wishes.delete(oldest)
      }
    },
    get: (id) => wishes.get(id),
    has: (id) => wishes.has(id),
  }
}
