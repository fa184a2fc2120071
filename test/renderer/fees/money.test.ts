import { describe, expect, test } from 'vitest'
import { amountOf, changeOf, piecesOf, totalOf, worthOf } from '../../../src-renderer/fees/money'

describe('An amount that was typed', () => {
  test.each([['50000', 50_000], ['50.000', 50_000], [' 1 000 000 ', 1_000_000], ['0', 0], ['', null], ['năm chục', null], ['-5', null], ['1'.repeat(13), null]] as const)('%j is %s', (typed, amount) =>
    expect(amountOf(typed)).toBe(amount))
})

describe('What goes back', () => {
  test.each([[50_000, 15_000, 35_000], [15_000, 15_000, 0], [10_000, 15_000, null], [null, 15_000, null]] as const)('of %s for %d is %s', (handed, due, change) => expect(changeOf(handed, due)).toBe(change))
})

describe('A table of notes', () => {
  test('is worth what its rows are worth', () => {
    const typed = { '500000': '2', '10000': '', '1000': '7', '200': '5' }
    expect([totalOf(typed), worthOf(500_000, '2'), worthOf(500_000, undefined), worthOf(500_000, 'x')]).toEqual([1_008_000, 1_000_000, 0, 0])
  })

  test('sends the rows that hold something, and only notes in circulation', () => {
    expect(piecesOf({ '500000': '2', '10000': '', '1000': '0', '300': '4', '200': '5' })).toEqual({ '500000': 2, '200': 5 })
  })
})
