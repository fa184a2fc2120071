import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineBreaker } from '../../src-main/paperwork/report-lines'
import { columnWidths } from '../../src-main/paperwork/report-measures'
import { sampleSheet } from './report-sample'

/** Every letter as wide as the size. */
const measure = (text: string, size: number): number => text.length * size
const broken = lineBreaker(measure, 1, false)

describe('lines', () => {
  it.each([
    ['one two three', 8, ['one two ', 'three']],
    ['one', 8, ['one']],
    ['abcdefghij', 5, ['abcd', 'efgh', 'ij']],
    ['x abcdefghij y', 5, ['x ', 'abcd', 'efgh', 'ij y']],
    ['', 5, ['']],
  ])('of "%s" in a width of %i', (text, width, lines) => expect(broken(text, width)).toEqual(lines))

  it('hold all letters in order and none is wider than the room', () => {
    const word = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'ử', '-', '.') })
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.integer({ min: 3, max: 40 }), (words, width) => {
      const lines = broken(words.join(' '), width)
      expect(lines.join('')).toBe(words.join(' '))
      expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBeLessThanOrEqual(width)
    }))
  })
})

describe('widths', () => {
  it.each(['daily', 'ii06a', 'register', 'fees'] as const)('of "%s" fill the room', (kind) => {
    const widths = columnWidths(sampleSheet(kind), 700, 8, (text, size) => text.length * size * 0.5)
    expect([Math.round(widths.reduce((sum, width) => sum + width, 0)), widths.every((width) => width > 8)]).toEqual([700, true])
  })

  it('keep a dossier code on one line', () => {
    const sheet = sampleSheet('fees')
    const [, , code = 0] = columnWidths(sheet, 500, 10, (text, size) => text.length * size * 0.5)
    expect(code).toBeGreaterThan('H29.999.01-261123-0000'.length * 5)
  })
})
