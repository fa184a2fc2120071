import { setImmediate as turn } from 'node:timers/promises'
import type { DossierId, DraftId, PageId } from '@contract/ids'
import type { FieldProposal } from '@contract/pages'
import { asAppError } from '../../storage'
import type { PdfWord } from '../pdf'
import { createTextReader, type MrzTools, type PageImage, type PageText, readPage, type TextReader, type TextReaderDeps, turnedImage } from '../text'
import { indexLater, indexPapers, nextDue } from './paper-index'
import type { DeskDeps } from './ports'
import { bestOf } from './proposals'
import { createProposing } from './proposing'
import { getPage, type PageRow } from './rows'
import { dossierOf, giveUpReading, isReadThrough, keepText, nextToRead, readAgain, setTextState, textOf } from './text-rows'
import { wordsAsMade } from './text-words'

export type ReadingDeps = DeskDeps & Readonly<{
  /** The bundled thread of the packaged engine; without it text is read by the machine's own program alone. */
  threads: Readonly<{ reading: URL | null }>
  /** A page as it was made, before its turns. @throws AppError QT-011 … QT-013, LUU-021, LUU-022 */
  pixels(page: PageRow): Promise<PageImage>
  /** `YYYY-MM-DD` */
  today(): string
  mrz: MrzTools
  /** All pages of a draft that can be read were read: its PDFs can have their text now; of a dossier, the files of its pages are not needed any more. */
  textChanged(draftId: DraftId): void
  engine?: Pick<TextReaderDeps, 'engine' | 'program' | 'limitMs'>
  /** After a disk that took nothing, in milliseconds. */
  retryMs?: number
}>

/** Reads the text on pages in the background, and finds it again. */
export type Reading = Readonly<{
  /** There may be pages to read: after the start, and whenever no page is being made any more. */
  wake(): void
  /** Words for the text layer, in pixels of the page as it was made (before its turns); null when the page was not read as it looks now. */
  words(pageId: PageId, revision: number): readonly PdfWord[] | null
  /** What the kept pages of a draft seem to say, the surest first. Nothing is written anywhere. */
  proposals(draftId: DraftId): Promise<FieldProposal[]>
  /** What stands on a page, and how sure the engine is (0 … 1); null when it was not read as it looks now. */
  text(pageId: PageId): Readonly<{ text: string; confidence: number }> | null
  /** The draft is a dossier now, or has corrected one: it can be found by its papers. Pages still to be read are read, and added. */
  committed(draftId: DraftId, dossierId: DossierId): void
  close(): Promise<void>
}>

const RETRY_MS = 20_000

/** What came of looking at a page. */
type Outcome = Readonly<{ state: 'read' | 'failed'; text: PageText | null }>

export function createReading(deps: ReadingDeps): Reading {
  const { store, clock, log, changed, threads, pixels, today, mrz, textChanged, engine, retryMs = RETRY_MS } = deps
  const closing = new AbortController()
  const proposalsOf = createProposing(mrz)
  let reader: TextReader | null = null
  let running: Promise<void> | null = null
  let asked = false
  let begun = false
  let isSilent = false
  let retry: NodeJS.Timeout | undefined

  const isClosed = (): boolean => closing.signal.aborted
  const engineOf = (): TextReader => (reader ??= createTextReader({ ...(threads.reading && { workerFile: threads.reading }), log, ...engine }))

  const tell = (draftIds: readonly DraftId[]): void => {
    for (const draftId of draftIds) {
      changed({ kind: 'pages', draftId })
      if (isReadThrough(store.read, draftId)) textChanged(draftId)
    }
  }

  /** Keeps what came of a page; nothing when it was made anew or turned meanwhile: then it still waits, and is read as it is now. */
  const keep = async (page: PageRow, { state, text }: Outcome): Promise<void> => {
    const kept = store.write((tx) => {
      if (!setTextState(tx, page, state)) return null
      if (text) keepText(tx, page, text, clock.now())
      const dossierId = dossierOf(tx, page.draftId)
      if (dossierId !== null && isReadThrough(tx, page.draftId)) indexLater(tx, dossierId)
      return { isOpen: dossierId === null }
    })
    if (!kept) return
    // Page by page, so that nobody who asks waits for all of them.
    if (kept.isOpen) await proposalsOf(store.read, page.draftId, today())
    tell([page.draftId])
  }

  /** @throws AppError QT-012 when the desk closes */
  const look = async (page: PageRow): Promise<Outcome> => {
    // Turned and turned back: it was read that way before.
    if (textOf(store.read, page)) return { state: 'read', text: null }
    try {
      return { state: 'read', text: await readPage(engineOf(), await turnedImage(await pixels(page), page.turns), mrz, closing.signal) }
    } catch (error) {
      const told = asAppError(error)
      if (told.code === 'QT-012') throw told
      log('reading.failed', { page: page.id, code: told.code, reason: told.params['reason'] ?? '' })
      return { state: 'failed', text: null }
    }
  }

  const giveUp = (): void => {
    if (!isSilent) log('reading.no-engine')
    isSilent = true
    tell(store.write(giveUpReading))
  }

  /** Does one thing that waits, small ones first. False when nothing does. */
  const step = async (): Promise<boolean> => {
    const due = nextDue(store.read)
    if (due !== null) {
      store.write((tx) => indexPapers(tx, due))
      return true
    }
    const page = nextToRead(store.read)
    if (!page) return false
    if ((await engineOf().engine()) === null) giveUp()
    else await keep(page, await look(page))
    return true
  }

  const run = async (): Promise<void> => {
    clearTimeout(retry)
    try {
      if (!begun) store.write(readAgain)
      begun = true
      while (asked) {
        asked = false
        while (!isClosed() && await step()) await turn()
      }
    } catch (error) {
      if (isClosed()) return
      // The disk is full, or the like: what waits is done when there is room.
      log('reading.held', { code: asAppError(error).code })
      retry = setTimeout(wake, retryMs).unref()
    } finally {
      running = null
    }
  }
  const wake = (): void => {
    if (isClosed()) return
    asked = true
    running ??= Promise.resolve().then(run)
  }

  return {
    wake,
    words: (pageId, revision) => {
      const page = getPage(store.read, pageId)
      const text = page.made && page.revision === revision ? textOf(store.read, page) : null
      return page.made && text ? wordsAsMade(text, page.made) : null
    },
    proposals: async (draftId) => bestOf(await proposalsOf(store.read, draftId, today())),
    text: (pageId) => {
      const text = textOf(store.read, getPage(store.read, pageId))
      return text && { text: text.text, confidence: text.confidence }
    },
    committed: (_draftId, dossierId) => {
      try {
        store.write((tx) => indexPapers(tx, dossierId))
      } catch (error) {
        // It is noted with the commit that this is to be done.
        log('reading.index-later', { code: asAppError(error).code })
      }
      wake()
    },
    close: async () => {
      closing.abort()
      clearTimeout(retry)
      await reader?.close()
      await running
    },
  }
}
