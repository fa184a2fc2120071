import { AppError } from '@contract/errors'
import { type DraftId, Instant, type PageId } from '@contract/ids'
import { asAppError, type StoredDocument } from '../../storage'
import { type PdfPage, type PdfWord, writePdf } from '../pdf'
import { type Component, componentsOf, dropBound, isOpenDraft, isUpToDate, keepBinding, looksTheSame, oldBindings, openDraftsWithPages, sameLeaves, sameLooks, type Sheet, takeOffBound } from './bound-rows'
import { removeUnneeded } from './files'
import { leafImage } from './leaf-image'
import { fileNameOf } from './pdf-name'
import type { DeskDeps } from './ports'

/** How long nothing must change before the PDFs of a draft are made anew, in milliseconds. */
export const QUIET_MS = 400

export type BindingDeps = DeskDeps & Readonly<{
  /** What a component is called on its PDF. */
  componentName(draftId: DraftId, component: string): string
  /** Words that were read on a page, in pixels of the page as it was made (before `turns`). */
  words?(pageId: PageId, revision: number): readonly PdfWord[] | Promise<readonly PdfWord[]>
  quietMs?: number
}>

/** Keeps the one PDF of each component the same as its pages. */
export type Binder = Readonly<{
  /**
   * Answers when the PDF of every component of an open draft holds the kept pages that are ready; a closed draft is left alone.
   * @throws AppError QT-016 when a kept page could not be made (all others are bound by then); LUU-013, LUU-021, LUU-022, QT-011: the former PDF stays
   */
  bind(draftId: DraftId): Promise<void>
  /** Pages have changed: binds at once where a component has pages and no PDF yet, else when nothing has changed for a while and no page of the component is being worked on. Failures are told to the log; `bind` meets them again. */
  soon(draftId: DraftId): void
  /** After the start: catches up on what a crash has left. */
  resume(): void
  /** Ends what is under way; a PDF that is half made leaves nothing behind. */
  close(): Promise<void>
}>

type Wanted = (component: Component) => boolean

const isFirst: Wanted = ({ bound, sheets }) => bound === null && sheets.length > 0
const always: Wanted = () => true
/** Words alone wait until all pages of the component were read: else a pile would be bound once a page. */
const isSettled: Wanted = (component) => isFirst(component) || (component.waiting === 0 && (component.reading === 0 || !looksTheSame(component)))
/** How many times the last binding took must nothing change: a large PDF is not written anew with every page of a slow scan. */
const PATIENCE = 4

