import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@contract/civil-time'
import { formatDossierCode, formatProvisionalCode, lastFour, parseDossierCode, readLastFour } from '../../src-main/intake/code'

const day = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2020-01-01', offset))
const number = fc.integer({ min: 1, max: 9999 })
const agency = fc.tuple(fc.constantFrom('G', 'H'), fc.integer({ min: 0, max: 99 }), fc.array(fc.integer({ min: 10, max: 999 }), { maxLength: 3 }))
  .map(([letter, head, rest]) => [letter + String(head).padStart(2, '0'), ...rest.map(String)].join('.'))

describe('dossier codes', () => {
  it('are agency, day and number of the day', () => {
    expect(formatDossierCode({ agency: 'H29.900', day: '2026-11-23', number: 9 })).toBe('H29.900-261123-0009')
  })

  it('of a counter without a leased number begin with TAM', () => {
    expect(formatProvisionalCode({ counter: 'Q3', day: '2026-11-23', number: 9 })).toBe('TAM.Q3-261123-0009')
  })

  it.each([[0], [10_000], [1.5]])('have no number %s', (wrong) => {
    expect(() => formatDossierCode({ agency: 'H29.900', day: '2026-11-23', number: wrong })).toThrow(RangeError)
  })

  it.each([
    ['H15.50.05.13-261008-0975', { shape: 'city', agency: 'H15.50.05.13', day: '2026-10-08', number: 975 }],
    ['G09.20-20260609-0092637', { shape: 'ministry', agency: 'G09.20', day: '2026-06-09', number: 92637 }],
    ['000.00.04.G18-210315-0012', { shape: 'former', agency: '000.00.04.G18', day: '2021-03-15', number: 12 }],
    ['TH-H29.900-261123-0009', { shape: 'city', practice: true, number: 9 }],
    ['TAM.Q3-261123-0009', { shape: 'provisional', agency: 'Q3', number: 9 }],
  ])('seen in practice are read: %s', (text, parts) => {
    expect(parseDossierCode(text)).toMatchObject(parts)
  })

  it.each([
    [' h29.900-261123-0009 '], ['H29.900 261123 0009'], ['H29,900–261123–0009'], ['h29 . 900 - 261123 - 0009'], ['#H29.900_261123_0009'],
  ])('typed carelessly are put right: "%s"', (typed) => {
    expect(parseDossierCode(typed)?.text).toBe('H29.900-261123-0009')
  })

  it.each([[''], ['H29.900-261323-0009'], ['H29.900-261123-009'], ['0009'], ['Đặng Thị Ngọc Ánh'], ['1.001193'], ['H'.repeat(500)]])(
    'are not seen in other text: "%s"', (text) => {
      expect(parseDossierCode(text)).toBeNull()
    })

  it('come back from their text as they went in', () => {
    fc.assert(fc.property(agency, day, number, fc.boolean(), (of, on, count, practice) => {
      const text = formatDossierCode({ agency: of, day: on, number: count, practice })
      expect(parseDossierCode(text)).toEqual({ shape: 'city', practice, agency: of, day: on, number: count, text })
    }))
  })

  it('of one counter can never be read as a code of the city', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z0-9]{1,8}$/), day, number, (counter, on, count) =>
      parseDossierCode(formatProvisionalCode({ counter, day: on, number: count }))?.shape === 'provisional'))
  })

  it('are read from any text without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
      const code = parseDossierCode(text)
      return code === null || code.text.length > 0
    }))
  })
})

describe('the last four digits', () => {
  it('stand for a code in speech', () => {
    expect(lastFour('H29.900-261123-0009')).toBe('0009')
  })

  it.each([['9', '0009'], ['0009', '0009'], ['#12', '0012'], ['hồ sơ 0009', '0009'], ['ho so so 9', '0009'], ['12345', null], ['chín', null]])('typed as "%s" are %s', (typed, expected) => {
    expect(readLastFour(typed)).toBe(expected)
  })
})
