import type { Change, QueueLog, StoredLine } from './log'
import type { LineId } from './words'

/** Keeps the lines for as long as this object lives; a node made anew with it goes on where the last one stopped. */
export function createMemoryLog(): QueueLog {
  const lines = new Map<LineId, StoredLine>()
  const next = (old: StoredLine | undefined, { meta, term, votedFor, commit, from, entries }: Change, wall: number): StoredLine => {
    const kept = old?.entries ?? []
    return { meta, term, votedFor, commit, entries: from === null ? kept : [...kept.slice(0, from - 1), ...entries], keptAt: from === null ? old?.keptAt ?? wall : wall }
  }
  return {
    load: () => [...lines.values()],
    save(changes, wall) {
      for (const change of changes) lines.set(change.meta.id, next(lines.get(change.meta.id), change, wall))
    },
  }
}
