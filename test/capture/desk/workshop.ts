import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { DraftId, PageId } from '@contract/ids'
import type { PageView, ScanProfile, ScanStep } from '@contract/pages'
import { USUAL_PROFILE } from '@contract/pages'
import { moveBehindSeparator } from '../../../src-main/capture/desk/arrange'
import { keptThread } from '../../../src-main/capture/desk/pages-thread'
import { createScans, type Scans, type ScansDeps } from '../../../src-main/capture/desk/scans'
import { pageViews } from '../../../src-main/capture/desk/views'
import { createTrial } from '../../../src-main/capture/desk/trial'
import { createWork, type Work, type WorkDeps } from '../../../src-main/capture/desk/work'
import { createSimulator, type ScanDriver, type SimulatedFault } from '../../../src-main/capture/scan'
import type { DeskDeps } from '../../../src-main/capture/desk/ports'
import type { Documents } from '../../../src-main/storage'
import { actor, type Desk, newDesk } from '../../intake/support'

const root = resolve(import.meta.dirname, '../../..')

/** The pages thread, bundled as the app bundles it, and threads that do harm; gone after the tests of the file. */
export function threads(name: string): { real: URL; write(file: string, body: string): URL } {
  const folder = join(root, 'node_modules/.cache/mot-cua-test', `${name}-${String(process.pid)}`)
  mkdirSync(folder, { recursive: true })
  beforeAll(() => build({
    entryPoints: [join(root, 'src-main/capture/pages/worker.ts')], outfile: join(folder, 'worker.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external',
    alias: { '@contract': join(root, 'src-preload/contract') }, logLevel: 'silent',
  }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    real: pathToFileURL(join(folder, 'worker.mjs')),
    write: (file, body) => {
      writeFileSync(join(folder, file), body)
      return pathToFileURL(join(folder, file))
    },
  }
}

/** A folder of paper files for the simulator. */
export function pile(papers: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-pile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, bytes] of Object.entries(papers)) writeFileSync(join(folder, name), bytes)
  return folder
}

export type Workshop = Readonly<{
  desk: Desk; work: Work; scans: Scans; draftId: DraftId; logged: string[]
  views(): PageView[]
  /** `component:ordinal` and place of each page. */
  standing(): string[]
  scan(signal?: AbortSignal, profile?: Partial<ScanProfile>, component?: string): AsyncGenerator<ScanStep, void, undefined>
  close(): Promise<void>
}>

type Wish = Readonly<{
  thread: URL; papers?: string; fault?: () => SimulatedFault | null; drivers?: readonly ScanDriver[]; components?: readonly string[]; desk?: Desk
  draftId?: DraftId; documents?: (real: Documents) => Documents; timing?: WorkDeps['timing']; takeDocument?: ScansDeps['takeDocument']; settled?: (id: PageId) => void
}>

export const COMPONENTS = ['to-khai', 'ban-sao', 'hop-dong'] as const

/** Scanner, queue and thread as the desk puts them together, on real files. */
export function workshop({ thread, papers = '/nowhere', fault = () => null, drivers, components = COMPONENTS, desk = newDesk(), documents = (real) => real, timing, takeDocument = null, settled, ...wish }: Wish): Workshop {
  const draftId = wish.draftId ?? desk.intake.start(actor).id
  const logged: string[] = []
  const deps: DeskDeps = {
    store: desk.store, documents: documents(desk.documents), audit: desk.audit, clock: desk.deps.clock, log: (event) => void logged.push(event), changed: (event) => void desk.events.push(event),
  }
  const [one, aside] = [keptThread(thread), keptThread(thread)]
  const work = createWork({ ...deps, thread: one, components: () => components, moveBehind: moveBehindSeparator, trial: createTrial(join(desk.folder, 'incoming-pages')), settled: ({ id }) => settled?.(id), ...(timing && { timing }) })
  const scans = createScans({
    ...deps, thread: aside, work, drivers: drivers ?? [createSimulator({ papers, name: 'Máy quét tập dượt', delay: 4, fault })], shelfFolder: join(desk.folder, 'incoming-pages'),
    assertOpen: desk.intake.assertOpen, takeDocument, timing: { page: 400, grace: 100, list: 1000, capabilities: 1000 },
  })
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await scans.close()
    await work.close()
    await aside.close()
  }
  onTestFinished(close)
  const views = (): PageView[] => pageViews(desk.store.read, draftId)
  return {
    desk, work, scans, draftId, logged, views, close,
    standing: () => views().map(({ component, ordinal, place }) => `${component}:${String(ordinal)} ${place}`),
    scan: (signal, profile = {}, component = components[0] ?? '') =>
      scans.scan(actor, { draftId, component, deviceId: 'simulator:papers', profile: { ...USUAL_PROFILE, ...profile }, most: null }, signal),
  }
}

export async function devicesOf({ scans }: Workshop): Promise<string[]> {
  const ids: string[] = []
  for await (const found of scans.devices()) ids.push(found.kind === 'device' ? found.device.id : found.code)
  return ids
}

/** All steps of a scan, and the code with which it ended where it did not end well. */
export async function steps(events: AsyncIterable<ScanStep>): Promise<{ kinds: string[]; pageIds: PageId[]; code: string | null }> {
  const kinds: string[] = []
  const pageIds: PageId[] = []
  try {
    for await (const step of events) {
      if (step.kind !== 'progress') kinds.push(step.kind)
      if (step.kind === 'page') pageIds.push(...step.pageIds)
    }
  } catch (error) {
    return { kinds, pageIds, code: (error as { code: string }).code }
  }
  return { kinds, pageIds, code: null }
}
