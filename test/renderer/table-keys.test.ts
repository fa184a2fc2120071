import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reachableRow, rowAfter } from '../../src-renderer/parts/table-keys'

const press = (key: string, over: Partial<{ ctrlKey: boolean; altKey: boolean; metaKey: boolean }> = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...over })

describe('the row a key leads to', () => {
  it.each([
    ['ArrowDown', 3, 4], ['ArrowUp', 3, 2], ['PageDown', 3, 13], ['PageUp', 23, 13], ['Home', 23, 0], ['End', 3, 49],
    ['ArrowUp', 0, 0], ['ArrowDown', 49, 49], ['PageUp', 4, 0], ['PageDown', 45, 49],
  ])('%s from row %i is row %i of 50', (key, from, to) => {
    expect(rowAfter(press(key), from, 50)).toBe(to)
  })

  it('leaves other keys to the screen', () => {
    expect(rowAfter(press('Enter'), 3, 50)).toBeNull()
  })

  it('leaves keys with Ctrl or Alt to the screen', () => {
    expect([rowAfter(press('Home', { ctrlKey: true }), 3, 50), rowAfter(press('ArrowDown', { altKey: true }), 3, 50)]).toEqual([null, null])
  })

  it('has nowhere to go in an empty list', () => {
    expect(rowAfter(press('ArrowDown'), 0, 0)).toBeNull()
  })

  it('never leaves the list', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End')
    fc.assert(fc.property(keys, fc.integer({ min: 1, max: 500 }), fc.nat(), (key, count, seed) => {
      const next = rowAfter(press(key), seed % count, count)
      return next !== null && next >= 0 && next < count
    }))
  })
})

describe('the row that Tab reaches', () => {
  it('is the selected one while it is drawn', () => {
    expect(reachableRow(7, [5, 6, 7, 8])).toBe(7)
  })

  it('is the first one drawn when the selected one is out of view', () => {
    expect(reachableRow(700, [5, 6, 7, 8])).toBe(5)
  })

  it('is the first one when nothing is selected', () => {
    expect(reachableRow(-1, [0, 1])).toBe(0)
  })
})
