import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleFor, type Turn, turned } from '../../../src-renderer/parts/pages/pages'

const size = fc.record({ width: fc.integer({ min: 1, max: 40_000 }), height: fc.integer({ min: 1, max: 40_000 }) })

describe('the scale of a page', () => {
  it('brings it to the wanted width', () => {
    expect(scaleFor({ width: 595, height: 842 }, 1190)).toBe(2)
  })

  it('never makes a drawing of more than 24 million pixels', () => {
    fc.assert(fc.property(size, fc.integer({ min: 1, max: 20_000 }), ({ width, height }, wanted) => {
      const scale = scaleFor({ width, height }, wanted)
      return width * scale * height * scale <= 24_000_001
    }))
  })

  it('never enlarges beyond the wanted width', () => {
    fc.assert(fc.property(size, fc.integer({ min: 1, max: 20_000 }), ({ width, height }, wanted) => width * scaleFor({ width, height }, wanted) <= wanted + 1e-6))
  })
})

describe('a turn', () => {
  it.each<[Turn, number, number]>([[0, 3, 4], [90, 4, 3], [180, 3, 4], [270, 4, 3]])('of %s° makes 3 × 4 into %s × %s', (turn, width, height) => {
    expect(turned({ width: 3, height: 4 }, turn)).toEqual({ width, height })
  })
})
