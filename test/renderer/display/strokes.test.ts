import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Signature } from '@contract/display'
import { isSigned, padHeight, type Point, signatureOf, type Stroke, strokePath, toPoint, withPoint, withStroke } from '../../../src-renderer/display/strokes'

const rect = { left: 100, top: 50, width: 400, height: 200 }
const at = (x: number, y: number, t = 0): Point => ({ x, y, t })
const line = (...points: [number, number][]): Stroke => points.map(([x, y]) => at(x, y))

describe('a place on the screen as a point of the pad', () => {
  test('is measured in thousandths of the width from the top left corner', () => {
    expect(toPoint(rect, 500, 300, 150, 12.4)).toEqual({ x: 500, y: 250, t: 12 })
  })

  test('keeps its proportions when the window has changed under a signature', () => {
    // The pad of a height of 500 stands in the middle of a square: 400 wide, 200 high, 100 from the top.
    expect(toPoint({ left: 0, top: 0, width: 400, height: 400 }, 500, 200, 200, 0)).toEqual(at(500, 250))
    expect(toPoint({ left: 0, top: 0, width: 400, height: 400 }, 500, 0, 100, 0)).toEqual(at(0, 0))
  })

  test('falls on the edge when the pen leaves the pad', () => {
    expect(toPoint(rect, 500, 0, 10_000, -5)).toEqual(at(0, 500))
    expect(toPoint(rect, 500, 10_000, 0, 9_999_999)).toEqual({ x: 1000, y: 0, t: 600_000 })
  })

  test('a pad that has no size yet is a square, a very long one is cut to what the contract takes', () => {
    expect(padHeight({ width: 0, height: 0 })).toBe(1000)
    expect(padHeight({ width: 10, height: 900 })).toBe(4000)
    expect(padHeight({ width: 900, height: 10 })).toBe(100)
  })
})

describe('thinning', () => {
  test('leaves out the trembling of a hand that rests', () => {
    const stroke = [at(500, 500), at(501, 501), at(502, 500), at(500, 502), at(510, 500)].reduce<Stroke>(withPoint, [])
    expect(stroke).toEqual(line([500, 500], [510, 500]))
  })

  test('keeps the first point, so that a dot stays a dot', () => {
    expect(withPoint([], at(3, 4))).toEqual([at(3, 4)])
  })

  test('ends a stroke and a signature at what the contract takes', () => {
    const endless = Array.from({ length: 9000 }, (_, index) => at(index % 2 === 0 ? 0 : 900, 0)).reduce<Stroke>(withPoint, [])
    expect(endless).toHaveLength(4000)
    const strokes = Array.from({ length: 300 }, () => line([0, 0], [50, 50])).reduce<readonly Stroke[]>(withStroke, [])
    expect(strokes).toHaveLength(200)
  })

  test('a stroke without a point is none', () => {
    expect(withStroke([], [])).toEqual([])
  })
})

describe('the path of a stroke', () => {
  test('goes in curves through the middles between its points', () => {
    expect(strokePath(line([0, 0], [10, 10], [20, 0], [30, 10]))).toBe('M0 0Q10 10 15 5Q20 0 25 5L30 10')
  })

  test('is a dot for one point and nothing for none', () => {
    expect(strokePath(line([5, 6]))).toBe('M5 6h0')
    expect(strokePath([])).toBe('')
  })

  test('begins and ends where the pen did', () => {
    const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 4000 }), t: fc.constant(0) }), { minLength: 2, maxLength: 60 })
    fc.assert(fc.property(points, (stroke) => {
      const path = strokePath(stroke)
      const [first, last] = [stroke[0], stroke.at(-1)]
      return path.startsWith(`M${first?.x} ${first?.y}`) && path.endsWith(`L${last?.x} ${last?.y}`) && !/NaN|undefined/.test(path)
    }))
  })
})

describe('a signature', () => {
  test('is none when the pad was only touched', () => {
    expect(isSigned([line([500, 500]), line([510, 500], [520, 505])])).toBe(false)
    expect(signatureOf([line([500, 500])], 800)).toBeNull()
    expect(signatureOf([], 800)).toBeNull()
  })

  test('is what was drawn, as the contract has it', () => {
    const drawn = signatureOf([line([100, 100], [300, 200]), line([50, 50])], 800)
    expect(drawn).toEqual({ height: 800, strokes: [line([100, 100], [300, 200]), line([50, 50])] })
    expect(Signature.safeParse(drawn).success).toBe(true)
  })

  test('whatever a pen does is taken by the contract', () => {
    const place = fc.record({ x: fc.integer({ min: -3000, max: 3000 }), y: fc.integer({ min: -3000, max: 3000 }), t: fc.integer({ min: -10, max: 2_000_000 }) })
    const size = fc.record({ width: fc.integer({ min: 1, max: 2000 }), height: fc.integer({ min: 1, max: 2000 }) })
    fc.assert(fc.property(fc.array(fc.array(place, { maxLength: 40 }), { maxLength: 20 }), size, (pens, { width, height }) => {
      const pad = padHeight({ width, height })
      const strokes = pens.map((pen) => pen.map(({ x, y, t }) => toPoint({ left: 0, top: 0, width, height }, pad, x, y, t)).reduce<Stroke>(withPoint, [])).reduce<readonly Stroke[]>(withStroke, [])
      const signature = signatureOf(strokes, pad)
      return signature === null || Signature.safeParse(signature).success
    }))
  })
})
