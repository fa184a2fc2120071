import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point, Quad, Turns } from '@contract/pages'
import { arrowStep, type Corner, isPage, moveCorner, pageOr, rounded, seenCorner, turnBox, turnPoint, turnPointBack, turnedSize, usualCorners } from '../../../src-renderer/papers/view/corners'

const SIZE = { width: 1600, height: 1200 }
const START = usualCorners(SIZE)
const anywhere = fc.record({ x: fc.double({ min: -4000, max: 4000, noNaN: true }), y: fc.double({ min: -4000, max: 4000, noNaN: true }) })
const someCorner = fc.constantFrom<Corner>(0, 1, 2, 3)
const someTurns = fc.constantFrom<Turns>(0, 1, 2, 3)
const close = (left: Point, right: Point): boolean => Math.abs(left.x - right.x) < 1e-6 && Math.abs(left.y - right.y) < 1e-6

describe('corners set by hand', () => {
  test('begin a little inside the picture, as a page', () => {
    expect(START[0]).toEqual({ x: 64, y: 48 })
    expect(isPage(START, SIZE)).toBe(true)
  })

  test('go where they are put', () => {
    expect(moveCorner(START, 2, { x: 1300, y: 900 }, SIZE)[2]).toEqual({ x: 1300, y: 900 })
  })

  test('stop at the edge of the picture', () => {
    expect(moveCorner(START, 1, { x: 9000, y: -50 }, SIZE)[1]).toEqual({ x: 1600, y: 0 })
  })

  test('stop before the quad turns over', () => {
    const pushed = moveCorner(START, 0, { x: 1590, y: 1190 }, SIZE)
    expect(isPage(pushed, SIZE)).toBe(true)
    expect(pushed[0].x).toBeLessThan(850)
  })

  test('stay a page in the picture however they are pulled', () => {
    fc.assert(fc.property(fc.array(fc.tuple(someCorner, anywhere), { maxLength: 12 }), (pulls) => {
      const end = pulls.reduce<Quad>((quad, [corner, to]) => moveCorner(quad, corner, to, SIZE), START)
      expect(isPage(end, SIZE)).toBe(true)
    }))
  })

  test('pull nothing but the one corner', () => {
    fc.assert(fc.property(someCorner, anywhere, (corner, to) => {
      const end = moveCorner(START, corner, to, SIZE)
      expect(end.filter((_, index) => index !== corner)).toEqual(START.filter((_, index) => index !== corner))
    }))
  })

  test('that span no page are not begun with', () => {
    const crossed: Quad = [START[1], START[0], START[2], START[3]]
    expect(pageOr(crossed, SIZE)).toEqual(START)
    expect(pageOr(null, SIZE)).toEqual(START)
    expect(rounded([{ x: 1.4, y: 2.6 }, START[1], START[2], START[3]])[0]).toEqual({ x: 1, y: 3 })
  })

  test('come back from every turn', () => {
    fc.assert(fc.property(anywhere, someTurns, (point, turns) => {
      expect(close(turnPointBack(turnPoint(point, turns, SIZE), turns, SIZE), point)).toBe(true)
    }))
  })

  test.each([[0, 0], [1, 1], [2, 2], [3, 3]] as const)('after %d turns the upper left one is seen as corner %d', (turns, seen) => {
    const at = turnPoint({ x: 0, y: 0 }, turns, SIZE)
    const { width, height } = turnedSize(SIZE, turns)
    expect(at).toEqual([{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }][seen])
    expect(seenCorner(0, turns)).toBe(seen)
  })

  test('a box keeps its size and place on the paper when the page is turned', () => {
    expect(turnBox({ x: 10, y: 20, width: 30, height: 5 }, 1, { width: 200, height: 100 })).toEqual({ x: 75, y: 10, width: 5, height: 30 })
  })

  test('move by one pixel of the screen, or ten', () => {
    expect([arrowStep('ArrowLeft', false, 0.5), arrowStep('ArrowDown', true, 0.5), arrowStep('a', false, 1)]).toEqual([{ x: -2, y: 0 }, { x: 0, y: 20 }, null])
  })
})
