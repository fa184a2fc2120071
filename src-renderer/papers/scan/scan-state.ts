import type { PageId } from '@contract/ids'
import type { ScanStep } from '@contract/pages'
import type { Problem } from '../../app/api'

/** `looking`: until the first sheet moves; `stopping`: until the scanner has let go. */
export type ScanPhase = 'idle' | 'looking' | 'scanning' | 'stopping'
/** How it ended well, or by hand. */
export type ScanEnd = 'done' | 'stopped' | 'left'

export type ScanState = Readonly<{
  phase: ScanPhase
  /** The component that pages were asked for; null before the first scan. */
  component: string | null
  /** The sheet on its way, counted by the scanner; 0 before the first. */
  number: number
  /** Of that sheet, 0 … 1; null where the scanner does not tell. */
  ratio: number | null
  /** Pages that are safe since the scan was begun; going on after a problem keeps counting. */
  pageIds: readonly PageId[]
  /** Whole PDF files, of a watched folder: they become documents of their own. */
  documents: number
  /** How many of the pages came before the scan was gone on with. */
  before: number
  problem: Problem | null
  end: ScanEnd | null
}>

export type ScanEvent =
  | Readonly<{ kind: 'start'; component: string }>
  | Readonly<{ kind: 'go-on' }>
  | Readonly<{ kind: 'step'; step: ScanStep }>
  | Readonly<{ kind: 'stop' }>
  | Readonly<{ kind: 'failed'; problem: Problem }>
  /** The scanner was let go, whatever became of the scan. */
  | Readonly<{ kind: 'closed'; end: ScanEnd }>
  | Readonly<{ kind: 'dismiss' }>

export const NO_SCAN: ScanState = { phase: 'idle', component: null, number: 0, ratio: null, pageIds: [], documents: 0, before: 0, problem: null, end: null }

const EMPTY_FEEDER: Problem = { code: 'QT-005', params: {} }
const STOPPED = 'QT-012'

export const isAtWork = ({ phase }: ScanState): boolean => phase !== 'idle'

/** Pages since the scan was begun or gone on with. */
const fresh = ({ pageIds, before }: ScanState): number => pageIds.length - before

function over(state: ScanState, end: ScanEnd | null, problem: Problem | null): ScanState {
  return { ...state, phase: 'idle', ratio: null, end, problem }
}

function stepped(state: ScanState, step: ScanStep): ScanState {
  switch (step.kind) {
    // A page that is safe counts, even when it is told after all is over.
    case 'page': return {
      ...state, pageIds: [...new Set([...state.pageIds, ...step.pageIds])],
      documents: state.documents + (step.pageIds.length === 0 ? 1 : 0), ratio: isAtWork(state) ? 1 : null,
    }
    case 'page-started': return isAtWork(state) ? { ...state, phase: state.phase === 'stopping' ? 'stopping' : 'scanning', number: step.number, ratio: null } : state
    case 'progress': return isAtWork(state) ? { ...state, phase: state.phase === 'stopping' ? 'stopping' : 'scanning', number: step.number, ratio: step.ratio } : state
    case 'ended': return isAtWork(state) ? over(state, 'done', step.reason === 'feeder-empty' && fresh(state) === 0 && state.phase !== 'stopping' ? EMPTY_FEEDER : null) : state
  }
}

/** What stops a scan that the officer ended is no problem, nor is an empty feeder once it gave pages. */
function failed(state: ScanState, problem: Problem): ScanState {
  if (!isAtWork(state)) return state
  if (state.phase === 'stopping' || problem.code === STOPPED) return over(state, 'stopped', null)
  if (problem.code === EMPTY_FEEDER.code && fresh(state) > 0) return over(state, 'done', null)
  return over(state, null, problem)
}

/** How a scan stands after what happened. Pages that were told are never forgotten but by another start. */
export function nextScan(state: ScanState, event: ScanEvent): ScanState {
  switch (event.kind) {
    case 'start': return isAtWork(state) ? state : { ...NO_SCAN, phase: 'looking', component: event.component }
    case 'go-on': return isAtWork(state) ? state : { ...state, phase: 'looking', number: 0, ratio: null, before: state.pageIds.length, problem: null, end: null }
    case 'step': return stepped(state, event.step)
    case 'stop': return isAtWork(state) ? { ...state, phase: 'stopping', problem: null } : state
    case 'failed': return failed(state, event.problem)
    case 'closed': return isAtWork(state) ? over(state, event.end, null) : state
    case 'dismiss': return isAtWork(state) ? state : { ...state, problem: null, end: null }
  }
}

/** `continue`: the pile goes on; `again`: the same once more; `device`: another scanner or way of scanning. */
export type WayOn = 'continue' | 'again' | 'device'

/** Here only another scanner, or other wishes, lead on. */
const OTHER_DEVICE: ReadonlySet<string> = new Set(['QT-001', 'QT-007', 'QT-008', 'QT-014'])

/** Ways on after a problem, the best first. */
export function waysOn({ problem, pageIds }: Pick<ScanState, 'problem' | 'pageIds'>): readonly WayOn[] {
  if (!problem) return []
  const same: WayOn = pageIds.length > 0 ? 'continue' : 'again'
  return OTHER_DEVICE.has(problem.code) ? ['device', same] : [same, 'device']
}
