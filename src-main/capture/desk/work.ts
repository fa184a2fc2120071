import { AppError } from '@contract/errors'
import type { DraftId, PageId, Sha256 } from '@contract/ids'
import type { PageWishes } from '@contract/pages'
import { asAppError, type WriteTx } from '../../storage'
import { type FinishedPage, IMAGE_LIMITS } from '../pages'
import { removeUnneeded } from './files'
import type { KeptThread } from './pages-thread'
import type { DeskDeps } from './ports'
import { pageWish } from './profiles'
import { unlessSigned } from './signed'
import { getPage, keepOutcome, keepThumbnail, type PageRow } from './rows'
import { leadsTo, placeFor, separatorOn } from './separator'
import type { Trial } from './trial'
import { earlierPages, failIfSame, formerFile, isWaiting, makeAgain, nextWaiting, thumbnailOf } from './work-rows'

export type WorkDeps = DeskDeps & Readonly<{
  thread: KeptThread
  /** Components of the draft's procedure in their order. */
  components(draftId: DraftId): readonly string[]
  /** Puts the pages of a job behind a separator sheet into a component. */
  moveBehind(tx: WriteTx, jobId: string, number: number, component: string): unknown
  /** A page is ready, or failed for good. */
  settled(page: Readonly<{ id: PageId; draftId: DraftId; component: string }>): void
  trial: Trial
  timing?: Partial<WorkTiming>
}>

/** Milliseconds. */
export type WorkTiming = Readonly<{
  /** After a disk that took nothing. */
  retry: number
  /** Until a file that was made anew is removed: who reads it is done by then. */
  former: number
}>
export const WORK_TIMING: WorkTiming = { retry: 20_000, former: 60_000 }

/** Times that a page may bring the thread down, or the program. */
const MOST_CRASHES = 2

export type Work = Readonly<{
  /** There may be pages to work on. */
  wake(): void
  /** When no page of the draft waits any more. @throws AppError LUU-… when the work cannot go on, QT-012 when the desk closes */
  idle(draftId: DraftId): Promise<void>
  /** The component of the next page of a job: where the last separator sheet led, else what was asked for. */
  componentOf(jobId: string, asked: string): string
  /** No more pages come of a job. */
  jobEnded(jobId: string): void
  /** Has a page made anew from the picture as it came. @throws AppError QT-023 when that is gone, KS-072 when it is signed */
  again(pageId: PageId, wishes: PageWishes): void
  close(): Promise<void>
}>

type Waiting = Readonly<{ draftId: DraftId; resolve(): void; reject(error: unknown): void }>

const isCrash = (error: AppError): boolean => error.code === 'QT-011' && error.params['reason'] === 'thread'

/** A page's own fault, as it is told of the page. */
function pageFault(error: AppError): AppError {
  // The sentence of that code is about a scanner.
  return error.code === 'QT-010' ? new AppError('QT-011', { reason: 'time' }, { cause: error }) : error
}

