import { expect, test } from 'vitest'
import { minutesAndSeconds, secondsUntil } from '../../../src-renderer/display/time-left'

const now = Date.parse('2026-11-23T02:00:00.000Z')

test('time left is rounded up to whole seconds and ends at none', () => {
  expect(secondsUntil('2026-11-23T02:02:40.000Z', now)).toBe(160)
  expect(secondsUntil('2026-11-23T02:00:00.001Z', now)).toBe(1)
  expect(secondsUntil('2026-11-23T01:00:00.000Z', now)).toBe(0)
})

test('it reads as minutes and seconds', () => {
  expect([160, 30, 9, 0].map(minutesAndSeconds)).toEqual(['2:40', '0:30', '0:09', '0:00'])
})
