import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOn, readCount, readMoney, type TextFact, tidyFact } from '../../../src-renderer/intake/tidy'

describe('fields are tidied when they are left', () => {
  it.each([
    ['fullName', 'ĐẶNG THỊ  NGỌC ÁNH ', 'Đặng Thị Ngọc Ánh'],
    ['fullName', 'đặng thị ngọc ánh', 'Đặng Thị Ngọc Ánh'],
    ['fullName', "H'Hen Niê", "H'Hen Niê"],
    ['idNumber', '079.192.004.617', '079 192 004 617'],
    ['idNumber', '025123456', '025 123 456'],
    ['idNumber', '0791920046', '0791920046'],
    ['birthDate', '14031992', '14/03/1992'],
    ['birthDate', '4-3-1992', '04/03/1992'],
    ['birthDate', '1992-03-14', '14/03/1992'],
    ['birthDate', '31021992', '31021992'],
    ['birthDate', '14/3/92', '14/3/92'],
    ['phone', '+84 903 517 284', '0903 517 284'],
    ['phone', '0903.517.284', '0903 517 284'],
    ['email', ' Anh.Dang@GMAIL.com', 'Anh.Dang@gmail.com'],
  ] as const)('%s "%s" becomes "%s"', (fact, typed, tidy) => {
    expect(tidyFact(fact, typed)).toBe(tidy)
  })

  it('tidying what is tidy changes nothing', () => {
    const facts: readonly TextFact[] = ['fullName', 'idNumber', 'birthDate', 'address', 'phone', 'email']
    fc.assert(fc.property(fc.constantFrom(...facts), fc.string({ unit: 'grapheme' }), (fact, text) => {
      const once = tidyFact(fact, text)
      expect(tidyFact(fact, once)).toBe(once)
    }))
  })
})

describe('age', () => {
  it('counts full years only', () => {
    expect([ageOn('14/03/1992', '2026-03-13'), ageOn('14/03/1992', '2026-03-14')]).toEqual([33, 34])
  })

  it('is unknown for a day that lies ahead or cannot be read', () => {
    expect([ageOn('01/01/2030', '2026-11-23'), ageOn('1992', '2026-11-23')]).toEqual([null, null])
  })
})

describe('amounts and counts', () => {
  it.each([['8.000 đ', 8000], ['8 000', 8000], ['15000đồng', 15000], ['0', 0], ['', null], ['tám', null], ['1.000.000.000', null]])('reads "%s" as %s', (typed, amount) => {
    expect(readMoney(typed)).toBe(amount)
  })

  it('keeps a count between its limits', () => {
    expect([readCount('0', 1, 99), readCount('120', 1, 99), readCount('x', 1, 99)]).toEqual([1, 99, null])
  })
})
