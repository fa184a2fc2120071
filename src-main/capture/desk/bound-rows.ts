import type { DocumentId, DraftId, Instant, PageId, Sha256 } from '@contract/ids'
import type { PagePlace, PageState, Turns } from '@contract/pages'
import { dropBound, insertBound, newDocumentId, takeOffBound } from '../../intake'
import { flag, type Reader, type RowView, type WriteTx } from '../../storage'
import type { Made } from './rows'

/** A page as it stands in a PDF. */
export type Leaf = Readonly<{ pageId: PageId; turns: Turns; revision: number; withText: boolean }>
/** The same with the file to be embedded. */
export type Sheet = Leaf & Readonly<{ sha256: Sha256; mediaType: Made['mediaType']; width: number; height: number; dpi: number }>
/** The counter's own PDF of a component that is in force. */
export type Bound = Readonly<{ documentId: DocumentId; leaves: readonly Leaf[] }>
/** What is to be bound of a component, and what is. */
export type Component = Readonly<{ code: string; sheets: readonly Sheet[]; waiting: number; failed: number; reading: number; bound: Bound | null }>

type PageInOrder = Readonly<{ component: string; state: PageState; unread: boolean; sheet: Sheet | null }>

const turnsOf = (row: RowView): Turns => row.integer('turns') as Turns

function sheetOf(row: RowView): Sheet | null {
  const sha256 = row.textOrNull<Sha256>('sha256')
  if (row.text('state') !== 'ready' || sha256 === null) return null
  return {
    pageId: row.text<PageId>('id'), turns: turnsOf(row), revision: row.integer('revision'), withText: row.flag('with_text'), sha256,
    mediaType: row.text<Made['mediaType']>('media_type'), width: row.integer('width'), height: row.integer('height'), dpi: row.integer('dpi'),
  }
}

/** What was signed stays as it is: such a PDF and its pages are nothing to be bound any more, until it is taken off. */
const SIGNED = 'EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = d.id)'
const NOT_SIGNED = `NOT EXISTS (SELECT 1 FROM bound_page b JOIN document d ON d.id = b.document_id WHERE b.page_id = page.id AND d.removed = 0 AND ${SIGNED})`

const keptPages = (reader: Reader, draftId: DraftId): PageInOrder[] => reader.all(
  `SELECT id, component, state, turns, revision, text_state = 'read' AS with_text, text_state = 'waiting' AS unread, sha256, media_type, width, height, dpi
   FROM page WHERE draft_id = ? AND place = ? AND ${NOT_SIGNED} ORDER BY component, ordinal, added_at, number`, [draftId, 'kept' satisfies PagePlace],
  (row) => ({ component: row.text('component'), state: row.text<PageState>('state'), unread: row.flag('unread'), sheet: sheetOf(row) }))

function boundOf(reader: Reader, draftId: DraftId): Map<string, Bound> {
  const bound = new Map<string, { documentId: DocumentId; leaves: Leaf[] }>()
  const rows = reader.all(
    `SELECT d.id, d.component, b.page_id, b.turns, b.revision, b.with_text FROM document d JOIN bound_page b ON b.document_id = d.id
     WHERE d.draft_id = ? AND d.removed = 0 AND NOT ${SIGNED} ORDER BY d.id, b.ordinal`, [draftId],
    (row) => ({
      documentId: row.text<DocumentId>('id'), component: row.text('component'),
      leaf: { pageId: row.text<PageId>('page_id'), turns: turnsOf(row), revision: row.integer('revision'), withText: row.flag('with_text') },
    }))
  for (const { documentId, component, leaf } of rows) {
    const known = bound.get(component)
    if (known) known.leaves.push(leaf)
    else bound.set(component, { documentId, leaves: [leaf] })
  }
  return bound
}

