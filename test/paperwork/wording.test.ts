import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCivil } from '@contract/civil-time'
import { formatFormDate, formatFormMoment, formatMoneyLong as dong } from '@contract/format'
import { moneyInWords as dongInWords } from '@contract/money-words'

// What the receipt prints, by the way it takes there.
const dayInWords = (instant: string): string => formatFormDate(toCivil(new Date(instant)).date)
const timeInWords = (instant: string): string => formatFormMoment(new Date(instant))

describe('dates in words', () => {
  it.each([
    ['2026-11-23T07:20:00.000Z', 'ngày 23 tháng 11 năm 2026'],
    ['2026-02-05T03:00:00.000Z', 'ngày 05 tháng 02 năm 2026'],
    ['2026-03-09T03:00:00.000Z', 'ngày 09 tháng 3 năm 2026'],
    ['2026-12-31T17:00:00.000Z', 'ngày 01 tháng 01 năm 2027'],
  ])('%s is "%s"', (instant, words) => expect(dayInWords(instant)).toBe(words))

  it('gives hours and minutes in Asia/Ho_Chi_Minh', () => {
    expect(timeInWords('2026-11-23T01:05:00.000Z')).toBe('08 giờ 05 phút, ngày 23 tháng 11 năm 2026')
  })
})

describe('money', () => {
  it.each([
    [0, 'Không đồng'],
    [8_000, 'Tám nghìn đồng'],
    [15_000, 'Mười lăm nghìn đồng'],
    [21_000, 'Hai mươi mốt nghìn đồng'],
    [105_000, 'Một trăm linh năm nghìn đồng'],
    [400_000, 'Bốn trăm nghìn đồng'],
    [1_005_000, 'Một triệu không trăm linh năm nghìn đồng'],
    [2_000_000_010, 'Hai tỷ không trăm mười đồng'],
  ])('%d is read "%s"', (amount, words) => expect(dongInWords(amount)).toBe(words))

  it('is grouped by dots', () => expect(dong(1_234_567)).toBe('1.234.567 đồng'))

  it('reads different amounts differently', () => {
    const amount = fc.integer({ min: 0, max: 100_000_000_000 })
    fc.assert(fc.property(amount, amount, (a, b) => (a === b) === (dongInWords(a) === dongInWords(b))))
  })
})
