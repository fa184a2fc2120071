import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '@contract/errors'
import { PageId } from '@contract/ids'
import { isAtWork, nextScan, NO_SCAN, type ScanEvent, type ScanState, waysOn } from '../../../src-renderer/papers/scan/scan-state'

const page = (number: number): PageId => PageId.parse(`0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`)
const start: ScanEvent = { kind: 'start', component: 'to-khai' }
const started = (number: number): ScanEvent => ({ kind: 'step', step: { kind: 'page-started', number } })
const progress = (number: number, ratio: number | null): ScanEvent => ({ kind: 'step', step: { kind: 'progress', number, ratio } })
const taken = (...numbers: number[]): ScanEvent => ({ kind: 'step', step: { kind: 'page', number: numbers[0] ?? 0, pageIds: numbers.map(page) } })
const ended = (reason: 'done' | 'feeder-empty'): ScanEvent => ({ kind: 'step', step: { kind: 'ended', pages: 0, reason } })
const failed = (code: ErrorCode): ScanEvent => ({ kind: 'failed', problem: { code, params: {} } })
const closed: ScanEvent = { kind: 'closed', end: 'done' }
const after = (...events: ScanEvent[]): ScanState => events.reduce(nextScan, NO_SCAN)
const brief = ({ phase, number, ratio, pageIds, problem, end }: ScanState): unknown[] => [phase, number, ratio, pageIds.length, problem?.code ?? null, end]

describe('a scan', () => {
  test.each<[string, ScanEvent[], unknown[]]>([
    ['looks for the scanner first', [start], ['looking', 0, null, 0, null, null]],
    ['tells the sheet on its way', [start, started(1), progress(1, 0.5)], ['scanning', 1, 0.5, 0, null, null]],
    ['counts the pages that are safe', [start, started(1), taken(1), started(2), taken(2)], ['scanning', 2, 1, 2, null, null]],
    ['counts a page that is told twice once', [start, taken(1), taken(1)], ['looking', 0, 1, 1, null, null]],
    ['ends well when the feeder is empty after pages', [start, taken(1), ended('feeder-empty'), closed], ['idle', 0, null, 1, null, 'done']],
    ['says that the feeder was empty from the start', [start, ended('feeder-empty'), closed], ['idle', 0, null, 0, 'QT-005', 'done']],
    ['takes an empty feeder told as an error after pages for its end', [start, taken(1), failed('QT-005')], ['idle', 0, null, 1, null, 'done']],
    ['keeps its pages when something goes wrong', [start, taken(1), taken(2), started(3), failed('QT-004')], ['idle', 3, null, 2, 'QT-004', null]],
    ['stops when it is told to, and keeps its pages', [start, taken(1), started(2), { kind: 'stop' }], ['stopping', 2, null, 1, null, null]],
    ['is no problem when it was stopped', [start, { kind: 'stop' }, failed('QT-003')], ['idle', 0, null, 0, null, 'stopped']],
    ['is no problem when the core says that it was stopped', [start, taken(1), failed('QT-012')], ['idle', 0, null, 1, null, 'stopped']],
    ['stays stopping while the last sheet comes', [start, { kind: 'stop' }, progress(1, 0.9), taken(1)], ['stopping', 1, 1, 1, null, null]],
    ['is not begun twice', [start, taken(1), start], ['looking', 0, 1, 1, null, null]],
    ['begins anew with a new count', [start, taken(1), closed, start], ['looking', 0, null, 0, null, null]],
    ['goes on with its count', [start, taken(1), failed('QT-004'), { kind: 'go-on' }, taken(2)], ['looking', 0, 1, 2, null, null]],
    ['says that no paper was put in when it goes on with an empty feeder', [start, taken(1), failed('QT-004'), { kind: 'go-on' }, ended('feeder-empty')], ['idle', 0, null, 1, 'QT-005', 'done']],
    ['forgets a problem that was read, not its pages', [start, taken(1), failed('QT-004'), { kind: 'dismiss' }], ['idle', 0, null, 1, null, null]],
    ['hears nothing of a stop when nothing is at work', [{ kind: 'stop' }], ['idle', 0, null, 0, null, null]],
  ])('%s', (_what, events, expected) => {
    expect(brief(after(...events))).toEqual(expected)
  })

  test('counts whole files of a watched folder apart', () => {
    expect(after(start, taken(1), taken())).toMatchObject({ pageIds: [page(1)], documents: 1 })
  })
})

const step = fc.oneof(
  fc.nat(9).map(started), fc.tuple(fc.nat(9), fc.option(fc.double({ min: 0, max: 1, noNaN: true }))).map(([number, ratio]) => progress(number, ratio)),
  fc.array(fc.nat(40), { maxLength: 3 }).map((numbers) => taken(...numbers)), fc.constantFrom(ended('done'), ended('feeder-empty')),
)
const anything = fc.oneof(
  { weight: 6, arbitrary: step },
  { weight: 3, arbitrary: fc.constantFrom<ScanEvent>(start, { kind: 'go-on' }, { kind: 'stop' }, closed, { kind: 'dismiss' }, failed('QT-001'), failed('QT-004'), failed('QT-005'), failed('QT-012')) },
)

describe('whatever happens in whatever order', () => {
  test('no page that was told is lost but by another start', () => {
    fc.assert(fc.property(fc.array(anything, { maxLength: 60 }), (events) => {
      let state = NO_SCAN
      let expected = new Set<string>()
      for (const event of events) {
        if (event.kind === 'start' && !isAtWork(state)) expected = new Set()
        if (event.kind === 'step' && event.step.kind === 'page') event.step.pageIds.forEach((id) => expected.add(id))
        state = nextScan(state, event)
        expect(new Set(state.pageIds)).toEqual(expected)
        expect(state.pageIds).toHaveLength(expected.size)
        expect(state.before).toBeLessThanOrEqual(state.pageIds.length)
      }
    }))
  })

  test('after its end nothing is at work, and a problem never stands beside work', () => {
    fc.assert(fc.property(fc.array(anything, { maxLength: 60 }), fc.constantFrom(closed, failed('QT-009'), ended('done'), ended('feeder-empty')), (events, last) => {
      const before = after(...events)
      expect(isAtWork(before) && before.problem !== null).toBe(false)
      const end = nextScan(before, last)
      expect([end.phase, end.ratio]).toEqual(['idle', null])
      // News that come late do not wake it.
      expect(nextScan(nextScan(end, started(3)), progress(3, 0.5)).phase).toBe('idle')
    }))
  })
})

describe('ways on after a problem', () => {
  test.each<[ErrorCode, number, readonly string[]]>([
    ['QT-004', 2, ['continue', 'device']], ['QT-005', 0, ['again', 'device']], ['QT-003', 0, ['again', 'device']], ['QT-001', 0, ['device', 'again']], ['QT-008', 3, ['device', 'continue']],
  ])('%s after %i pages: %j', (code, pages, expected) => {
    expect(waysOn({ problem: { code, params: {} }, pageIds: Array.from({ length: pages }, (_, at) => page(at)) })).toEqual(expected)
  })

  test('are none without one', () => {
    expect(waysOn({ problem: null, pageIds: [] })).toEqual([])
  })
})
