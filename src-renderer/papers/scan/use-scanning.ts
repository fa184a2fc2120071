import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { ScanDevice } from '@contract/capture'
import type { DraftId, PageId } from '@contract/ids'
import type { ScanProfile } from '@contract/pages'
import { api, type Problem } from '../../app/api'
import { queryClient } from '../../app/queries'
import { createScanRun, type ScanDeps, type ScanRun } from './scan-run'
import { isAtWork, type ScanEnd, type ScanPhase, type WayOn, waysOn } from './scan-state'

const coreCalls: ScanDeps = {
  setup: (component) => api.scanning.setup({ component }),
  scan: (input, signal) => api.scanning.scan(input, { signal }),
  pages: (draftId) => api.pages.list({ draftId }),
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => { setTimeout(resolve, ms) }),
}

const runs = new Map<DraftId, ScanRun>()

/** The scans of a draft: the same for every part of the intake that asks. */
function runOf(draftId: DraftId): ScanRun {
  const known = runs.get(draftId) ?? createScanRun(draftId, coreCalls)
  runs.set(draftId, known)
  return known
}

/** The draft is left: the next one who opens it begins with nothing. Answers how many pages a scan that this stopped had taken; null without one. */
export function leaveScans(draftId: DraftId): number | null {
  const run = runOf(draftId)
  runs.delete(draftId)
  const { pageIds } = run.get()
  return run.leave() ? pageIds.length : null
}

/** True while pages may still come into a draft: it is no time to receive it. */
export const scanAtWork = (draftId: DraftId): boolean => isAtWork(runOf(draftId).get())

/** The state of a draft's scans, and what can be done with them. */
export type Scanning = Pick<ScanRun, 'start' | 'stop' | 'again' | 'dismiss' | 'setup' | 'closeSetup'> & Readonly<{
  draftId: DraftId
  state: ScanPhase
  /** What pages are, or were last, scanned into. */
  component: string | null
  /** The sheet on its way; 0 before the first. */
  number: number
  /** Of that sheet, 0 … 1; null where the scanner does not tell. */
  ratio: number | null
  /** Pages that are safe since the scan was begun. */
  taken: number
  pageIds: readonly PageId[]
  /** Whole PDF files of a watched folder. */
  documents: number
  problem: Problem | null
  /** Ways on after the problem, the best first. */
  ways: readonly WayOn[]
  end: ScanEnd | null
  /** The scanner and the way of the last scan; null before the first. */
  device: ScanDevice | null
  profile: ScanProfile | null
  /** The component for which scanner and way are to be chosen now: the dialog is open. */
  asking: string | null
}>

/** Scanning into a draft. A scan goes on while other steps of the intake are shown; `ScanKeeper` ends it when the intake is left. */
export function useScanning(draftId: DraftId): Scanning {
  const run = runOf(draftId)
  const state = useSyncExternalStore(run.subscribe, run.get)
  const { phase, component, number, ratio, pageIds, documents, problem, end, device, profile, asking } = state
  return {
    draftId, state: phase, component, number, ratio, taken: pageIds.length, pageIds, documents, problem, ways: waysOn(state), end, device, profile, asking,
    start: run.start, stop: run.stop, again: run.again, dismiss: run.dismiss, setup: run.setup, closeSetup: run.closeSetup,
  }
}

/** How an officer scans a component, and the scanner used last. */
export const setupKey = (component: string) => ['scan-setup', component] as const
export const useScanSetup = (component: string) => useQuery({ queryKey: setupKey(component), queryFn: () => api.scanning.setup({ component }), enabled: component !== '' })
export const forgetSetups = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['scan-setup'] })
