import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOnTime, type StateAt } from '../../src-main/figures'

const DUE = 100
const END = 200
const states = (...pairs: readonly (readonly [number, number])[]): StateAt[] => pairs.map(([state, at]) => ({ state, at }))

describe('On time, as the national score counts', () => {
  test.each([
    ['done before the appointment', states([2, 0], [4, 10], [9, 90]), true],
    ['done at the very moment', states([2, 0], [9, 100]), true],
    ['done after it', states([2, 0], [9, 101]), false],
    ['done in time and handed over much later', states([2, 0], [9, 90], [10, 190]), true],
    ['handed over without a note that it was done', states([2, 0], [10, 101]), false],
    ['stopped in time', states([2, 0], [8, 50]), true],
    ['refused too late', states([2, 0], [3, 150]), false],
    ['stopped in time but done too late after all', states([2, 0], [8, 50], [4, 60], [9, 150]), false],
    ['with the citizen now, asked once in time', states([2, 0], [5, 60]), true],
    ['with the citizen now, asked once too late', states([2, 0], [5, 120]), false],
    ['with the citizen now, asked for the second time', states([2, 0], [5, 20], [4, 30], [5, 60]), false],
    ['late by less than it lay with the citizen', states([2, 0], [5, 20], [4, 60], [9, 130]), true],
    ['late by more than it lay with the citizen', states([2, 0], [5, 20], [4, 40], [9, 130]), false],
    ['in work, and the period ends after the appointment', states([2, 0], [4, 10]), false],
  ] as const)('%s', (_name, entered, expected) => {
    expect(isOnTime(entered, DUE, END)).toBe(expected)
  })

  test('in work while the period has not come to the appointment', () => {
    expect(isOnTime(states([2, 0]), DUE, 50)).toBe(true)
  })

  test('is not judged without an appointment', () => {
    expect(isOnTime(states([2, 0], [9, 90]), null, END)).toBeNull()
  })

  test('more time never makes a dossier late', () => {
    const history = fc.array(fc.record({ state: fc.integer({ min: 1, max: 10 }), at: fc.integer({ min: 0, max: 300 }) }), { maxLength: 8 }).map((all) => all.sort((one, other) => one.at - other.at))
    fc.assert(fc.property(history, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 300, max: 400 }), (entered, due, more, end) => {
      return isOnTime(entered, due, end) !== true || isOnTime(entered, due + more, end) === true
    }))
  })
})