export function createBinding(deps: BindingDeps): Binder {
  const { store, documents, clock, log, changed, componentName, words = () => [], quietMs = QUIET_MS } = deps
  const running = new Map<DraftId, Promise<void>>()
  const timers = new Map<DraftId, NodeJS.Timeout>()
  /** How long the last binding of a draft took, in milliseconds. */
  const took = new Map<DraftId, number>()
  let closed = false

  async function* pagesOf(sheets: readonly Sheet[]): AsyncGenerator<PdfPage> {
    for (const sheet of sheets) {
      // Seen between two pages: a large pile does not keep the program from closing.
      if (closed) throw new AppError('QT-012')
      yield await leafImage(documents, sheet, sheet.withText ? await words(sheet.pageId, sheet.revision) : [])
    }
  }
  const written = async (title: string, sheets: readonly Sheet[]): Promise<StoredDocument> => {
    const writer = documents.writer()
    try {
      await writePdf(pagesOf(sheets), { title, now: clock.now() }, (bytes) => writer.write(bytes))
      return await writer.finish()
    } catch (error) {
      await writer.abort()
      throw error
    }
  }
  const files = { read: store.read, documents }
  /** The PDF that was in force until now stays a while: a window may be reading it. */
  const dropOld = async (draftId: DraftId, code: string, former: Component['bound']): Promise<void> => {
    try {
      for (const { documentId, sha256 } of oldBindings(store.read, draftId, code).filter((old) => old.documentId !== former?.documentId)) {
        await removeUnneeded(files, sha256, documentId)
        store.write((tx) => dropBound(tx, documentId))
      }
    } catch (error) {
      // The next binding, or the commit, tries again.
      log('pages.old-binding-stays', { draftId, code: asAppError(error).code })
    }
  }
  const tell = (draftId: DraftId): void => {
    changed({ kind: 'pages', draftId })
    changed({ kind: 'drafts' })
  }
  /** Makes one PDF. False when the pages were others by the time it was whole: it is gone again. Words that were read meanwhile are for the next one. */
  const make = async (draftId: DraftId, { code, sheets, bound }: Component): Promise<boolean> => {
    const title = componentName(draftId, code)
    const { sha256, size } = await written(title, sheets)
    let kept = false
    try {
      kept = store.write((tx) => {
        const now = componentsOf(tx, draftId).find((component) => component.code === code)
        if (!isOpenDraft(tx, draftId) || !now || !sameLooks(now.sheets, sheets) || now.bound?.documentId !== bound?.documentId) return false
        keepBinding(tx, { draftId, component: code, name: fileNameOf(title), sha256, size, leaves: sheets, instead: bound?.documentId ?? null, now: Instant.parse(clock.now().toISOString()) })
        return true
      })
    } finally {
      // Also where the database took no row: a full disk would get fuller with every try.
      if (!kept) await removeUnneeded(files, sha256)
    }
    return kept
  }
  const bindOne = async (draftId: DraftId, component: Component): Promise<void> => {
    const { bound, code, sheets } = component
    if (sheets.length > 0) {
      if (!(await make(draftId, component))) return
    } else if (bound !== null) store.write((tx) => takeOffBound(tx, bound.documentId))
    tell(draftId)
    await dropOld(draftId, code, bound)
  }
  /** Until every component stands as its pages do. One that fails does not hold up the others. */
  const run = async (draftId: DraftId, wanted: Wanted): Promise<void> => {
    const failures = new Map<string, unknown>()
    // While a large pile is read, new words are there whenever its PDF is whole: they are no reason to write it again at once, and a commit does not wait for them.
    const tried = new Set<string>()
    for (;;) {
      const stale = (component: Component): boolean =>
        !failures.has(component.code) && !isUpToDate(component) && wanted(component) && !(tried.has(component.code) && looksTheSame(component))
      const next = !closed && isOpenDraft(store.read, draftId) ? componentsOf(store.read, draftId).find(stale) : undefined
      if (!next) break
      const begun = performance.now()
      tried.add(next.code)
      await bindOne(draftId, next).catch((error: unknown) => {
        // The file of a page that was made anew meanwhile is gone: that is no failure of these pages.
        const now = componentsOf(store.read, draftId).find(({ code }) => code === next.code)
        if (closed || (now && sameLeaves(now.sheets, next.sheets))) failures.set(next.code, error)
      })
      took.set(draftId, performance.now() - begun)
    }
    for (const failure of failures.values()) throw failure
  }
  /** Work on one draft is done one after the other. */
  const after = (draftId: DraftId, wanted: Wanted): Promise<void> => {
    const next = (running.get(draftId) ?? Promise.resolve()).catch(() => undefined).then(() => run(draftId, wanted))
    running.set(draftId, next)
    const forget = (): void => {
      if (running.get(draftId) === next) running.delete(draftId)
    }
    next.then(forget, forget)
    return next
  }
  const quietly = (draftId: DraftId, wanted: Wanted): void => {
    after(draftId, wanted).catch((error: unknown) => {
      if (!closed) log('pages.bind-failed', { draftId, code: asAppError(error).code })
    })
  }
  const soon = (draftId: DraftId): void => {
    if (closed) return
    if (componentsOf(store.read, draftId).some(isFirst)) quietly(draftId, isFirst)
    clearTimeout(timers.get(draftId))
    timers.set(draftId, setTimeout(() => {
      timers.delete(draftId)
      quietly(draftId, isSettled)
    }, Math.max(quietMs, PATIENCE * (took.get(draftId) ?? 0))).unref())
  }
  return {
    soon,
    resume: () => openDraftsWithPages(store.read).forEach(soon),
    bind: async (draftId) => {
      if (closed || !isOpenDraft(store.read, draftId)) return
      clearTimeout(timers.get(draftId))
      timers.delete(draftId)
      await after(draftId, always)
      if (isOpenDraft(store.read, draftId) && componentsOf(store.read, draftId).some(({ failed }) => failed > 0)) throw new AppError('QT-016')
    },
    close: async () => {
      closed = true
      timers.forEach((timer) => clearTimeout(timer))
      timers.clear()
      await Promise.allSettled(running.values())
    },
  }
}
