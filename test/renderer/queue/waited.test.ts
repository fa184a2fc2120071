import { describe, expect, test } from 'vitest'
import { Instant } from '@contract/ids'
import { clockSince, waitedOf } from '../../../src-renderer/queue/waited'

const since = Instant.parse('2026-11-23T02:00:00.000Z')
const later = (seconds: number): Date => new Date(Date.parse(since) + seconds * 1000)

describe('How long somebody has waited', () => {
  test('goes on while the number waits', () => expect(waitedOf({ state: 'waiting', stateSince: since, waitedMs: 60_000 }, later(30))).toBe(90_000))
  test('stands still once the number is called', () => expect(waitedOf({ state: 'called', stateSince: since, waitedMs: 60_000 }, later(30))).toBe(60_000))
  test('is never less than before because a clock was set back', () => expect(waitedOf({ state: 'waiting', stateSince: since, waitedMs: 60_000 }, later(-300))).toBe(60_000))
})

describe('The clock beside the number in hand', () => {
  test.each([[0, '00:00'], [192, '03:12'], [3599, '59:59'], [3792, '1:03:12'], [-5, '00:00']] as const)('after %i seconds shows %s', (seconds, shown) => {
    expect(clockSince(since, later(seconds))).toBe(shown)
  })
})
