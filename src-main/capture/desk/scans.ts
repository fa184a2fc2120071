import type { ScanCaps, ScanDevice, ScanImage } from '@contract/capture'
import { AppError } from '@contract/errors'
import { type DraftId, Instant, type PageId } from '@contract/ids'
import { type ScanFoundView, type ScanProfile, type ScanStep, USUAL_WISHES } from '@contract/pages'
import { asAppError } from '../../storage'
import { createScanService, type ScanDriver, type ScanService, type ServiceTiming } from '../scan'
import type { ScanWish } from './desk-types'
import type { KeptThread } from './pages-thread'
import { type Actor, type DeskDeps, type Origin, originOf } from './ports'
import { fitProfile, scanOptions } from './profiles'
import { keepDevice, keepProfile, profileFor, usedDevices } from './scan-rows'
import { addPages, storeFile } from './taking'
import type { Work } from './work'

export type ScansDeps = DeskDeps & Readonly<{
  drivers: readonly ScanDriver[]
  shelfFolder: string
  /** For the number of pages in a file. */
  thread: KeptThread
  work: Pick<Work, 'wake' | 'componentOf' | 'jobEnded'>
  assertOpen(draftId: DraftId): void
  /** A file that is a document as it is (PDF of a watched folder); null where none are taken. @throws AppError TEP-… */
  takeDocument: ((input: Readonly<{ draftId: DraftId; component: string; file: string }>) => Promise<void>) | null
  timing?: Partial<ServiceTiming>
}>

export type Scans = Readonly<{
  devices(signal?: AbortSignal): AsyncGenerator<ScanFoundView, void, undefined>
  capabilities(deviceId: string): Promise<ScanCaps>
  setup(actor: Actor, component: string): Readonly<{ device: ScanDevice | null; profile: ScanProfile }>
  keepProfile(actor: Actor, component: string | null, profile: ScanProfile): void
  scan(actor: Actor, wish: ScanWish, signal?: AbortSignal): AsyncGenerator<ScanStep, void, undefined>
  close(): Promise<void>
}>

/** Milliseconds between two words of progress about one page. */
const PROGRESS_MS = 120

const stopped = (signal: AbortSignal | undefined): boolean => signal?.aborted === true

/** Papers from scanners into drafts. */
export function createScans(deps: ScansDeps): Scans {
  const { store, documents, audit, clock, log, drivers, shelfFolder, thread, work, assertOpen, takeDocument, timing } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  // The shelf is cleared when the service is made: nobody knows any more where the pages on it belong.
  const service: ScanService = createScanService({
    drivers, folder: shelfFolder, log, ...(timing && { timing }),
    remembered: { devices: () => usedDevices(store.read), keep: (device) => store.write((tx) => keepDevice(tx, device, now())) },
  })
  const seen = new Map<string, ScanDevice>()
  async function* devices(signal?: AbortSignal): AsyncGenerator<ScanFoundView, void, undefined> {
    for await (const found of service.list(signal)) {
      if (found.kind === 'device') seen.set(found.device.id, found.device)
      yield found.kind === 'device' ? found : { kind: 'trouble', way: found.way, code: found.error.code, params: { ...found.error.params } }
    }
  }
  /** A device that was found or used before; any other is searched for. @throws AppError QT-001 */
  const find = async (id: string, signal?: AbortSignal): Promise<ScanDevice> => {
    const known = seen.get(id) ?? usedDevices(store.read).find((one) => one.id === id)
    if (known) return known
    for await (const found of devices(signal)) if (found.kind === 'device' && found.device.id === id) return found.device
    throw new AppError(stopped(signal) ? 'QT-012' : 'QT-001')
  }

  /** Pictures in a TIFF. One that is damaged is kept all the same, as a page that says so. */
  const framesOf = (file: string): Promise<number> =>
    thread.use((pages) => pages.count({ source: { file }, page: 0, dpi: null })).catch((error: unknown) => {
      if (error instanceof AppError && (error.code === 'QT-011' || error.code === 'QT-013')) return 1
      throw error
    })

  /** One page file from the shelf: safe in the store, then told. */
  const take = async (image: ScanImage, jobId: string, first: number, wish: ScanWish, profile: ScanProfile, origin: Origin): Promise<PageId[]> => {
    const { draftId, component } = wish
    if (image.mediaType === 'application/pdf') {
      // Every scanner can send pictures; a PDF is somebody's document.
      if (!takeDocument || origin.kind !== 'import') throw new AppError('QT-008')
      await takeDocument({ draftId, component: work.componentOf(jobId, component), file: image.file })
      return []
    }
    const frames = image.mediaType === 'image/tiff' ? await framesOf(image.file) : 1
    const sha256 = await storeFile(documents, image.file)
    return addPages(deps, { sha256, frames, dpi: image.dpi }, {
      draftId, jobId, origin, paper: profile.paper, skipBlank: profile.skipBlank, wishes: { ...USUAL_WISHES, colour: profile.colour }, first,
      component: () => work.componentOf(jobId, component),
    })
  }

  const record = (actor: Actor, draftId: DraftId, way: string, pages: number): void => {
    if (pages > 0) store.write((tx) => audit.append(tx, { actor: actor.id, action: 'draft.pages-scanned', subject: { type: 'draft', id: draftId }, detail: { way, pages } }))
  }

  async function* scan(actor: Actor, wish: ScanWish, signal?: AbortSignal): AsyncGenerator<ScanStep, void, undefined> {
    const { draftId, deviceId } = wish
    assertOpen(draftId)
    const origin = originOf(await find(deviceId, signal))
    const caps = await service.capabilities(deviceId)
    const profile = fitProfile(wish.profile, caps)
    if (stopped(signal)) throw new AppError('QT-012')
    const job = service.scan(deviceId, scanOptions(profile, caps, wish.most))
    signal?.addEventListener('abort', job.cancel, { once: true })
    let taken = 0
    let told = 0
    try {
      for await (const event of job.events) {
        if (event.kind === 'progress') {
          if (performance.now() - told < PROGRESS_MS) continue
          told = performance.now()
          yield { kind: 'progress', number: event.number, ratio: event.ratio }
        } else if (event.kind === 'page') {
          const pageIds = await take(event.image, job.id, taken + 1, wish, profile, origin)
          taken += pageIds.length
          await service.taken(event.image.file)
          work.wake()
          yield { kind: 'page', number: event.image.number, pageIds }
        } else yield event
      }
    } catch (error) {
      throw asAppError(error)
    } finally {
      signal?.removeEventListener('abort', job.cancel)
      await service.drop(job.id)
      work.jobEnded(job.id)
      record(actor, draftId, origin.kind, taken)
    }
  }

  return {
    devices,
    capabilities: async (deviceId) => {
      await find(deviceId)
      return service.capabilities(deviceId)
    },
    setup: ({ id }, component) => {
      const [device] = usedDevices(store.read).filter(({ kind }) => drivers.some((driver) => driver.kind === kind))
      return { device: device ?? null, profile: profileFor(store.read, id, component) }
    },
    keepProfile: ({ id }, component, profile) => store.write((tx) => keepProfile(tx, id, component, profile)),
    scan,
    close: () => service.close(),
  }
}
