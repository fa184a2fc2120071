import type { Change, Entry, Rolls, StoredLine } from './log'

/** The log of one line in memory, and what of it is not on the disk yet. */
export type Journal = Readonly<{
  last(): number
  /** 0 before the first entry. */
  termAt(index: number): number
  at(index: number): Entry | undefined
  from(index: number, count: number): readonly Entry[]
  /** Takes the place of whatever stood there and after it. */
  put(entry: Entry): void
  /** The newest roll, agreed or not: it counts from the moment it is written. */
  rolls(): Rolls
  isRollAfter(index: number): boolean
  /** The entries to keep since this was asked last. */
  changes(): Pick<Change, 'from' | 'entries'>
}>

export function createJournal({ meta, entries }: StoredLine): Journal {
  const log: Entry[] = [...entries]
  let changedFrom: number | null = null
  let rolls = newestRolls()

  function newestRolls(): Rolls {
    for (let index = log.length; index > 0; index--) {
      const body = log[index - 1]?.body
      if (body?.kind === 'roll') return body.rolls
    }
    return { next: { members: [meta.founder], tie: null }, old: null }
  }

  return {
    last: () => log.length,
    termAt: (index) => log[index - 1]?.term ?? 0,
    at: (index) => log[index - 1],
    from: (index, count) => log.slice(index - 1, index - 1 + count),
    put(entry) {
      if (entry.index > log.length + 1) throw new Error('queue: a gap in the log')
      const cut = entry.index <= log.length
      log.length = entry.index - 1
      log.push(entry)
      if (cut || entry.body.kind === 'roll') rolls = newestRolls()
      changedFrom = Math.min(changedFrom ?? entry.index, entry.index)
    },
    rolls: () => rolls,
    isRollAfter: (index) => log.slice(index).some((entry) => entry.body.kind === 'roll'),
    changes() {
      const from = changedFrom
      changedFrom = null
      return { from, entries: from === null ? [] : log.slice(from - 1) }
    },
  }
}
