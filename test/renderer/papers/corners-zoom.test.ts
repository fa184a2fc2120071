import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cropAround, cropAt, scaleOf, scrollAfter, zoomFrom } from '../../../src-renderer/papers/view/zoom'

const A4 = { width: 1654, height: 2339 }
const PLACE = { width: 1026, height: 712 }
const FRAME = { width: 680, height: 500 }

describe('how large a page is shown', () => {
  test('all of it fits in its place, turned or not', () => {
    for (const page of [A4, { width: A4.height, height: A4.width }]) {
      const scale = scaleOf('whole', page, PLACE)
      expect([page.width * scale <= PLACE.width, page.height * scale <= PLACE.height]).toEqual([true, true])
    }
  })

  test('as wide as it reads well, and no wider than its place', () => {
    expect(A4.width * scaleOf('width', A4, { width: 1500, height: 900 })).toBeCloseTo(900)
    expect(A4.width * scaleOf('width', A4, { width: 632, height: 900 })).toBeCloseTo(600)
  })

  test('a step larger and a step smaller is where it was; never lost from sight, never a field of squares', () => {
    expect(zoomFrom(Number(zoomFrom(0.5, 1)), -1)).toBeCloseTo(0.5)
    expect([scaleOf(0.0001, A4, PLACE) * A4.height > 300, scaleOf(900, A4, PLACE)]).toEqual([true, 4])
  })

  test('what was in the middle stays there', () => {
    expect(scrollAfter({ x: 0, y: 400 }, { width: 1000, height: 600 }, 1, 2)).toEqual({ x: 500, y: 1100 })
  })
})

describe('the part of a page that is shown', () => {
  test('has the field in it, and nothing beyond the edges of the page', () => {
    const field = fc.record({ x: fc.integer({ min: 0, max: 1600 }), y: fc.integer({ min: 0, max: 2300 }), width: fc.integer({ min: 1, max: 1600 }), height: fc.integer({ min: 1, max: 300 }) })
      .map((box) => ({ ...box, width: Math.min(box.width, A4.width - box.x), height: Math.min(box.height, A4.height - box.y) }))
    fc.assert(fc.property(field, (box) => {
      const { x, y, scale } = cropAround(box, A4, FRAME)
      const near = 1e-6
      expect([
        x + box.x * scale >= -near, y + box.y * scale >= -near, x + (box.x + box.width) * scale <= FRAME.width + near, y + (box.y + box.height) * scale <= FRAME.height + near,
        x <= near, y <= near, x + A4.width * scale >= FRAME.width - near, y + A4.height * scale >= FRAME.height - near,
      ]).toEqual(Array<boolean>(8).fill(true))
    }))
  })

  test('stands in the middle where the page is smaller than the frame', () => {
    expect(cropAround({ x: 10, y: 10, width: 80, height: 10 }, { width: 100, height: 50 }, { width: 400, height: 800 })).toMatchObject({ x: 0, y: 300, scale: 4 })
  })

  test('around a point has it in the middle', () => {
    expect(cropAt({ x: 100, y: 50 }, { width: 300, height: 200 }, 2)).toEqual({ x: -50, y: 0, scale: 2 })
  })
})
