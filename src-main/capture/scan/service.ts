import { type ScanCaps, type ScanDevice, type ScanKind, type ScanOptions } from '@contract/capture'
import { AppError, type ErrorCode } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { storageErrors } from '@contract/errors/storage'
import { merge } from './channel'
import { guarded, guardedAnswer, soon } from './guard'
import { importFiles } from './import'
import { sameMachine } from './same'
import { createShelf, newJobId } from './shelf'
import { type ScanDriver, type ScanEvent, type ScanLikeness } from './types'

/** Milliseconds. */
export type ServiceTiming = Readonly<{
  /** A way that has not told all its devices by then is cut off. */
  list: number
  capabilities: number
  /** Longest silence while a page comes in. */
  page: number
  /** For a driver to end once it was told to. */
  grace: number
}>
export const SERVICE_TIMING: ServiceTiming = { list: 30_000, capabilities: 30_000, page: 120_000, grace: 6000 }

export type ScanFound =
  | Readonly<{ kind: 'device'; device: ScanDevice }>
  /** One way does not work; the others do. */
  | Readonly<{ kind: 'trouble'; way: ScanKind; error: AppError }>
export type ScanJob = Readonly<{
  id: string
  /** Begins when it is iterated; leaving it stops the device. @throws AppError QT-001 … QT-015, LUU-013 */
  events: AsyncGenerator<ScanEvent, void, undefined>
  /** Pages announced before stay. */
  cancel: () => void
}>
export type ScanServiceDeps = Readonly<{
  drivers: readonly ScanDriver[]
  /** Private folder for page files: made with mode 0700, emptied at the start. */
  folder: string
  /** Devices of earlier days, so that a scan may begin without a search. */
  remembered?: Readonly<{ devices: () => readonly ScanDevice[]; keep: (device: ScanDevice) => void }>
  timing?: Partial<ServiceTiming>
  log?: (event: string, facts: Readonly<Record<string, string | number>>) => void
}>
export type ScanService = Readonly<{
  /** Devices as they are found, each machine once, and the ways that do not work. */
  list: (signal?: AbortSignal) => AsyncGenerator<ScanFound, void, undefined>
  /** Asked once and kept until a scan fails. @throws AppError QT-… */
  capabilities: (id: string) => Promise<ScanCaps>
  /** One job a device at a time; another one ends with QT-002. */
  scan: (id: string, options: ScanOptions) => ScanJob
  /** Chosen or dropped files as pages. */
  take: (paths: readonly string[]) => ScanJob
  /** A page file was taken over: it is removed. */
  taken: (file: string) => Promise<void>
  /** Whatever is left of a job is removed. */
  drop: (jobId: string) => Promise<void>
  /** Stops every job and waits for the devices. */
  close: () => Promise<void>
}>

type Start = (folder: string, signal: AbortSignal) => AsyncIterable<ScanEvent>

const STALE: ReadonlySet<string> = new Set([captureErrors.badSetting, captureErrors.noDevice, captureErrors.offline])