/** Components of a draft that have pages or a PDF of the counter's own. */
export function componentsOf(reader: Reader, draftId: DraftId): Component[] {
  const pages = keptPages(reader, draftId)
  const bound = boundOf(reader, draftId)
  return [...new Set([...pages.map(({ component }) => component), ...bound.keys()])].map((code) => {
    const mine = pages.filter(({ component }) => component === code)
    return {
      code, bound: bound.get(code) ?? null,
      sheets: mine.flatMap(({ sheet }) => (sheet ? [sheet] : [])),
      waiting: mine.filter(({ state }) => state === 'waiting').length, failed: mine.filter(({ state }) => state === 'failed').length,
      reading: mine.filter(({ state, unread }) => state === 'ready' && unread).length,
    }
  })
}

const sameBy = (same: (one: Leaf, other: Leaf) => boolean) => (some: readonly Leaf[], others: readonly Leaf[]): boolean =>
  some.length === others.length && some.every((leaf, index) => {
    const other = others[index]
    return other !== undefined && same(leaf, other)
  })
const sameLook = (one: Leaf, other: Leaf): boolean => one.pageId === other.pageId && one.turns === other.turns && one.revision === other.revision
/** Whether both are the same pages, in the same order, as they look now. */
export const sameLooks = sameBy(sameLook)

/** Whether both are the same pages, in the same order, as they look now and with the same words. */
export const sameLeaves = sameBy((one, other) => sameLook(one, other) && one.withText === other.withText)
export const isUpToDate = ({ sheets, bound }: Component): boolean => sameLeaves(sheets, bound?.leaves ?? [])
/** Up to date but for words. */
export const looksTheSame = ({ sheets, bound }: Component): boolean => sameLooks(sheets, bound?.leaves ?? [])

export const isOpenDraft = (reader: Reader, draftId: DraftId): boolean =>
  reader.get("SELECT 1 AS open FROM draft WHERE id = ? AND state = 'open'", [draftId], () => true) === true

/** Open drafts with pages: their PDFs may be behind after a crash. */
export const openDraftsWithPages = (reader: Reader): DraftId[] =>
  reader.all("SELECT d.id FROM draft d WHERE d.state = 'open' AND EXISTS (SELECT 1 FROM page p WHERE p.draft_id = d.id)", [], (row) => row.text<DraftId>('id'))

export type Binding = Readonly<{ draftId: DraftId; component: string; name: string; sha256: Sha256; size: number; leaves: readonly Leaf[]; instead: DocumentId | null; now: Instant }>

/** Puts a newly bound PDF in the place of the one before. */
export function keepBinding(tx: WriteTx, { draftId, component, name, sha256, size, leaves, instead, now }: Binding): void {
  const id = newDocumentId()
  insertBound(tx, { id, draftId, component, name, mediaType: 'application/pdf', size, sha256, pages: leaves.length, addedAt: now, instead })
  leaves.forEach(({ pageId, turns, revision, withText }, ordinal) => {
    tx.run('INSERT INTO bound_page (document_id, ordinal, page_id, turns, revision, with_text) VALUES (?, ?, ?, ?, ?, ?)', [id, ordinal, pageId, turns, revision, flag(withText)])
  })
}

export { dropBound, takeOffBound }

/** A PDF whose place another has taken, or whose pages are all off. */
export type OldBinding = Readonly<{ documentId: DocumentId; sha256: Sha256 }>

/** Former PDFs of a component, the newest of which a window may still be reading; of all components where none is named. */
export const oldBindings = (reader: Reader, draftId: DraftId, component: string | null = null): OldBinding[] => reader.all(
  `SELECT d.id, d.sha256 FROM document d WHERE d.draft_id = :draftId AND (:component IS NULL OR d.component = :component) AND d.removed = 1
     AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id) AND NOT ${SIGNED} ORDER BY d.id`, { draftId, component },
  (row) => ({ documentId: row.text<DocumentId>('id'), sha256: row.text<Sha256>('sha256') }))
