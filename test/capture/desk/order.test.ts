import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PageId } from '@contract/ids'
import type { PagePlace } from '@contract/pages'
import { behindSeparator, placed, type Scanned, type Standing } from '../../../src-main/capture/desk/order'

const idOf = (n: number): PageId => PageId.parse(`01939b6e-0000-7000-8000-${String(n).padStart(12, '0')}`)
const aPlace = fc.constantFrom<PagePlace>('kept', 'blank', 'separator', 'removed')
const aPile = fc.array(aPlace, { maxLength: 12 }).map((places) => places.map((place, n): Standing => ({ id: idOf(n), place })))

describe('putting pages at a place', () => {
  test('loses none, doubles none, keeps the order of those moved and of those that stay, and begins where it was asked', () => {
    fc.assert(fc.property(aPile, fc.array(fc.nat(20), { maxLength: 6 }), fc.nat(14), (pile, picks, at) => {
      const all = [...pile, ...Array.from({ length: 8 }, (_, n): Standing => ({ id: idOf(100 + n), place: 'kept' }))]
      const moved = [...new Set(picks)].flatMap((pick) => all[pick] ?? [])
      const result = placed(pile, moved, at)
      const ids = result.map(({ id }) => id)
      const movedIds = moved.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(ids)).toEqual(new Set([...pile.map(({ id }) => id), ...movedIds]))
      expect(ids.filter((id) => movedIds.includes(id))).toEqual(movedIds)
      expect(ids.filter((id) => !movedIds.includes(id))).toEqual(pile.map(({ id }) => id).filter((id) => !movedIds.includes(id)))
      const [first] = movedIds
      if (first === undefined) return
      const before = result.slice(0, ids.indexOf(first)).filter(({ place }) => place !== 'removed').length
      const others = pile.filter(({ id, place }) => place !== 'removed' && !movedIds.includes(id)).length
      expect(before).toBe(Math.min(at, others))
    }), { numRuns: 500 })
  })
})

describe('a separator sheet', () => {
  const pile = (...of: [component: string, place: PagePlace][]): Scanned[] => of.map(([component, place], n) => ({ id: idOf(n), place, component, number: n + 1 }))
  const numbers = (pages: readonly Scanned[]): number[] => pages.map(({ number }) => number)

  test('leads those behind it away, not those before', () => {
    expect(numbers(behindSeparator(pile(['a', 'kept'], ['a', 'separator'], ['a', 'kept'], ['a', 'blank'], ['a', 'removed']), 2))).toEqual([3, 4, 5])
  })

  test('leaves what the officer has put elsewhere, and what a later sheet has led away already', () => {
    expect(numbers(behindSeparator(pile(['a', 'separator'], ['b', 'kept'], ['a', 'kept'], ['a', 'separator'], ['a', 'kept']), 1))).toEqual([3])
  })

  test('that is not of this pile leads nothing', () => {
    expect(behindSeparator(pile(['a', 'kept']), 7)).toEqual([])
  })
})
