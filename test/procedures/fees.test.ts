import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feeText, quoteFee, timeText } from '../../src-main/procedures'
import { catalogue, procedureOf } from './sample'

const total = (code: string, copies: number, pages: number, exemption?: string | null): number => quoteFee(procedureOf(code), { copies, pages, exemption }).total

describe('the fee of', () => {
  it.each([
    ['one page of certified copy', '2.000815', 1, 1, 2000],
    ['two pages', '2.000815', 1, 2, 4000],
    ['three pages: the third at the lower price', '2.000815', 1, 3, 5000],
    ['ten pages', '2.000815', 1, 10, 12_000],
    ['three copies of ten pages', '2.000815', 3, 10, 36_000],
    ['198 pages: the cap exactly', '2.000815', 1, 198, 200_000],
    ['300 pages: the cap', '2.000815', 1, 300, 200_000],
    ['two copies of 300 pages: the cap for each', '2.000815', 2, 300, 400_000],
    ['no copies', '2.000815', 0, 10, 0],
    ['three copies of an extract', '2.000635', 3, 1, 24_000],
    ['one signature', '2.000884', 1, 1, 10_000],
    ['a contract, however many copies', '2.001035', 4, 20, 50_000],
    ['a changed contract', '2.000913', 1, 1, 30_000],
    ['a residence registration', '1.004222', 1, 1, 20_000],
    ['a marriage', '1.000894', 1, 1, 0],
    ['an adoption', '2.001263', 1, 1, 400_000],
  ])('%s', (_name, code, copies, pages, expected) => {
    expect(total(code, copies, pages)).toBe(expected)
  })

  it('a birth registered in time is nothing without asking', () => {
    expect(quoteFee(procedureOf('1.001193'), { copies: 1, pages: 1 })).toMatchObject({ total: 0, needsAmount: false, exemption: { code: 'dung-han' } })
  })

  it('a late birth needs the amount of the council', () => {
    expect(quoteFee(procedureOf('1.001193'), { copies: 1, pages: 1, exemption: null })).toMatchObject({ total: 0, needsAmount: true, exemption: null })
  })

  it('a late birth is the amount entered', () => {
    expect(quoteFee(procedureOf('1.001193'), { copies: 1, pages: 1, exemption: null, councilAmount: 8000 })).toMatchObject({ total: 8000, needsAmount: false })
  })

  it('an exempted person is nothing, with the legal ground', () => {
    expect(quoteFee(procedureOf('1.004884'), { copies: 1, pages: 1, exemption: 'ho-ngheo' })).toMatchObject({ total: 0, needsAmount: false, exemption: { ground: 'Luật Hộ tịch 60/2014/QH13, điều 11' } })
  })

  it('an exemption that does not exist is the full fee', () => {
    expect(total('2.000635', 2, 1, 'khong-co')).toBe(16_000)
  })
})

describe('fees in general', () => {
  const procedure = fc.constantFrom(...catalogue.procedures)
  const count = fc.integer({ min: 0, max: 999 })

  it('never fall when copies or pages grow', () => {
    fc.assert(fc.property(procedure, count, count, count, count, (of, copies, pages, moreCopies, morePages) =>
      quoteFee(of, { copies, pages }).total <= quoteFee(of, { copies: copies + moreCopies, pages: pages + morePages }).total))
  })

  it('never exceed the cap of a copy', () => {
    fc.assert(fc.property(count, fc.integer({ min: 0, max: 100_000 }), (copies, pages) => total('2.000815', copies, pages) <= copies * 200_000))
  })

  it('are whole đồng and the sum of their lines', () => {
    fc.assert(fc.property(procedure, count, count, (of, copies, pages) => {
      const quote = quoteFee(of, { copies, pages })
      return Number.isSafeInteger(quote.total) && quote.lines.reduce((sum, line) => sum + line.amount, 0) === quote.total
    }))
  })

  it.each([[-1, 1], [1, 0.5], [Number.NaN, 1]])('refuse %s copies of %s pages', (copies, pages) => {
    expect(() => total('2.000815', copies, pages)).toThrow(RangeError)
  })
})

describe('short texts', () => {
  it.each([
    ['2.000635', 'trong ngày', '8.000 đ/bản'], ['2.000815', 'trong ngày', '2.000 đ/trang, từ trang 3: 1.000 đ'], ['1.004873', '3 ngày làm việc', 'Theo nghị quyết HĐND'],
    ['1.001193', 'trong ngày', 'Miễn phí: đăng ký đúng hạn'], ['1.011607', '15 ngày', 'Miễn phí'], ['1.014027', null, 'Miễn phí'],
  ])('of %s are "%s" and "%s"', (code, time, fee) => {
    expect([timeText(procedureOf(code).time), feeText(procedureOf(code))]).toEqual([time, fee])
  })
})
