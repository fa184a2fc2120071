import { describe, expect, test } from 'vitest'
import type { Kept } from '../../src-main/fees'
import { balanceOf, countedCash, expectedCash, paymentStateOf, slipNumber } from '../../src-main/fees'

const cash = (amount: number, voided = false): Kept => ({ method: 'cash', amount, voided })
const transfer = (amount: number, voided = false): Kept => ({ method: 'transfer', amount, voided })
const exempt = (amount: number, voided = false): Kept => ({ method: 'exempt', amount, voided })

describe('What a dossier owes', () => {
  test.each<[string, number, Kept[], { settled: number; open: number; over: number }]>([
    ['nothing was taken', 15_000, [], { settled: 0, open: 15_000, over: 0 }],
    ['nothing is owed', 0, [], { settled: 0, open: 0, over: 0 }],
    ['all was taken', 15_000, [cash(15_000)], { settled: 15_000, open: 0, over: 0 }],
    ['what was taken was given back', 15_000, [cash(15_000, true)], { settled: 0, open: 15_000, over: 0 }],
    ['it was given back and paid by transfer', 15_000, [cash(15_000, true), transfer(15_000)], { settled: 15_000, open: 0, over: 0 }],
    ['the fee rose after it was paid', 20_000, [cash(15_000)], { settled: 15_000, open: 5_000, over: 0 }],
    ['the fee fell after it was paid', 10_000, [cash(15_000)], { settled: 15_000, open: 0, over: 5_000 }],
    ['it was let off', 15_000, [exempt(15_000)], { settled: 15_000, open: 0, over: 0 }],
    ['the fee fell after it was let off: nobody paid too much', 10_000, [exempt(15_000)], { settled: 15_000, open: 0, over: 0 }],
    ['part paid, part let off, and the fee fell under what was paid', 5_000, [cash(6_000), exempt(4_000)], { settled: 10_000, open: 0, over: 1_000 }],
    ['the exemption was taken back', 15_000, [exempt(15_000, true)], { settled: 0, open: 15_000, over: 0 }],
  ])('when %s', (_case, total, payments, balance) => expect(balanceOf(total, payments)).toEqual(balance))
})

describe('In one word a fee is', () => {
  test.each<[string, number, Kept[]]>([
    ['unpaid', 15_000, []], ['unpaid', 0, []], ['cash', 15_000, [cash(15_000)]], ['transfer', 15_000, [transfer(15_000)]], ['exempt', 15_000, [exempt(15_000)]],
    ['unpaid', 15_000, [cash(15_000, true)]], ['transfer', 20_000, [cash(15_000), transfer(5_000)]], ['unpaid', 20_000, [cash(15_000)]], ['cash', 15_000, [cash(15_000), transfer(5_000, true)]],
  ])('%s of %d with %j', (word, total, payments) => expect(paymentStateOf(total, payments)).toBe(word))
})

describe('A slip', () => {
  test.each([[1, 'Q3', '0001.Q3'], [7, 'Q3', '0007.Q3'], [9999, 'Q12', '9999.Q12'], [10_000, 'Q3', '10000.Q3']])('%d of counter %s is number %s', (number, counter, printed) =>
    expect(slipNumber(number, counter)).toBe(printed))
})

describe('A drawer', () => {
  test.each([[0, 0, 0], [40_000, 0, 40_000], [40_000, 15_000, 25_000], [0, 15_000, -15_000]])('with %d taken and %d given back should have gained %d', (taken, back, expected) =>
    expect(expectedCash(taken, back)).toBe(expected))

  test('holds what its notes are worth', () => {
    expect([countedCash({}), countedCash({ '500000': 2, '2000': 3, '200': 1 }), countedCash({ '100000': 0 })]).toEqual([0, 1_006_200, 0])
  })

  test('takes no note that is not in circulation', () => {
    expect(() => countedCash({ '300': 1 })).toThrow(RangeError)
  })
})
