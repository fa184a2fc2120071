import type { DossierId, DraftId, PageId } from '@contract/ids'
import type { ScanDriver, ServiceTiming } from '../scan'
import type { MrzTools } from '../text'
import { createAfterCommit } from './after-commit'
import { createArranging, moveBehindSeparator } from './arrange'
import { createBinding } from './bind'
import type { CaptureDesk, PictureUploads } from './desk-types'
import { keptThread } from './pages-thread'
import { createPicturesOut } from './pictures-out'
import { createPictures } from './pictures'
import type { DeskDeps } from './ports'
import { createReading } from './reading'
import { getPage } from './rows'
import { createScans } from './scans'
import { createTrial } from './trial'
import { pageViews } from './views'
import { createWork } from './work'

export type CaptureDeskDeps = DeskDeps & Readonly<{
  /** The bundled threads; without them pages cannot be worked on and text is read by the machine's own program alone. */
  threads: Readonly<{ pages: URL | null; reading: URL | null }>
  /** Private folder for pages on their way from a scanner into the encrypted store. */
  shelfFolder: string
  drivers: readonly ScanDriver[]
  uploads: PictureUploads
  /** A file that is a document as it is: a PDF that another program put into the watched folder. @throws AppError TEP-… */
  takeDocument(input: Readonly<{ draftId: DraftId; component: string; file: string }>): Promise<void>
  /** @throws AppError HS-001 when the draft takes nothing in any more */
  assertOpen(draftId: DraftId): void
  /** What a component is called on the PDF, as the draft's procedure names it. */
  componentName(draftId: DraftId, component: string): string
  /** Components of the draft's procedure in their order: a separator without a name leads to the next. */
  components(draftId: DraftId): readonly string[]
  /** The civil day. */
  today(): string
  mrz: MrzTools
  /** For tests. */
  scanTiming?: Partial<ServiceTiming>
}>

/** Puts the parts of the desk together, and goes on with what an earlier run has left. */
export function createCaptureDesk(deps: CaptureDeskDeps): CaptureDesk {
  const { store, threads, assertOpen } = deps
  const thread = keptThread(threads.pages)
  // The outline that a camera shows must not wait for a pile of pages.
  const aside = keptThread(threads.pages)
  const after = createAfterCommit(deps)
  const textChanged = (draftId: DraftId): void => {
    binding.soon(draftId)
    // The last page of a dossier that is read needs its file no more.
    void after.release(draftId)
  }
  const out = createPicturesOut({ ...deps, thread, aside })
  const reading = createReading({ ...deps, threads, pixels: out.pixels, textChanged })
  const binding = createBinding({ ...deps, words: (pageId, revision) => reading.words(pageId, revision) ?? [] })
  const work = createWork({
    ...deps, thread, moveBehind: moveBehindSeparator, trial: createTrial(deps.shelfFolder),
    settled: ({ draftId }) => {
      binding.soon(draftId)
      reading.wake()
    },
  })
  const arranging = createArranging(deps)
  const scans = createScans({ ...deps, thread: aside, work, ...(deps.scanTiming && { timing: deps.scanTiming }) })
  const pictures = createPictures({ ...deps, thread: aside, work })

  /** Pages stand otherwise than before. */
  const rearranged = (draftId: DraftId): void => {
    binding.soon(draftId)
    // One that was taken back may never have been worked on, one that was turned is read anew.
    work.wake()
    reading.wake()
  }
  work.wake()
  binding.resume()
  reading.wake()
  const swept = after.sweepLeftovers().catch(() => deps.log('pages.leftovers-stay'))

  return {
    devices: scans.devices, capabilities: scans.capabilities, setup: scans.setup, keepProfile: scans.keepProfile, scan: scans.scan,
    list: (draftId) => {
      const views = pageViews(store.read, draftId)
      // Those of a draft that was taken back are gone on with.
      if (views.some(({ state }) => state === 'waiting')) work.wake()
      return views
    },
    begin: pictures.begin, finish: pictures.finish,
    thumbnail: async (pageId) => out.thumbnail(pageId), image: out.image, look: out.look,
    place: (actor, input) => {
      arranging.place(actor, input)
      rearranged(input.draftId)
    },
    turn: (actor, pageId, turns) => rearranged(arranging.turn(actor, pageId, turns)),
    keep: (actor, input) => {
      arranging.keep(actor, input)
      rearranged(input.draftId)
    },
    again: (_actor, pageId: PageId, wishes) => {
      assertOpen(getPage(store.read, pageId).draftId)
      work.again(pageId, wishes)
    },
    settle: async (draftId) => {
      assertOpen(draftId)
      await work.idle(draftId)
      await binding.bind(draftId)
    },
    proposals: reading.proposals, text: reading.text,
    committed: (draftId: DraftId, dossierId: DossierId) => {
      reading.committed(draftId, dossierId)
      void after.release(draftId)
    },
    close: async () => {
      await scans.close()
      await work.close()
      await reading.close()
      await binding.close()
      await after.close()
      await aside.close()
      await swept
    },
  }
}
