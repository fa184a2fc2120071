import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ORPCError } from '@orpc/client'
import type * as Streams from '../../../src-renderer/hall/use-stream'

let follow: typeof Streams.follow

beforeEach(async () => {
  vi.stubGlobal('window', {})
  vi.useFakeTimers()
  follow = (await import('../../../src-renderer/hall/use-stream')).follow
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function* values(...given: number[]): AsyncGenerator<number> {
  yield* given
}

test('a stream that ends is said to be away at once, and is opened again half a second later', async () => {
  const told: unknown[] = []
  const over = new AbortController()
  let opened = 0
  const following = follow(async () => (opened += 1) === 1 ? values(1, 2) : values(3), over.signal, (value) => told.push(value), (why) => told.push(why))
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual([1, 2, 'lost'])
  await vi.advanceTimersByTimeAsync(499)
  expect(opened).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual([1, 2, 'lost', 3, 'lost'])
  over.abort()
  await vi.runAllTimersAsync()
  await following
})

test('data that are closed are told apart from a core that is away', async () => {
  const told: string[] = []
  const over = new AbortController()
  const following = follow(() => Promise.reject(new ORPCError('TK-003')), over.signal, () => undefined, (why) => told.push(why))
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual(['closed'])
  over.abort()
  await vi.runAllTimersAsync()
  await following
})

test('after the signal nothing is told any more', async () => {
  const told: unknown[] = []
  const over = new AbortController()
  over.abort()
  await follow(async () => values(1), over.signal, (value) => told.push(value), (why) => told.push(why))
  expect(told).toEqual([])
})
