import { AppError } from '@contract/errors'
import type { DraftId, PageId } from '@contract/ids'
import type { Turns } from '@contract/pages'
import type { Reader, WriteTx } from '../../storage'
import { behindSeparator, placed } from './order'
import type { Actor, DeskDeps } from './ports'
import { unlessSigned } from './signed'
import { getPage, type PageRow, pagesOfDraft, pagesOfJob } from './rows'

export type PlaceWish = Readonly<{ draftId: DraftId; component: string; at: number; pageIds: readonly PageId[] }>
export type KeepWish = Readonly<{ draftId: DraftId; pageIds: readonly PageId[]; kept: boolean }>

/** What the officer does with pages that are there. Every act is one transaction; what it makes of a PDF is the binding's. */
export type Arranging = Readonly<{
  /** Puts pages, in this order, behind `at` other pages of a component; pages that were taken off do not count. @throws AppError HS-001, QT-023, KS-072 */
  place(actor: Actor, wish: PlaceWish): void
  /** The draft of the page. @throws AppError HS-001, LUU-021, KS-072 */
  turn(actor: Actor, pageId: PageId, turns: Turns): DraftId
  /** Takes pages off, or back to where they were: also empty ones and separator sheets. @throws AppError HS-001, QT-023, KS-072 */
  keep(actor: Actor, wish: KeepWish): void
}>

/** @throws AppError QT-023 unless all are pages of the draft */
function chosenPages(pages: readonly PageRow[], ids: readonly PageId[]): PageRow[] {
  const byId = new Map(pages.map((page) => [page.id, page]))
  return [...new Set(ids)].map((id) => {
    const page = byId.get(id)
    if (!page) throw new AppError('QT-023')
    return page
  })
}

/** Writes the order of a component; only pages that stand elsewhere than before are touched. */
function keepOrder(tx: WriteTx, component: string, pages: readonly PageRow[]): void {
  pages.forEach((page, ordinal) => {
    if (page.ordinal !== ordinal || page.component !== component) tx.run('UPDATE page SET component = ?, ordinal = ? WHERE id = ?', [component, ordinal, page.id])
  })
}

const inComponent = (pages: readonly PageRow[], component: string): PageRow[] => pages.filter((page) => page.component === component)

/** Puts pages of a draft at a place of a component and closes the gaps that they leave. */
function move(tx: WriteTx, all: readonly PageRow[], moved: readonly PageRow[], component: string, at: number): void {
  const gone = new Set(moved.map(({ id }) => id))
  keepOrder(tx, component, placed(inComponent(all, component), moved, at))
  for (const left of new Set(moved.map((page) => page.component))) {
    if (left !== component) keepOrder(tx, left, inComponent(all, left).filter(({ id }) => !gone.has(id)))
  }
}

/**
 * Pages of a pile that came behind its separator sheet go to another component, in their order, behind what is there.
 * Those that the officer has put elsewhere stay. Pages of the pile still to come must be put there by the caller.
 * @returns how many were moved
 */
export function moveBehindSeparator(tx: WriteTx, jobId: string, number: number, component: string): number {
  const moved = behindSeparator(pagesOfJob(tx, jobId), number).filter((page) => page.component !== component)
  const [first] = moved
  if (first) move(tx, pagesOfDraft(tx, first.draftId), moved, component, Infinity)
  return moved.length
}

const setPlace = (tx: WriteTx, id: PageId, kept: boolean): boolean =>
  tx.run("UPDATE page SET place = :place WHERE id = :id AND place <> :place", { id, place: kept ? 'kept' : 'removed' }).changes > 0

export function createArranging({ store, audit, changed, assertOpen }: DeskDeps & Readonly<{ assertOpen(draftId: DraftId): void }>): Arranging {
  const write = <T>(act: (tx: WriteTx) => T): T => unlessSigned(() => store.write(act))
  const tell = (draftId: DraftId): void => {
    changed({ kind: 'pages', draftId })
    changed({ kind: 'drafts' })
  }
  const pagesOf = (reader: Reader, draftId: DraftId): PageRow[] => {
    assertOpen(draftId)
    return pagesOfDraft(reader, draftId)
  }
  return {
    place: (_actor, { draftId, component, at, pageIds }) => {
      write((tx) => {
        const all = pagesOf(tx, draftId)
        move(tx, all, chosenPages(all, pageIds), component, at)
      })
      tell(draftId)
    },
    turn: (_actor, pageId, turns) => {
      const draftId = write((tx) => {
        const page = getPage(tx, pageId)
        assertOpen(page.draftId)
        // Words of a page that stood on its head are none: it is read anew.
        if (page.turns !== turns) tx.run("UPDATE page SET turns = ?, text_state = 'waiting' WHERE id = ?", [turns, pageId])
        return page.draftId
      })
      tell(draftId)
      return draftId
    },
    keep: (actor, { draftId, pageIds, kept }) => {
      write((tx) => {
        const pages = chosenPages(pagesOf(tx, draftId), pageIds).filter(({ id }) => setPlace(tx, id, kept)).map(({ id }) => id)
        if (pages.length === 0) return
        audit.append(tx, { actor: actor.id, action: kept ? 'draft.pages-taken-back' : 'draft.pages-taken-off', subject: { type: 'draft', id: draftId }, detail: { pages } })
      })
      tell(draftId)
    },
  }
}
