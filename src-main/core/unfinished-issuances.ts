import type { Reader } from '../storage'

/** Whether a CA has still to be asked or told something, however long that may take. Asked with the start, before anything of issuing is loaded. */
export const hasUnfinishedIssuances = (reader: Reader): boolean => reader.get(
  `SELECT EXISTS (SELECT 1 FROM issuance WHERE state IN ('queued', 'waiting') OR (state = 'open' AND certificate IS NULL AND (key_ready = 1 OR sent_at IS NOT NULL)))
     OR EXISTS (SELECT 1 FROM ca_word WHERE told_at IS NULL) AS unfinished`, [], (row) => row.flag('unfinished')) === true

/** Where the first of the ward's CAs stamps; null where none does. */
export const stampUrlOfCa = (reader: Reader): string | null => reader.get(
  "SELECT json_extract(config, '$.tsaUrl') AS url FROM ca_provider WHERE removed = 0 AND json_extract(config, '$.tsaUrl') IS NOT NULL ORDER BY ordinal LIMIT 1", [], (row) => row.text('url')) ?? null
