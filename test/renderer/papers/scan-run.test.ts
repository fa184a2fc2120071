import { ORPCError } from '@orpc/client'
import { describe, expect, test, vi } from 'vitest'
import type { ScanDevice } from '@contract/capture'
import { DraftId, Instant, PageId } from '@contract/ids'
import { type PageView, type ScanStep, USUAL_PROFILE, USUAL_WISHES } from '@contract/pages'
import { createScanRun, type ScanDeps, type ScanInput, type ScanRun } from '../../../src-renderer/papers/scan/scan-run'

const DRAFT = DraftId.parse('0199a000-0000-7000-8000-0000000000d1')
const DEVICE: ScanDevice = { id: 'sane:one', kind: 'sane', name: 'Canon', simulated: false }
const OTHER: ScanDevice = { id: 'escl:two', kind: 'escl', name: 'HP', simulated: false }
const page = (number: number): PageId => PageId.parse(`0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`)
const view = (number: number, more: Partial<PageView> = {}): PageView => ({
  id: page(number), component: 'to-khai', ordinal: number, state: 'waiting', place: 'kept', problem: null, origin: 'sane', simulated: false, turns: 0, wishes: USUAL_WISHES, made: null,
  findings: [], twinOf: null, text: 'waiting', revision: 1, addedAt: Instant.parse('2026-11-23T01:00:00.000Z'), ...more,
})
const step = (number: number): ScanStep => ({ kind: 'page', number, pageIds: [page(number)] })
const DONE: ScanStep = { kind: 'ended', pages: 1, reason: 'done' }
const refuse = (code: string): Error => new ORPCError(code, { data: { params: {} } })

/** A core that plays one list of steps a scan; it waits, or throws, where the list says so. */
type Play = ScanStep | Error | 'wait'
function office(...plays: readonly Play[][]) {
  const asked: ScanInput[] = []
  const pages: PageView[] = []
  let now = 0
  const deps: ScanDeps = {
    setup: async () => ({ device: DEVICE, profile: USUAL_PROFILE }),
    scan: async (input, signal) => {
      asked.push(input)
      const play = plays[asked.length - 1] ?? []
      return (async function* () {
        for (const one of play) {
          if (one instanceof Error) throw one
          if (one === 'wait') await new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(new Error('gone')), { once: true }) })
          else yield one
          if (signal.aborted) throw new Error('gone')
        }
      })()
    },
    pages: async () => [...pages],
    now: () => now,
    pause: async (ms) => {
      now += ms
    },
  }
  return { asked, pages, deps, run: createScanRun(DRAFT, deps) }
}
const idle = (run: ScanRun): Promise<void> => vi.waitFor(() => expect(run.get().phase).toBe('idle'))
const count = (run: ScanRun): number => run.get().pageIds.length

