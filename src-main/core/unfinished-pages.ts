import type { Reader } from '../storage'

/** Milliseconds from opening the data until unfinished pages are gone on with: the window's first questions go before. */
export const GO_ON_AFTER_MS = 6_000

/**
 * One row with `unfinished`. Each part is found by an index that holds few rows, whatever the number of dossiers: the planner would begin with all of them,
 * so index and order are said. What waits of a draft that was discarded, and what is set aside, nobody goes on with.
 */
export const UNFINISHED_PAGES = `SELECT
  EXISTS (SELECT 1 FROM page p INDEXED BY page_with_original CROSS JOIN draft d ON d.id = p.draft_id WHERE p.original_sha256 IS NOT NULL AND (d.state = 'committed' OR (d.state = 'open' AND p.state = 'waiting' AND p.place <> 'removed')))
  OR EXISTS (SELECT 1 FROM page p INDEXED BY page_to_read CROSS JOIN draft d ON d.id = p.draft_id WHERE p.state = 'ready' AND p.place = 'kept' AND p.text_state <> 'read' AND p.text_state = 'waiting' AND d.state <> 'discarded')
  OR EXISTS (SELECT 1 FROM paper_search_due u CROSS JOIN dossier o ON o.id = u.dossier_id CROSS JOIN page p ON p.draft_id = o.draft_id) AS unfinished`

/** Whether an earlier run has left pages to work on or to read, pictures that a dossier needs no more, or words that its index does not have. Asked with the start. */
export const hasUnfinishedPages = (reader: Reader): boolean => reader.get(UNFINISHED_PAGES, [], (row) => row.flag('unfinished')) === true
