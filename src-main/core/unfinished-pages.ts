import type { Reader } from '../storage'

/** Milliseconds from opening the data until unfinished pages are gone on with: the window's first questions go before. */
export const GO_ON_AFTER_MS = 6_000

/**
 * Whether an earlier run has left pages to work on or to read, or pictures that a dossier needs no more.
 * Asked with the start: each part is found by an index that holds only such rows.
 */
export const hasUnfinishedPages = (reader: Reader): boolean => reader.get(
  `SELECT EXISTS (SELECT 1 FROM page WHERE original_sha256 IS NOT NULL AND state = 'waiting')
     OR EXISTS (SELECT 1 FROM page WHERE text_state = 'waiting' AND state = 'ready')
     OR EXISTS (SELECT 1 FROM page p JOIN draft d ON d.id = p.draft_id WHERE p.original_sha256 IS NOT NULL AND d.state = 'committed') AS unfinished`,
  [], (row) => row.flag('unfinished')) === true
