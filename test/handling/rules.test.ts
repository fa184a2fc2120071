import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, toCivil } from '@contract/civil-time'
import type { DossierState } from '@contract/dossier'
import {
  apologyOf, type Barred, completedBarred, extendedDue, extensionBarred, extensionDays, handoverBarred, printedNumber, refusalBarred, resultReadyBarred, type Standing, standingAt, stopBarred, supplementBarred,
} from '../../src-main/handling/rules'
import { CalendarFile, createCalendar } from '../../src-main/intake'
import { codeOf } from '../storage/support'

const calendar = createCalendar(CalendarFile.parse(JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../../resources'), 'holidays.json'), 'utf8'))))
const ALL: readonly DossierState[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const due = new Date('2026-11-27T02:00:00.000Z')
const early = new Date('2026-11-23T02:00:00.000Z')
const standing = (state: DossierState, changed: Partial<Standing> = {}): Standing => ({ state, dueAt: due, supplementOpen: false, extended: false, resultDecided: false, refused: false, stopped: false, ...changed })
const codes = (rule: (standing: Standing) => Barred, changed: Partial<Standing> = {}): string => ALL.map((state) => rule(standing(state, changed))?.code ?? 'ok').join(' ')
const open = (rule: (standing: Standing) => Barred, changed: Partial<Standing> = {}): DossierState[] => ALL.filter((state) => rule(standing(state, changed)) === null)

describe('An act is possible', () => {
  test.each<[string, (standing: Standing) => Barred, readonly DossierState[]]>([
    ['supplement', supplementBarred, [1, 2, 4, 6]],
    ['refusal', refusalBarred, [1, 2, 5]],
    ['extension', (at) => extensionBarred(at, early), [2, 4]],
    ['stop', stopBarred, [2, 4, 5, 6]],
    ['handover', handoverBarred, [2, 4]],
    ['completed', completedBarred, [5]],
    ['result ready', resultReadyBarred, [2, 4]],
  ])('from the states of its table only: %s', (_name, rule, states) => {
    expect(open(rule)).toEqual(states)
  })

  test('not a second request while one is open, in any state', () => {
    expect(codes(supplementBarred, { supplementOpen: true })).toBe(ALL.map(() => 'GQ-002').join(' '))
  })

  test('as answer to a request also where the city moved the dossier on meanwhile, but not after its end', () => {
    expect(open(completedBarred, { supplementOpen: true })).toEqual([1, 2, 4, 5, 6])
  })

  test('no stop once a result was decided, wherever the dossier stands now', () => {
    expect([codes(stopBarred, { resultDecided: true }), stopBarred(standing(9))?.code, stopBarred(standing(10))?.code]).toEqual([ALL.map(() => 'GQ-013').join(' '), 'GQ-013', 'GQ-013'])
  })

  test('never after a stop at the counter, wherever the dossier stands now', () => {
    const rules = [supplementBarred, refusalBarred, (at: Standing) => extensionBarred(at, early), stopBarred, handoverBarred, completedBarred, resultReadyBarred]
    expect(rules.flatMap((rule) => open(rule, { stopped: true }))).toEqual([])
    expect(codes(resultReadyBarred, { stopped: true })).toBe(ALL.map(() => 'GQ-017').join(' '))
  })

  test('no second refusal, even where the city opened the dossier again', () => {
    expect(open(refusalBarred, { refused: true })).toEqual([])
  })
})

describe('An apology with a new day', () => {
  test.each([
    ['2026-11-25T16:59:59.999Z', 'ok'], ['2026-11-26T16:59:59.999Z', 'ok'], ['2026-11-26T17:00:00.000Z', 'GQ-006'], ['2026-11-27T01:00:00.000Z', 'GQ-006'], ['2026-12-01T01:00:00.000Z', 'GQ-006'],
  ])('said at %s: %s', (now, code) => {
    expect(extensionBarred(standing(4), new Date(now))?.code ?? 'ok').toBe(code)
  })

  test('names the last day that there was', () => {
    expect(extensionBarred(standing(4), due)?.params).toEqual({ latest: '26/11/2026' })
  })

  test('is said once, and wants a day that was promised', () => {
    expect([extensionBarred(standing(4, { extended: true }), early)?.code, extensionBarred(standing(4, { dueAt: null }), early)?.code]).toEqual(['GQ-005', 'GQ-007'])
  })

  test('keeps the hour of the old appointment', () => {
    expect(extendedDue(due, '2026-12-02', calendar).toISOString()).toBe('2026-12-02T02:00:00.000Z')
  })

  test.each([['2026-11-27', 'GQ-008'], ['2026-11-20', 'GQ-008'], ['2026-11-28', 'GQ-009'], ['2027-01-01', 'GQ-009'], ['2031-05-05', 'LICH-001']])('does not promise %s: %s', (day, code) => {
    expect(codeOf(() => extendedDue(due, day, calendar))).toBe(code)
  })

  test('says the last day for it and the first that may be promised', () => {
    expect(extensionDays(due, calendar)).toEqual({ latest: '2026-11-26', earliest: '2026-11-30' })
  })

  test('may be said exactly on the days that the list of what is due calls so', () => {
    fc.assert(fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 86_399_999 }), (days, ms) => {
      const now = new Date(due.getTime() + days * 86_400_000 + ms)
      const word = apologyOf(due, false, now)
      return (extensionBarred(standing(4), now) === null) === (word === 'later' || word === 'today') && (word === 'today') === (toCivil(now).date === addDays(toCivil(due).date, -1))
    }))
  })
})

describe('Mẫu 06 says of an office', () => {
  test.each([['2026-11-26T16:59:00.000Z', 'early'], ['2026-11-26T17:00:00.000Z', 'on-time'], ['2026-11-27T02:00:00.000Z', 'on-time'], ['2026-11-27T02:00:00.001Z', 'overdue']])('done at %s: %s', (now, word) => {
    expect(standingAt(new Date(now), due)).toBe(word)
  })

  test('nothing where nothing was promised', () => {
    expect(standingAt(due, null)).toBeNull()
  })
})

test.each([[1, '01.Q3'], [9, '09.Q3'], [10, '10.Q3'], [123, '123.Q3']])('The number %i is printed %s', (number, text) => {
  expect(printedNumber(number, 'Q3')).toBe(text)
})
