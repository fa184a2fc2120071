import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, fromCivil, isCivilDate, toCivil } from '@contract/civil-time'
import { fold, words } from '@contract/fold'
import {
  formatDate, formatDue, formatDuration, formatFormDate, formatFormMoment, formatFullMoment, formatIdNumber, formatMoney, formatPhone, formatShortDate, formatSize, maskIdNumber,
  maskPhone,
} from '@contract/format'
import { moneyInWords } from '@contract/money-words'
import { compareNames, nameParts, titleCaseName } from '@contract/names'

const moment = new Date('2026-11-27T02:46:00.000Z')

describe('fold', () => {
  it.each([['Đặng Thị Ngọc Ánh', 'dang thi ngoc anh'], ['Đặng'.normalize('NFD'), 'dang'], ['  Khai   SINH ', 'khai sinh'], ['ƯƠNG ĐẰNG', 'uong dang']])('%s → %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)))
  })

  it('leaves words with the dots of codes', () => {
    expect(words('mã 1.001193, khai sinh.')).toEqual(['mã', '1.001193', 'khai', 'sinh'])
  })
})

describe('names', () => {
  it.each([['NGUYỄN THỊ ÁNH', 'Nguyễn Thị Ánh'], ["H'HEN NIÊ", "H'Hen Niê"], ['đặng  THỊ ngọc ánh', 'Đặng Thị Ngọc Ánh'], ['MARIA-ANNA', 'Maria-Anna'], ['Ý', 'Ý']])('%s → %s', (name, expected) => {
    expect(titleCaseName(name)).toBe(expected)
  })

  it('have the given name last', () => {
    expect(nameParts('Đặng Thị Ngọc Ánh')).toEqual({ family: 'Đặng', middle: 'Thị Ngọc', given: 'Ánh' })
  })

  it('sort by given name, middle names, family name, in Vietnamese order', () => {
    const sorted = ['Trần Văn Đức', 'Lê Thị Ân', 'Nguyễn An', 'Đặng An', 'Lê Văn An', 'Phạm Dung', 'Bùi Thị Ánh'].sort(compareNames)
    expect(sorted).toEqual(['Đặng An', 'Nguyễn An', 'Lê Văn An', 'Bùi Thị Ánh', 'Lê Thị Ân', 'Phạm Dung', 'Trần Văn Đức'])
  })
})

describe('money in words', () => {
  it.each([
    [0, 'Không đồng'], [1000, 'Một nghìn đồng'], [8000, 'Tám nghìn đồng'], [15_000, 'Mười lăm nghìn đồng'], [21_000, 'Hai mươi mốt nghìn đồng'],
    [24_500, 'Hai mươi bốn nghìn năm trăm đồng'], [100_005, 'Một trăm nghìn không trăm linh năm đồng'], [205_000, 'Hai trăm linh năm nghìn đồng'],
    [1_011_015, 'Một triệu không trăm mười một nghìn không trăm mười lăm đồng'], [400_000, 'Bốn trăm nghìn đồng'], [55_555, 'Năm mươi lăm nghìn năm trăm năm mươi lăm đồng'],
    [1_000_000_000, 'Một tỷ đồng'], [2_500_000_000_000, 'Hai nghìn năm trăm tỷ đồng'], [3_000_000_000_001, 'Ba nghìn tỷ không trăm linh một đồng'],
    [10_000_005, 'Mười triệu không trăm linh năm đồng'],
  ])('%s → %s', (amount, expected) => {
    expect(moneyInWords(amount)).toBe(expected)
  })

  it.each([[-1], [0.5], [Number.NaN]])('refuses %s', (amount) => {
    expect(() => moneyInWords(amount)).toThrow(RangeError)
  })

  it('are different for different amounts', () => {
    const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
    fc.assert(fc.property(amount, amount, (one, other) => one === other || moneyInWords(one) !== moneyInWords(other)), { numRuns: 500 })
  })
})

describe('formats', () => {
  it.each([
    ['money', formatMoney(15_000), '15.000 đ'],
    ['large money', formatMoney(1_234_567), '1.234.567 đ'],
    ['a date', formatDate('2026-11-27'), '27/11/2026'],
    ['a near date', formatShortDate('2026-11-27'), 'T6 27/11'],
    ['a moment in full', formatFullMoment(moment), 'Thứ Sáu 27/11/2026, 9 giờ 46'],
    ['a moment in English', formatFullMoment(moment, 'en'), 'Friday 27/11/2026, 09:46'],
    ['a moment of a form', formatFormMoment(moment), '09 giờ 46 phút, ngày 27 tháng 11 năm 2026'],
    ['February on a form', formatFormDate('2026-02-05'), 'ngày 05 tháng 02 năm 2026'],
    ['March on a form', formatFormDate('2026-03-05'), 'ngày 05 tháng 3 năm 2026'],
    ['minutes', formatDuration(12), '12 phút'],
    ['hours', formatDuration(196), '3 giờ 16'],
    ['whole hours', formatDuration(180), '3 giờ'],
    ['what is late', formatDue(-196), 'Quá hạn 3 giờ 16'],
    ['what is left', formatDue(44), 'Còn 44 phút'],
    ['bytes', formatSize(812), '812 B'],
    ['kilobytes', formatSize(411_870), '412 kB'],
    ['megabytes', formatSize(3_123_000), '3,1 MB'],
    ['just below a megabyte', formatSize(999_600), '1,0 MB'],
    ['an ID number', formatIdNumber('079192004617'), '079 192 004 617'],
    ['an old number', formatIdNumber('025123456'), '025 123 456'],
    ['a phone number', formatPhone('0903517284'), '0903 517 284'],
    ['a masked ID number', maskIdNumber('079192004617'), '079 ••• ••• 617'],
    ['a masked ID number of a dossier', maskIdNumber('079192004617', 'six'), '079 192 ••• 617'],
    ['a masked phone number', maskPhone('0903517284'), '0903 ••• 284'],
    ['a half-typed ID number', maskIdNumber('07919'), '•••'],
  ])('of %s', (_name, actual, expected) => {
    expect(actual).toBe(expected)
  })

  it('of a masked number never show the middle', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{12}$/), (number) => maskIdNumber(number).replace(/\D/g, '') === number.slice(0, 3) + number.slice(9)))
  })
})

describe('civil time', () => {
  it('is seven hours ahead of UTC', () => {
    expect(toCivil(new Date('2026-11-23T17:30:00.000Z'))).toEqual({ date: '2026-11-24', hour: 0, minute: 30, weekday: 2, msOfDay: 1_800_000 })
  })

  it('comes back from its parts', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1970-01-02'), max: new Date('2099-12-31'), noInvalidDate: true }), (instant) => {
      const { date, msOfDay } = toCivil(instant)
      return fromCivil(date, msOfDay).getTime() === instant.getTime()
    }))
  })

  it.each([['2026-01-31', 1, '2026-02-28'], ['2028-01-31', 1, '2028-02-29'], ['2026-11-15', 2, '2027-01-15'], ['2026-05-31', 6, '2026-11-30']])('%s and %s months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it.each([['2026-02-29', false], ['2028-02-29', true], ['2026-13-01', false], ['26-01-01', false], ['0000-00-00', false]])('%s exists: %s', (text, exists) => {
    expect(isCivilDate(text)).toBe(exists)
  })
})
