import { z } from 'zod'
import type { ScanColour, ScanKind } from '@contract/capture'
import { AppError, isErrorCode, type ErrorCode } from '@contract/errors'
import { type DraftId, type Instant, PageId, type Sha256 } from '@contract/ids'
import { PageFinding, type PagePlace, type PageState, PageWishes, type ScanPaper, type Turns } from '@contract/pages'
import { v7 } from 'uuid'
import type { Reader, RowView, WriteTx } from '../../storage'
import type { Origin } from './ports'

const Problem = z.object({
  code: z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
const Findings = z.array(PageFinding)

/** What was made of a page: its file in the document store. `sha256` is null once nothing needs the file any more. */
export type Made = Readonly<{
  sha256: Sha256 | null; mediaType: 'image/jpeg' | 'image/png' | 'image/tiff'; size: number; width: number; height: number; dpi: number
  colour: ScanColour; keptOriginal: 'less-legible' | 'smaller' | null
}>

/** The picture as it came, as long as it is kept. */
export type Original = Readonly<{ sha256: Sha256 | null; page: number; dpi: number | null }>

export type PageRow = Readonly<{
  id: PageId; draftId: DraftId; component: string; ordinal: number
  jobId: string; number: number; origin: Origin
  original: Original; paper: ScanPaper; skipBlank: boolean; wishes: PageWishes
  state: PageState; place: PagePlace; problem: z.infer<typeof Problem> | null; turns: Turns
  made: Made | null; findings: readonly PageFinding[]; fingerprint: string | null; twinOf: PageId | null
  textState: 'waiting' | 'read' | 'none' | 'failed'; revision: number; addedAt: Instant
}>

const turnsOf = (quarters: number): Turns => (quarters === 1 || quarters === 2 || quarters === 3 ? quarters : 0)

function madeOf(row: RowView): Made | null {
  const mediaType = row.textOrNull<Made['mediaType']>('media_type')
  if (mediaType === null || row.text('state') !== 'ready') return null
  return {
    sha256: row.textOrNull<Sha256>('sha256'), mediaType, size: row.integer('size'), width: row.integer('width'), height: row.integer('height'), dpi: row.integer('dpi'),
    colour: row.text<ScanColour>('colour'), keptOriginal: row.textOrNull<'less-legible' | 'smaller'>('kept_original'),
  }
}

const toPage = (row: RowView): PageRow => ({
  id: row.text<PageId>('id'), draftId: row.text<DraftId>('draft_id'), component: row.text('component'), ordinal: row.integer('ordinal'),
  jobId: row.text('job_id'), number: row.integer('number'), origin: { kind: row.text<ScanKind>('origin'), simulated: row.flag('simulated') },
  original: { sha256: row.textOrNull<Sha256>('original_sha256'), page: row.integer('original_page'), dpi: row.integerOrNull('original_dpi') },
  paper: row.text<ScanPaper>('paper'), skipBlank: row.flag('skip_blank'), wishes: row.json('wishes', PageWishes),
  state: row.text<PageState>('state'), place: row.text<PagePlace>('place'), problem: row.jsonOrNull('problem', Problem), turns: turnsOf(row.integer('turns')),
  made: madeOf(row), findings: row.json('findings', Findings), fingerprint: row.textOrNull('fingerprint'), twinOf: row.textOrNull<PageId>('twin_of'),
  textState: row.text<PageRow['textState']>('text_state'), revision: row.integer('revision'), addedAt: row.text<Instant>('added_at'),
})

export const newPageId = (): PageId => PageId.parse(v7())

export type NewPage = Readonly<{
  id: PageId; draftId: DraftId; component: string; jobId: string; number: number; origin: Origin
  original: Readonly<{ sha256: Sha256; page: number; dpi: number | null }>; paper: ScanPaper; skipBlank: boolean; wishes: PageWishes; addedAt: Instant
}>

/** A page behind the others of its component. Its picture is already safe in the document store. */
export function insertPage(tx: WriteTx, page: NewPage): void {
  tx.run(
    `INSERT INTO page (id, draft_id, component, ordinal, job_id, number, origin, simulated, original_sha256, original_page, original_dpi, paper, skip_blank, wishes, added_at)
     VALUES (:id, :draftId, :component, (SELECT coalesce(max(ordinal), -1) + 1 FROM page WHERE draft_id = :draftId AND component = :component),
       :jobId, :number, :origin, :simulated, :sha256, :page, :dpi, :paper, :skipBlank, :wishes, :addedAt)`,
    {
      id: page.id, draftId: page.draftId, component: page.component, jobId: page.jobId, number: page.number, origin: page.origin.kind, simulated: page.origin.simulated ? 1 : 0,
      sha256: page.original.sha256, page: page.original.page, dpi: page.original.dpi, paper: page.paper, skipBlank: page.skipBlank ? 1 : 0, wishes: JSON.stringify(page.wishes), addedAt: page.addedAt,
    })
}

/** @throws AppError LUU-021 when there is no such page */
export function getPage(reader: Reader, id: PageId): PageRow {
  const found = reader.get('SELECT * FROM page WHERE id = ?', [id], toPage)
  if (!found) throw new AppError('LUU-021')
  return found
}

/** Pages of a draft by component and order, those set aside among them. */
export const pagesOfDraft = (reader: Reader, draftId: DraftId): PageRow[] =>
  reader.all('SELECT * FROM page WHERE draft_id = ? ORDER BY component, ordinal, added_at, number', [draftId], toPage)

export const pagesOfJob = (reader: Reader, jobId: string): PageRow[] => reader.all('SELECT * FROM page WHERE job_id = ? ORDER BY number', [jobId], toPage)

export type Outcome = Readonly<{ made: Made & { sha256: Sha256 }; place: PagePlace; findings: readonly PageFinding[]; fingerprint: string; twinOf: PageId | null; thumbnail: Uint8Array }>

/** Keeps what was made of a page. What the officer did meanwhile (taking it off) stands. */
export function keepOutcome(tx: WriteTx, id: PageId, { made, place, findings, fingerprint, twinOf, thumbnail }: Outcome): void {
  tx.run(
    `UPDATE page SET state = 'ready', problem = NULL, place = CASE place WHEN 'kept' THEN :place ELSE place END, sha256 = :sha256, media_type = :mediaType, size = :size, width = :width,
       height = :height, dpi = :dpi, colour = :colour, kept_original = :keptOriginal, findings = :findings, fingerprint = :fingerprint, twin_of = :twinOf, text_state = 'waiting', revision = revision + 1 WHERE id = :id`,
    { id, place, ...made, findings: JSON.stringify(findings), fingerprint, twinOf })
  keepThumbnail(tx, id, thumbnail)
}

export function keepThumbnail(tx: WriteTx, id: PageId, jpeg: Uint8Array): void {
  tx.run('INSERT INTO page_thumbnail (page_id, jpeg) VALUES (?, ?) ON CONFLICT (page_id) DO UPDATE SET jpeg = excluded.jpeg', [id, jpeg])
}

/** A page that cannot be used: it says why until it is taken off or made again. */
export function keepFailure(tx: WriteTx, id: PageId, { code, params }: AppError): void {
  tx.run("UPDATE page SET state = 'failed', problem = ?, revision = revision + 1 WHERE id = ?", [JSON.stringify({ code, params }), id])
}
