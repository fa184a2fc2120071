import { describe, expect, it } from 'vitest'
import type { Gap } from '@contract/draft'
import { Instant, PageId } from '@contract/ids'
import { type PageView, USUAL_WISHES } from '@contract/pages'
import { gapsOf } from '../../../src-renderer/intake/gaps'

const MISSING: Gap = { field: 'component.to-khai', code: 'component-missing', params: { name: 'Tờ khai' } }
const FEE: Gap = { field: 'fee.councilAmount', code: 'fee-missing', params: {} }

const page = (ordinal: number, more: Partial<PageView> = {}): PageView => ({
  id: PageId.parse(`0199f3a0-0000-7000-8000-00000000000${String(ordinal)}`), component: 'to-khai', ordinal, state: 'ready', place: 'kept', problem: null, origin: 'sane', simulated: true, turns: 0,
  wishes: USUAL_WISHES, made: null, findings: [], twinOf: null, text: 'read', revision: 1, addedAt: Instant.parse('2026-11-23T02:00:00.000Z'), ...more,
})
const gaps = (open: readonly Gap[], pages: readonly PageView[]): readonly Gap[] => gapsOf({ gaps: [...open] }, { documents: [], pages }, undefined)

describe('what stands in the way of receiving', () => {
  it('is no paper whose pages are here, though their PDF is not bound yet', () => {
    expect(gaps([MISSING, FEE], [page(0, { state: 'waiting' })])).toEqual([FEE])
  })

  it('is a paper of which nothing but what was set aside is here', () => {
    expect(gaps([MISSING], [page(0, { place: 'blank' }), page(1, { place: 'removed' })])).toEqual([MISSING])
  })

  it('is the first page of a paper that cannot be used, once for each paper', () => {
    const failed = { state: 'failed' } as const
    expect(gaps([], [page(0), page(1, failed), page(2, failed), page(3, { ...failed, component: 'hai' })])).toEqual([
      { field: 'component.to-khai', code: 'page-failed', params: { name: 'to-khai', number: '2' } }, { field: 'component.hai', code: 'page-failed', params: { name: 'hai', number: '1' } },
    ])
  })

  it('is no page that was taken off', () => {
    expect(gaps([], [page(0), page(1, { state: 'failed', place: 'removed' })])).toEqual([])
  })
})
