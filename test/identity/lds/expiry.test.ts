import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiryCandidates } from '../../../src-main/identity/lds'

const TODAY = '2026-11-23'
const candidates = (birthDate: string, issuedAt: string | null, today = TODAY): (string | null)[] => expiryCandidates({ birthDate, issuedAt, today }).map(({ expiresAt }) => expiresAt)

describe('the expiry date of a card from its QR', () => {
  it.each([
    // Worked by hand from article 21 of the 2014 and the 2023 law.
    ['a man of 31: to 40', '1990-01-01', '2021-05-05', '2030-01-01'],
    ['a woman of 20: to 25', '2001-06-15', '2021-06-20', '2026-06-15'],
    ['the day before 23: to 25', '2000-03-10', '2023-03-09', '2025-03-10'],
    ['the day of 23: to 40', '2000-03-10', '2023-03-10', '2040-03-10'],
    ['just 25: to 40', '1996-04-01', '2021-04-01', '2036-04-01'],
    ['the day before 38: to 40', '1984-08-20', '2022-08-19', '2024-08-20'],
    ['the day of 38: to 60', '1984-08-20', '2022-08-20', '2044-08-20'],
    ['the day before 58: to 60', '1965-02-02', '2023-02-01', '2025-02-02'],
    ['the day of 58: without end', '1965-02-02', '2023-02-02', null],
    ['of 70: without end', '1951-07-07', '2021-07-07', null],
    ['of 14 under the 2014 law: to 25', '2009-05-05', '2023-05-06', '2034-05-05'],
    ['a child of 6 under the 2023 law: to 14', '2018-09-01', '2024-09-10', '2032-09-01'],
    ['a child of 11 under the 2023 law: to 14', '2014-01-15', '2025-06-01', '2028-01-15'],
    ['a child on its 12th birthday: to 25', '2013-06-01', '2025-06-01', '2038-06-01'],
    ['of 14 under the 2023 law: to 25', '2011-01-01', '2025-02-01', '2036-01-01'],
    ['on the last day of the 2014 law: to 25', '2012-06-30', '2024-06-30', '2037-06-30'],
    ['born on 29 February, to 40 in a leap year', '2000-02-29', '2023-05-01', '2040-02-29'],
    ['born on 29 February, to 25 in a common year', '2000-02-29', '2022-05-01', '2025-02-28'],
  ])('%s', (_name, birthDate, issuedAt, expiresAt) => {
    expect(candidates(birthDate, issuedAt)[0]).toBe(expiresAt)
  })

  it.each([
    ['both days of a child of 29 February come before the neighbouring age', '2000-02-29', '2022-05-01', ['2025-02-28', '2025-03-01', '2040-02-29']],
    ['the age across the nearer limit comes second', '2000-03-10', '2023-03-20', ['2040-03-10', '2025-03-10', '2060-03-10']],
    ['an age that was past at the issue is none', '1990-01-01', '2027-12-01', ['2030-01-01', '2050-01-01']],
    ['without end, the sixtieth birthday second', '1965-02-02', '2023-05-02', [null, '2025-02-02', null]],
    ['without end after 60, only its two codings', '1951-07-07', '2021-07-07', [null, null]],
  ])('%s', (_name, birthDate, issuedAt, expected) => {
    expect(candidates(birthDate, issuedAt)).toEqual(expected)
  })

  it('codes a card without end as 991231, then as fillers', () => {
    expect(expiryCandidates({ birthDate: '1951-07-07', issuedAt: '2021-07-07', today: TODAY }).map(({ mrz }) => mrz)).toEqual(['991231', '<<<<<<'])
  })

  it.each([
    ['of 36 today: to 40', '1990-01-01', ['2030-01-01']],
    ['of 39 today: issued before 38 more likely than after', '1987-06-01', ['2027-06-01', '2047-06-01']],
    ['of 41 today: to 60, for a card to 40 would be over', '1985-06-01', ['2045-06-01', '2025-06-01']],
    ['of 59 today', '1967-03-01', ['2027-03-01', null, null]],
    ['of 70 today', '1956-03-01', [null, null]],
    ['of 8 today: to 14', '2018-03-01', ['2032-03-01']],
    ['of 13 today: to 14 or to 25', '2013-08-01', ['2038-08-01', '2027-08-01']],
  ])('with an unknown day of issue, %s', (_name, birthDate, expected) => {
    expect(candidates(birthDate, null)).toEqual(expected)
  })

  it('is always one to three different guesses, none of them before the issue', () => {
    const day = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((add) => new Date(Date.parse(from) + add * 86_400_000).toISOString().slice(0, 10))
    fc.assert(fc.property(day('1930-01-01', 34_000), day('2021-01-01', 2100), fc.boolean(), (birthDate, issuedAt, isKnown) => {
      fc.pre(birthDate <= issuedAt)
      const found = expiryCandidates({ birthDate, issuedAt: isKnown ? issuedAt : null, today: TODAY })
      expect(found.length).toBeGreaterThanOrEqual(birthDate <= TODAY ? 1 : 0)
      expect(found.length).toBeLessThanOrEqual(3)
      expect(new Set(found.map(({ mrz }) => mrz)).size).toBe(found.length)
      if (isKnown) expect(found.every(({ expiresAt }) => expiresAt === null || expiresAt > issuedAt)).toBe(true)
    }), { numRuns: 1000 })
  })
})
