import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHeldPin, HELD_MS } from '../../src-main/signing/held-pin'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

it('a held PIN is handed out once', () => {
  const held = createHeldPin()
  held.hold('135790')
  expect([held.take(), held.take()]).toEqual(['135790', null])
})

it('a held PIN is gone when it was dropped or waited too long', () => {
  const held = createHeldPin()
  held.hold('135790')
  held.drop()
  expect(held.take()).toBeNull()
  held.hold('135790')
  vi.advanceTimersByTime(HELD_MS)
  expect(held.take()).toBeNull()
})
