import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import { foldLoginName, may, Role, rolesWith } from '@contract/staff'
import { remainingWait, waitAfterFailures, weaknessOf } from '../../src-main/staff'
import { counter, ward } from './support'

describe('the wait after failures', () => {
  test.each([[0, 0], [1, 0], [2, 0], [3, 15], [4, 30], [5, 60], [6, 120], [7, 300], [8, 600], [9, 900], [10, 900], [1000, 900]])('after %i is %i seconds', (failures, seconds) => {
    expect(waitAfterFailures(failures)).toBe(seconds)
  })

  test('never gets shorter with one more failure', () => {
    fc.assert(fc.property(fc.nat(), (failures) => waitAfterFailures(failures + 1) >= waitAfterFailures(failures)))
  })

  test('counts down with the clock', () => {
    expect(remainingWait(5, '2026-11-23T07:20:00.000Z', new Date('2026-11-23T07:20:20.500Z'))).toBe(40)
  })

  test('is never longer than itself, though the clock was set back a day', () => {
    expect(remainingWait(5, '2026-11-23T07:20:00.000Z', new Date('2026-11-22T07:20:00.000Z'))).toBe(60)
  })
})

describe('a secret', () => {
  test.each([
['mưa', 'short', 'lan'], ['12345678', 'sequence', 'lan'], ['hgfedcba', 'sequence', 'lan'], ['aaaaaaaa', 'repeated', 'lan'],
    ['abababab', 'repeated', 'lan'], ['matkhau123', 'common', 'lan'], ['Mật Khẩu123', null, 'lan'], ['MẬTKHẨU123', 'common', 'lan'], ['1234567890', 'common', 'lan'],
    ['nguyenlan', 'login-name', 'nguyễnlan'], ['nguyenlan1', 'login-name', 'nguyenlan'], ['mưa rào tháng bảy', null, 'lan'], ['73920485', null, 'lan'],
  ] as const)('%j: %s (for %s)', (secret, weakness, loginName) => {
    expect(weaknessOf(secret, loginName)).toBe(weakness)
  })

  test('of fewer than eight characters is short, however many bytes they take', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 7 }), (text) => [...text.normalize('NFKC')].length >= 8 || weaknessOf(text, 'x') === 'short'))
  })
})

describe('rights', () => {
  const table = Object.fromEntries(Role.options.map((role) => [role, (['receive', 'supervise', 'administer', 'assist'] as const).filter((right) => may(role, right))]))

  test('are these', () => {
    expect(table).toEqual({ officer: ['receive'], supervisor: ['receive', 'supervise'], administrator: ['supervise', 'administer'], helper: ['assist'] })
  })

  test('each have somebody who holds them', () => {
    expect((['receive', 'supervise', 'administer', 'assist'] as const).filter((right) => rolesWith(right).length === 0)).toEqual([])
  })
})

test.each([['Lan.Đặng', 'lan.dang'], ['  NGUYỄN_Ánh ', 'nguyen_anh'], ['Ｌan', 'lan'], ['đào', 'dao']])('the login name %j is folded to %j', (typed, folded) => {
  expect(foldLoginName(typed)).toBe(folded)
})

describe('settings', () => {
  const settings = { ...DEFAULT_SETTINGS, ward, counter }

  test('have defaults that hold', () => {
    expect(Settings.safeParse(settings).success).toBe(true)
  })

  test.each([
    ['an agency code without its group', { ward: { ...ward, agencyCode: '29.900' } }], ['no idle limit', { idleMinutes: 0 }], ['hours that are no hours', { workingHours: 'sáng' }],
    ['a day kept twice', { calendarOverrides: [{ date: '2026-12-24', kind: 'off', name: 'a' }, { date: '2026-12-24', kind: 'working', name: 'b' }] }],
    ['a city that is no address', { city: { url: 'city', clientId: null } }],
  ])('refuse %s', (_what, change) => {
    expect(Settings.safeParse({ ...settings, ...change }).success).toBe(false)
  })
})
