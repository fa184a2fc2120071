import { type DossierId, type DraftId, Instant, type PageId } from '@contract/ids'
import type { Turns } from '@contract/pages'
import type { Reader, RowView, WriteTx } from '../../storage'
import { type EngineName, lineOf, type PageText } from '../text'
import { PackedText, packText, unpackWords } from './packed-text'
import { getPage, type PageRow, pagesOfDraft } from './rows'

/** What was read on a page, in pixels of the page as it is shown: turned by `turns`. */
export type ReadText = PageText & Readonly<{ turns: Turns }>

function toText(row: RowView): ReadText {
  const packed = row.json('lines', PackedText)
  const lines = unpackWords(packed).map(lineOf)
  return {
    engine: row.text<EngineName>('engine'), language: row.text('language'), confidence: row.real('confidence'),
    width: row.integer('width'), height: row.integer('height'), dpi: row.integer('dpi'), turns: packed.turns, lines, text: lines.map(({ text }) => text).join('\n'),
  }
}

/** What was read on a page as it looks now; null when it was not read, or has changed since. */
export function textOf(reader: Reader, { id, revision, turns }: Pick<PageRow, 'id' | 'revision' | 'turns'>): ReadText | null {
  const text = reader.get('SELECT * FROM page_text WHERE page_id = ? AND revision = ?', [id, revision], toText)
  return text?.turns === turns ? text : null
}

/** Keeps what was read on a page in the place of what was read before. */
export function keepText(tx: WriteTx, page: Pick<PageRow, 'id' | 'revision' | 'turns'>, text: PageText, now: Date): void {
  const { engine, language, confidence, width, height, dpi, lines } = text
  tx.run(
    `INSERT INTO page_text (page_id, engine, language, confidence, width, height, dpi, lines, revision, read_at)
     VALUES (:page, :engine, :language, :confidence, :width, :height, :dpi, :lines, :revision, :now)
     ON CONFLICT (page_id) DO UPDATE SET engine = :engine, language = :language, confidence = :confidence, width = :width, height = :height, dpi = :dpi,
       lines = :lines, revision = :revision, read_at = :now`,
    {
      page: page.id, engine, language, confidence, width, height, dpi: Math.max(1, Math.round(dpi)), lines: JSON.stringify(packText(lines, page.turns)),
      revision: page.revision, now: Instant.parse(now.toISOString()),
    })
}

// As the partial index of pages that are not read names them; a page without a file cannot be read any more.
const UNREAD = "p.state = 'ready' AND p.place = 'kept' AND p.text_state <> 'read'"
const TO_READ = `${UNREAD} AND p.text_state = 'waiting' AND p.sha256 IS NOT NULL`

/**
 * The page to read next: of the newest open draft, then of the newest dossier; from the first to the last. Null when there is none, and while a page of any
 * open draft is still to be made: whoever stands at the scanner comes first.
 */
export function nextToRead(reader: Reader): PageRow | null {
  const busy = reader.get(
    "SELECT 1 AS found FROM draft d JOIN page p ON p.draft_id = d.id WHERE d.state = 'open' AND p.state = 'waiting' AND p.place <> 'removed' LIMIT 1", [], (row) => row.flag('found'))
  if (busy === true) return null
  const id = reader.get(
    `SELECT p.id FROM page p JOIN draft d ON d.id = p.draft_id WHERE ${TO_READ} AND d.state <> 'discarded'
     ORDER BY d.state = 'open' DESC, d.created_at DESC, d.id, p.component, p.ordinal, p.added_at, p.number LIMIT 1`, [], (row) => row.text<PageId>('id'))
  return id === undefined ? null : getPage(reader, id)
}

/** Whether pages of a draft wait to be read or to be made. */
export const isReadThrough = (reader: Reader, draftId: DraftId): boolean => reader.get(
  `SELECT NOT EXISTS (SELECT 1 FROM page p WHERE p.draft_id = :draftId AND p.place = 'kept' AND (p.state = 'waiting' OR ${TO_READ})) AS through`,
  { draftId }, (row) => row.flag('through')) === true

/** Sets what came of reading a page. False, and nothing is changed, when it is not the page that was read any more. */
export function setTextState(tx: WriteTx, { id, revision, turns }: PageRow, state: PageRow['textState']): boolean {
  return tx.run("UPDATE page SET text_state = ? WHERE id = ? AND revision = ? AND turns = ? AND state = 'ready'", [state, id, revision, turns]).changes > 0
}

/** Nothing here can read: says so of all pages that wait. Returns their drafts. */
export function giveUpReading(tx: WriteTx): DraftId[] {
  const drafts = tx.all(`SELECT DISTINCT p.draft_id FROM page p WHERE ${TO_READ}`, [], (row) => row.text<DraftId>('draft_id'))
  tx.run(`UPDATE page AS p SET text_state = 'none' WHERE ${TO_READ}`)
  return drafts
}

/** What could not be read is tried once more: another program may be there, or more memory. */
export function readAgain(tx: WriteTx): number {
  return tx.run(`UPDATE page AS p SET text_state = 'waiting' WHERE ${UNREAD} AND p.text_state IN ('failed', 'none') AND p.sha256 IS NOT NULL`).changes
}

/** The dossier that a draft has become, or has corrected; null for one that is open or discarded. */
export const dossierOf = (reader: Reader, draftId: DraftId): DossierId | null => reader.get(
  `SELECT coalesce(d.corrects, (SELECT o.id FROM dossier o WHERE o.draft_id = d.id)) AS id FROM draft d WHERE d.id = ? AND d.state = 'committed'`,
  [draftId], (row) => row.textOrNull<DossierId>('id')) ?? null

/** Pages of a draft that go into its PDFs, in their order. */
export const keptPages = (reader: Reader, draftId: DraftId): PageRow[] =>
  pagesOfDraft(reader, draftId).filter(({ place, state }) => place === 'kept' && state === 'ready')