/** Papers in, whatever the way (`devices.md` A.5). Nothing a driver does is thrown elsewhere than from the job it belongs to. */
export function createScanService({ drivers, folder, remembered, timing: changed, log = () => undefined }: ScanServiceDeps): ScanService {
  const timing = { ...SERVICE_TIMING, ...changed }
  const shelf = createShelf(folder)
  const known = new Map<string, ScanDevice>()
  const caps = new Map<string, Promise<ScanCaps>>()
  const busy = new Set<string>()
  const jobs = new Map<string, { stop: AbortController; events: ScanJob['events'] }>()

  const find = (id: string): { device: ScanDevice; driver: ScanDriver } => {
    const device = known.get(id) ?? remembered?.devices().find((one) => one.id === id)
    const driver = device && drivers.find((one) => one.kind === device.kind)
    if (!device || !driver) throw new AppError(captureErrors.noDevice)
    return { device, driver }
  }

  const capabilities = (id: string): Promise<ScanCaps> => {
    const stored = caps.get(id)
    if (stored) return stored
    const asked = (async () => {
      const { device, driver } = find(id)
      if (busy.has(id)) throw new AppError(captureErrors.busy)
      return guardedAnswer((signal) => driver.capabilities(device, signal), timing.capabilities, timing.grace, new AbortController().signal)
    })().catch((error: unknown) => {
      caps.delete(id)
      throw toAppError(error, log)
    })
    caps.set(id, asked)
    return asked
  }

  /** The frame of every job: a folder of its own, errors in our words, the end written down. */
  const job = (start: Start, settle: (code: ErrorCode | null) => void): ScanJob => {
    const id = newJobId()
    const stop = new AbortController()
    const events = run(id, stop, start, settle)
    jobs.set(id, { stop, events })
    return { id, cancel: () => stop.abort(), events }
  }
  async function* run(id: string, stop: AbortController, start: Start, settle: (code: ErrorCode | null) => void): AsyncGenerator<ScanEvent, void, undefined> {
    let code: ErrorCode | null = null
    try {
      if (stop.signal.aborted) throw new AppError(captureErrors.cancelled)
      yield* start(await shelf.open(id), stop.signal)
    } catch (error) {
      const told = toAppError(error, log)
      const disk = (told.code === captureErrors.badImage || told.code === captureErrors.io) && await shelf.full()
      code = disk ? storageErrors.diskFull : told.code
      throw disk ? new AppError(storageErrors.diskFull, {}, { cause: told }) : told
    } finally {
      jobs.delete(id)
      await shelf.tidy(id)
      settle(code)
    }
  }

  /** Stops a job, also one that nobody iterates any more. */
  const end = async (id: string): Promise<void> => {
    const running = jobs.get(id)
    running?.stop.abort()
    await soon(running?.events.return(), 2 * timing.grace)
    jobs.delete(id)
  }

  async function* scanning(id: string, options: ScanOptions, into: string, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
    const { device, driver } = find(id)
    if (busy.has(id)) throw new AppError(captureErrors.busy)
    busy.add(id)
    try {
      // A watched folder waits for people.
      const silence = driver.kind === 'import' ? null : timing.page
      for await (const event of guarded((all) => driver.scan(device, options, into, all), { silence, grace: timing.grace, signal })) {
        // However it ends: a scanner that gave a page is the one used last.
        if (event.kind === 'page') remembered?.keep(device)
        yield event
      }
    } finally {
      busy.delete(id)
    }
  }

  async function* devicesOf(driver: ScanDriver, signal: AbortSignal): AsyncGenerator<ScanFound, void, undefined> {
    try {
      for await (const device of guarded((all) => driver.list(all), { silence: null, whole: timing.list, grace: timing.grace, signal })) yield { kind: 'device', device }
    } catch (error) {
      if (!signal.aborted) yield { kind: 'trouble', way: driver.kind, error: toAppError(error, log) }
    }
  }

  return {
    list: async function* (signal = new AbortController().signal) {
      const shown = new Map<string, ScanLikeness | null>()
      const late: { device: ScanDevice; likeness: ScanLikeness }[] = []
      for await (const found of merge(drivers.map((driver) => devicesOf(driver, signal)))) {
        if (found.kind === 'trouble') {
          yield found
          continue
        }
        const { device } = found
        const likeness = drivers.find((one) => one.kind === device.kind)?.likeness?.(device) ?? null
        if (likeness?.second) late.push({ device, likeness })
        else if (!shown.has(device.id)) {
          shown.set(device.id, likeness)
          known.set(device.id, device)
          yield found
        }
      }
      for (const { device, likeness } of late) {
        if ([...shown.values()].some((one) => one && sameMachine(one, likeness))) continue
        known.set(device.id, device)
        yield { kind: 'device', device }
      }
    },
    capabilities,
    scan: (id, options) => {
      const started = performance.now()
      return job((into, signal) => scanning(id, options, into, signal), (code) => {
        if (code !== null && STALE.has(code)) caps.delete(id)
        log('scan-ended', { way: id.slice(0, id.indexOf(':')), code: code ?? 'ok', ms: Math.round(performance.now() - started) })
      })
    },
    take: (paths) => job((into, signal) => importFiles(paths, into, signal), (code) => log('files-taken', { count: paths.length, code: code ?? 'ok' })),
    taken: async (file) => {
      const id = await shelf.taken(file)
      // The folder of a job that still runs is wanted for its next page.
      if (id !== null && !jobs.has(id)) await shelf.tidy(id)
    },
    drop: async (jobId) => {
      await end(jobId)
      await shelf.drop(jobId)
    },
    close: async () => {
      await Promise.all([...jobs.keys()].map(end))
    },
  }
}

/** Disk errors by their name; what no driver should throw is an error of the device, and is noted by its kind alone. */
function toAppError(error: unknown, log: NonNullable<ScanServiceDeps['log']>): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError(storageErrors.diskFull, {}, { cause: error })
  log('scan-defect', { name: error instanceof Error ? error.name : typeof error, code })
  return new AppError(captureErrors.io, {}, { cause: error })
}
