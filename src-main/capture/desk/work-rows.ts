import type { AppError } from '@contract/errors'
import type { DraftId, PageId, Sha256 } from '@contract/ids'
import type { PageWishes } from '@contract/pages'
import type { Reader, WriteTx } from '../../storage'
import type { OtherPage } from '../pages'
import { keepFailure, type PageRow } from './rows'

// Only open drafts, of which there are few: what was discarded waits until it is taken back. Without its original a page cannot be made.
const WAITING = "p.state = 'waiting' AND p.original_sha256 IS NOT NULL AND p.place <> 'removed'"

/** The page that has waited longest, also of before a restart; pages of a draft that somebody waits for go before. */
export const nextWaiting = (reader: Reader, urgent: DraftId | null): PageId | null => reader.get(
  `SELECT p.id FROM page p JOIN draft d ON d.id = p.draft_id WHERE ${WAITING} AND d.state = 'open' ORDER BY p.draft_id = ? DESC, p.added_at, p.number LIMIT 1`,
  [urgent ?? ''], (row) => row.text<PageId>('id')) ?? null

export const isWaiting = (reader: Reader, draftId: DraftId): boolean =>
  reader.get(`SELECT 1 AS found FROM page p JOIN draft d ON d.id = p.draft_id WHERE ${WAITING} AND d.state = 'open' AND p.draft_id = ? LIMIT 1`, [draftId], (row) => row.flag('found')) === true

/** Earlier pages with which a page is compared, at most. */
const MOST_OTHERS = 120

/** Earlier pages of the draft that are in use, the latest first. */
export const earlierPages = (reader: Reader, { id, draftId, addedAt, number }: PageRow): OtherPage[] => reader.all(
  `SELECT id, fingerprint FROM page WHERE draft_id = :draftId AND id <> :id AND state = 'ready' AND place = 'kept' AND fingerprint IS NOT NULL AND (added_at, number) < (:addedAt, :number)
   ORDER BY added_at DESC, number DESC LIMIT ${MOST_OTHERS}`,
  { id, draftId, addedAt, number }, (row) => ({ id: row.text('id'), fingerprint: row.text('fingerprint') }))

export const thumbnailOf = (reader: Reader, id: PageId): Uint8Array | null => reader.get('SELECT jpeg FROM page_thumbnail WHERE page_id = ?', [id], (row) => row.bytes('jpeg')) ?? null

/** Has a page made anew. False when the picture as it came is not there any more. */
export function makeAgain(tx: WriteTx, id: PageId, wishes: PageWishes): boolean {
  return tx.run(
    "UPDATE page SET state = 'waiting', problem = NULL, wishes = ?, revision = revision + 1 WHERE id = ? AND original_sha256 IS NOT NULL", [JSON.stringify(wishes), id]).changes > 0
}

/** As `keepFailure`, for the page as it was read: what the officer asked for meanwhile is still to be done. */
export function failIfSame(tx: WriteTx, { id, revision }: PageRow, error: AppError): void {
  const same = tx.get("SELECT 1 AS found FROM page WHERE id = ? AND revision = ? AND state = 'waiting'", [id, revision], (row) => row.flag('found'))
  if (same) keepFailure(tx, id, error)
}

/** The file that was made of a page before it was asked for anew. */
export const formerFile = (reader: Reader, id: PageId): Sha256 | null => reader.get('SELECT sha256 FROM page WHERE id = ?', [id], (row) => row.textOrNull<Sha256>('sha256')) ?? null
