import type { ScanDevice } from '@contract/capture'
import { captureErrors } from '@contract/errors/capture'
import type { DraftId, PageId } from '@contract/ids'
import type { PageView, ScanProfile, ScanStep } from '@contract/pages'
import { problemOf } from '../../app/api'
import { isAtWork, nextScan, NO_SCAN, type ScanEnd, type ScanEvent, type ScanState } from './scan-state'

/** A scanner that was stopped takes a while to let go; until then another try is made every so often, in milliseconds. */
const LETS_GO_MS = 10_000
const TRY_AGAIN_MS = 250
/** The page that was on its way when a scan was stopped is put away by then, in milliseconds. */
const LAST_PAGE_MS = 400

export type ScanInput = Readonly<{ draftId: DraftId; component: string; deviceId: string; profile: ScanProfile; most: 1 | null }>
/** Left out: the scanner of the last scan, and how the officer scans that component. `most`: one page, then the feeder is left alone. */
export type ScanWishes = Readonly<{ device?: ScanDevice; profile?: ScanProfile; most?: 1 }>

export type ScanDeps = Readonly<{
  setup(component: string): Promise<Readonly<{ device: ScanDevice | null; profile: ScanProfile }>>
  scan(input: ScanInput, signal: AbortSignal): Promise<AsyncIterable<ScanStep>>
  pages(draftId: DraftId): Promise<readonly PageView[]>
  now(): number
  pause(ms: number): Promise<void>
}>

export type ScanRunState = ScanState & Readonly<{
  /** What scans, and how; null until a scan was begun. */
  device: ScanDevice | null
  profile: ScanProfile | null
  /** The component for which scanner and way are to be chosen. */
  asking: string | null
}>

/** The scans of one draft, one after the other. Goes on while the officer works on other steps of the intake. */
export type ScanRun = Readonly<{
  get(): ScanRunState
  subscribe(changed: () => void): () => void
  /** Nothing while a scan is at work. Without a scanner that was used before, one is asked for. */
  start(component: string, wishes?: ScanWishes): void
  stop(): void
  /** The same once more, or on with the pile after a problem. */
  again(): void
  /** Lets go of the problem, or of the sentence about the end. */
  dismiss(): void
  setup(component: string): void
  closeSetup(): void
  /** The intake is left. True when that stopped a scan. */
  leave(): boolean
}>

type Job = Readonly<{ stop: AbortController; wishes: ScanWishes }> & { /** How it was ended by hand. */ end: ScanEnd | null }
type Way = Readonly<{ component: string; device: ScanDevice; profile: ScanProfile }>

export function createScanRun(draftId: DraftId, deps: ScanDeps): ScanRun {
  let state: ScanRunState = { ...NO_SCAN, device: null, profile: null, asking: null }
  let job: Job | null = null
  let wishedLast: ScanWishes = {}
  let endedAt = Number.NEGATIVE_INFINITY
  const listeners = new Set<() => void>()

  const set = (part: Partial<ScanRunState>): void => {
    state = { ...state, ...part }
    listeners.forEach((listener) => listener())
  }
  const tell = (event: ScanEvent): void => set(nextScan(state, event))
  const end = (of: Job, how: ScanEnd): void => {
    of.end ??= how
    endedAt = deps.now()
    of.stop.abort()
  }
  const list = (): Promise<readonly PageView[]> => deps.pages(draftId)

  const follow = async (of: Job, { component, device, profile }: Way): Promise<void> => {
    for await (const step of await deps.scan({ draftId, component, deviceId: device.id, profile, most: of.wishes.most ?? null }, of.stop.signal)) {
      tell({ kind: 'step', step })
      // A watched folder waits for the next file.
      if (of.wishes.most === 1 && device.kind === 'import' && step.kind === 'page' && step.pageIds.length > 0) return end(of, 'done')
    }
  }
  /** A scanner that is busy with what was just stopped is waited for. */
  const followSoon = async (of: Job, way: Way): Promise<void> => {
    try {
      await follow(of, way)
    } catch (error) {
      const ours = problemOf(error).code === captureErrors.busy && deps.now() - endedAt < LETS_GO_MS
      if (!ours || of.end !== null) throw error
      await deps.pause(TRY_AGAIN_MS)
      if (isOpen(of)) await followSoon(of, way)
    }
  }
  /** Pages that were safe before their news could come: told from the list, so that none goes uncounted. */
  const recount = async (before: ReadonlySet<PageId> | null, { device }: Way): Promise<void> => {
    await deps.pause(LAST_PAGE_MS)
    const now = before === null ? [] : await list().catch(() => [])
    const pageIds = now.filter(({ id, origin }) => origin === device.kind && before?.has(id) === false).map(({ id }) => id)
    if (pageIds.length > 0) tell({ kind: 'step', step: { kind: 'page', number: state.number, pageIds } })
  }
  const work = async (of: Job, way: Way): Promise<void> => {
    const before = list().then((pages) => new Set(pages.map(({ id }) => id))).catch(() => null)
    try {
      await followSoon(of, way)
    } catch (error) {
      if (of.end === null) throw error
    }
    if (of.end !== null) await recount(await before, way)
  }
  /** The pile goes on where its last separator sheet led. */
  const whereItStood = async (component: string): Promise<string> => {
    const last = state.pageIds.at(-1)
    const pages = last === undefined ? [] : await list().catch(() => [])
    return pages.find(({ id }) => id === last)?.component ?? component
  }
  /** What scans, how and where; null when no scanner was ever used. */
  const wayOf = async (component: string, wishes: ScanWishes, goesOn: boolean): Promise<Way | null> => {
    const known = await deps.setup(component)
    const device = wishes.device ?? state.device ?? known.device
    return device && { device, profile: wishes.profile ?? known.profile, component: goesOn ? await whereItStood(component) : component }
  }
  const run = async (of: Job, component: string, goesOn: boolean): Promise<void> => {
    const over = (event: ScanEvent, asking: string | null = null): void => {
      // Whoever hears that it is over may begin the next one at once.
      job = null
      set(asking === null ? nextScan(state, event) : { ...NO_SCAN, asking })
    }
    try {
      const way = await wayOf(component, of.wishes, goesOn)
      if (way && isOpen(of)) {
        set({ device: way.device, profile: way.profile })
        await work(of, way)
      }
      over({ kind: 'closed', end: of.end ?? 'done' }, way === null && isOpen(of) ? component : null)
    } catch (error) {
      over(of.end === null ? { kind: 'failed', problem: problemOf(error) } : { kind: 'closed', end: of.end })
    }
  }
  const begin = (component: string, wishes: ScanWishes, goesOn: boolean): void => {
    if (job) return
    wishedLast = wishes
    job = { stop: new AbortController(), wishes, end: null }
    tell(goesOn ? { kind: 'go-on' } : { kind: 'start', component })
    set({ asking: null })
    void run(job, component, goesOn)
  }
  const stop = (how: ScanEnd): void => {
    if (!job || job.end !== null) return
    tell({ kind: 'stop' })
    end(job, how)
  }
  return {
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    start: (component, wishes = {}) => begin(component, wishes, false),
    stop: () => stop('stopped'),
    again: () => {
      if (state.component !== null) begin(state.component, wishedLast, state.problem !== null)
    },
    dismiss: () => tell({ kind: 'dismiss' }),
    setup: (component) => {
      if (!isAtWork(state)) set({ asking: component })
    },
    closeSetup: () => set({ asking: null }),
    leave: () => {
      const atWork = job !== null
      stop('left')
      return atWork
    },
  }
}

/** Not ended meanwhile. */
const isOpen = ({ end }: Job): boolean => end === null