describe('the scans of a draft', () => {
  test('use the scanner of the last scan and the way the officer keeps for that component', async () => {
    const { run, asked } = office([step(1), DONE])
    run.start('to-khai')
    expect(run.get().phase).toBe('looking')
    await idle(run)
    expect(asked).toEqual([{ draftId: DRAFT, component: 'to-khai', deviceId: DEVICE.id, profile: USUAL_PROFILE, most: null }])
    expect([count(run), run.get().end, run.get().device]).toEqual([1, 'done', DEVICE])
  })

  test('ask for a scanner where none was ever used', async () => {
    const { deps, asked } = office([step(1), DONE])
    const run = createScanRun(DRAFT, { ...deps, setup: async () => ({ device: null, profile: USUAL_PROFILE }) })
    run.start('to-khai')
    await vi.waitFor(() => expect(run.get().asking).toBe('to-khai'))
    expect([run.get().phase, run.get().end, asked.length]).toEqual(['idle', null, 0])
    run.start('to-khai', { device: DEVICE, profile: USUAL_PROFILE })
    await idle(run)
    expect([count(run), run.get().asking]).toEqual([1, null])
  })

  test('go one after the other: a second start while one is at work does nothing', async () => {
    const { run, asked } = office([step(1), 'wait'])
    run.start('to-khai')
    run.start('giay-khac')
    await vi.waitFor(() => expect(count(run)).toBe(1))
    run.start('giay-khac')
    expect([asked.length, run.get().component]).toEqual([1, 'to-khai'])
    run.stop()
    await idle(run)
  })

  test('keep the other scanner that was chosen, also for the next paper', async () => {
    const { run, asked } = office([DONE], [DONE])
    run.start('to-khai', { device: OTHER, profile: USUAL_PROFILE })
    await idle(run)
    run.start('giay-khac')
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked.map(({ deviceId, component }) => [deviceId, component])).toEqual([[OTHER.id, 'to-khai'], [OTHER.id, 'giay-khac']])
  })

  test('go on after a jam where the last separator sheet led, and keep counting', async () => {
    const { run, asked, pages } = office([step(1), step(2), refuse('QT-004')], [step(3), DONE])
    pages.push(view(1), view(2, { component: 'giay-khac' }))
    run.start('to-khai')
    await vi.waitFor(() => expect(run.get().problem?.code).toBe('QT-004'))
    expect(count(run)).toBe(2)
    run.again()
    await idle(run)
    expect([asked[1]?.component, run.get().component, count(run), run.get().end]).toEqual(['giay-khac', 'to-khai', 3, 'done'])
  })

  test('count the page that was safe when the scan was stopped, though its news never came', async () => {
    const { run, pages } = office([step(1), 'wait'])
    pages.push(view(90, { origin: 'sane' }))
    run.start('to-khai')
    await vi.waitFor(() => expect(count(run)).toBe(1))
    pages.push(view(1), view(2), view(70, { origin: 'camera' }))
    run.stop()
    expect(run.get().phase).toBe('stopping')
    await idle(run)
    expect([run.get().pageIds, run.get().end]).toEqual([[page(1), page(2)], 'stopped'])
  })

  test('take one page where one was asked for, and leave the feeder alone', async () => {
    const { run, asked } = office([step(1), DONE])
    run.start('to-khai', { most: 1 })
    await idle(run)
    expect([asked[0]?.most, count(run), run.get().end, run.get().problem]).toEqual([1, 1, 'done', null])
  })

  test('wait for a scanner that is still busy with what was just stopped', async () => {
    const { run, asked } = office(['wait'], [refuse('QT-002')], [refuse('QT-002')], [step(1), DONE])
    run.start('to-khai')
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    run.stop()
    await idle(run)
    run.start('to-khai')
    await idle(run)
    expect(asked).toHaveLength(4)
    expect([count(run), run.get().problem]).toEqual([1, null])
  })

  test('tell that a scanner is busy when somebody else holds it', async () => {
    const { run } = office([refuse('QT-002')])
    run.start('to-khai')
    await vi.waitFor(() => expect(run.get().problem?.code).toBe('QT-002'))
  })

  test('stop when the intake is left, and say whether there was one', async () => {
    const { run } = office([step(1), 'wait'])
    expect(run.leave()).toBe(false)
    run.start('to-khai')
    await vi.waitFor(() => expect(count(run)).toBe(1))
    expect(run.leave()).toBe(true)
    await idle(run)
    expect([run.get().end, count(run)]).toEqual(['left', 1])
  })

  test('can be stopped before the scanner was even called', async () => {
    const { run, asked } = office([step(1), DONE])
    run.start('to-khai')
    run.stop()
    await idle(run)
    expect([asked.length, run.get().end, run.get().problem]).toEqual([0, 'stopped', null])
  })

  test('tell why the core has no setup to give', async () => {
    const { deps } = office()
    const run = createScanRun(DRAFT, { ...deps, setup: () => Promise.reject(refuse('TK-001')) })
    run.start('to-khai')
    await vi.waitFor(() => expect(run.get().problem?.code).toBe('TK-001'))
    expect(run.get().phase).toBe('idle')
  })
})
