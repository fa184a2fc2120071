import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACKOFF_CEILING_MS, backoffSpan, DEFAULT_BACKOFF, parseRetryAfter, RETRY_AFTER_CEILING_MS, waitAfter } from '../../src-main/sync/backoff'

const NOW = new Date('2026-11-23T07:20:00.000Z')

describe('Waiting after a failure', () => {
  it('doubles its span and stops at five minutes', () => {
    expect([1, 2, 3, 8, 9, 40].map((failures) => backoffSpan(failures, DEFAULT_BACKOFF))).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000])
  })

  it('draws from the whole span, from nothing to its end', () => {
    expect([0, 0.5, 1].map((drawn) => waitAfter(3, () => drawn, DEFAULT_BACKOFF))).toEqual([0, 4_000, 8_000])
  })

  it('never waits longer than five minutes by itself', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, drawn) => {
      const wait = waitAfter(failures, () => drawn, DEFAULT_BACKOFF)
      expect(wait >= 0 && wait <= BACKOFF_CEILING_MS).toBe(true)
    }))
  })

  it('waits at least as long as the city asks', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: RETRY_AFTER_CEILING_MS }), fc.double({ min: 0, max: 1, noNaN: true }), (asked, drawn) => {
      expect(waitAfter(1, () => drawn, DEFAULT_BACKOFF, asked)).toBeGreaterThanOrEqual(asked)
    }))
  })

  it('does not wait for days because a city says so', () => {
    expect(waitAfter(1, () => 0, DEFAULT_BACKOFF, 9_000_000_000)).toBe(RETRY_AFTER_CEILING_MS)
  })

  it.each([
    ['120', 120_000], [' 7 ', 7_000], ['0', 0], ['Mon, 23 Nov 2026 07:21:00 GMT', 60_000], ['Mon, 23 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined], ['', undefined], ['-5', undefined],
  ])('reads Retry-After %j', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected)
  })
})