/** Works on the pages that wait, one at a time, those of a draft that is to be settled first, else the oldest: also on those that an earlier run left. */
export function createWork({ store, documents, log, changed, thread, components, moveBehind, settled, trial, timing: given }: WorkDeps): Work {
  const timing = { ...WORK_TIMING, ...given }
  const crashes = new Map<PageId, number>()
  const leads = new Map<string, string>()
  const former = new Map<Sha256, NodeJS.Timeout>()
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null
  let held: AppError | null = null
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const answer = (): void => {
    const still: Waiting[] = []
    for (const one of waiting) {
      if (!isWaiting(store.read, one.draftId)) one.resolve()
      else if (held) one.reject(held)
      else still.push(one)
    }
    waiting = still
  }

  const dropLater = (sha256: Sha256): void => {
    if (former.has(sha256)) return
    former.set(sha256, setTimeout(() => void dropFormer(sha256), timing.former).unref())
  }
  /** Files on their way out: the store is not closed before they are gone. */
  const going = new Set<Promise<void>>()
  const dropFormer = (sha256: Sha256): Promise<void> => {
    clearTimeout(former.get(sha256))
    former.delete(sha256)
    const gone = removeUnneeded({ read: store.read, documents }, sha256).catch(() => log('pages.former-file-stays', {})).finally(() => going.delete(gone))
    going.add(gone)
    return gone
  }

  /** A first picture for the window; the one of the finished page follows. */
  const early = (page: PageRow, jpeg: Uint8Array): void => {
    if (closed || thumbnailOf(store.read, page.id)) return
    try {
      store.write((tx) => keepThumbnail(tx, page.id, jpeg))
      changed({ kind: 'pages', draftId: page.draftId })
    } catch {
      log('pages.no-thumbnail', { page: page.id })
    }
  }

  const keep = (page: PageRow, finished: FinishedPage, sha256: Sha256, size: number): void => {
    const { encoded, colour, keptOriginal, findings, fingerprint, codes, blank, thumbnail } = finished
    const { mediaType, width, height } = encoded
    const separator = separatorOn(codes)
    const last = formerFile(store.read, page.id)
    const kept = store.write((tx) => {
      const now = getPage(tx, page.id)
      // Asked for in another way meanwhile: what was made is not what is wanted.
      if (now.revision !== page.revision || now.state !== 'waiting') return false
      const place = placeFor(now, { blank, codes })
      const twinOf = earlierPages(tx, now).find(({ id }) => id === finished.twinOf)?.id as PageId | undefined
      keepOutcome(tx, page.id, {
        made: { sha256, mediaType, size, width, height, dpi: Math.max(1, Math.round(encoded.dpi)), colour, keptOriginal },
        place, findings: findings.map(({ kind, region }) => ({ kind, region })), fingerprint, twinOf: twinOf ?? null, thumbnail: thumbnail.bytes,
      })
      const to = place === 'separator' && now.place === 'kept' && separator ? leadsTo(separator, now.component, components(now.draftId)) : null
      if (to === null) return true
      leads.set(now.jobId, to)
      moveBehind(tx, now.jobId, now.number, to)
      return true
    })
    if (!kept) dropLater(sha256)
    else if (last !== null && last !== sha256) dropLater(last)
  }

  const failed = (page: PageRow, error: AppError): void => {
    log('pages.page-failed', { page: page.id, code: error.code })
    store.write((tx) => failIfSame(tx, page, error))
  }

  /** @returns null when the page is to be tried again */
  const make = async (page: PageRow): Promise<FinishedPage | AppError | null> => {
    const sha256 = page.original.sha256
    if (sha256 === null) return new AppError('LUU-021')
    try {
      if (trial.begin(page.id) > MOST_CRASHES) return new AppError('QT-011', { reason: 'program' })
      const bytes = await documents.readAll(sha256, IMAGE_LIMITS.bytes)
      return await thread.use((pages) => pages.page({ source: { bytes }, page: page.original.page, dpi: page.original.dpi }, pageWish(page), {
        progress: ({ bytes: jpeg }) => early(page, jpeg), lookForCodes: true, others: earlierPages(store.read, page),
      }))
    } catch (error) {
      const told = asAppError(error)
      if (told.code === 'QT-012' || told.params['reason'] === 'no-thread') throw told
      if (!isCrash(told)) return told.code === 'TEP-004' ? new AppError('QT-013') : pageFault(told)
      const times = (crashes.get(page.id) ?? 0) + 1
      crashes.set(page.id, times)
      log('pages.thread-ended', { page: page.id, times })
      return times < MOST_CRASHES ? null : told
    } finally {
      trial.end()
    }
  }

  const one = async (id: PageId): Promise<void> => {
    const page = getPage(store.read, id)
    const result = await make(page)
    if (closed || result === null) return
    if (result instanceof AppError) failed(page, result)
    else {
      const { sha256, size } = await documents.put(result.encoded.bytes)
      keep(page, result, sha256, size)
    }
    crashes.delete(id)
    const { draftId, component } = getPage(store.read, id)
    changed({ kind: 'pages', draftId })
    settled({ id, draftId, component })
  }

  const run = async (): Promise<void> => {
    clearTimeout(retry)
    held = null
    try {
      // Whoever receives a dossier does not wait for the pile of another.
      const next = (): PageId | null => nextWaiting(store.read, waiting[0]?.draftId ?? null)
      for (let id = next(); id !== null && !closed; id = next()) {
        await one(id)
        answer()
      }
    } catch (error) {
      if (closed) return
      // The disk is full, or the like: the page waits until there is room.
      held = asAppError(error)
      log('pages.work-held', { code: held.code })
      retry = setTimeout(wake, timing.retry).unref()
    } finally {
      running = null
      if (!closed) answer()
    }
  }
  const wake = (): void => {
    if (closed) return
    running ??= Promise.resolve().then(run)
  }

  return {
    wake,
    idle: (draftId) => new Promise((resolve, reject) => {
      if (closed) return reject(new AppError('QT-012'))
      if (!isWaiting(store.read, draftId)) return resolve()
      waiting.push({ draftId, resolve, reject })
      wake()
    }),
    componentOf: (jobId, asked) => leads.get(jobId) ?? asked,
    jobEnded: (jobId) => void leads.delete(jobId),
    again: (pageId, wishes) => {
      const { draftId } = getPage(store.read, pageId)
      if (!unlessSigned(() => store.write((tx) => makeAgain(tx, pageId, wishes)))) throw new AppError('QT-023')
      changed({ kind: 'pages', draftId })
      wake()
    },
    close: async () => {
      closed = true
      clearTimeout(retry)
      for (const { reject } of waiting.splice(0)) reject(new AppError('QT-012'))
      await thread.close()
      await running
      for (const sha256 of [...former.keys()]) await dropFormer(sha256)
      await Promise.all(going)
    },
  }
}
