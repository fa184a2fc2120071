import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveInto, nextZoom, placeWindow, ZOOM_STEPS } from '../../src-main/shell/window-bounds'

const common = { x: 0, y: 0, width: 1366, height: 728 }
const large = { x: 1366, y: 0, width: 1920, height: 1040 }

describe('a window that is put onto a screen', () => {
  it.each([
    ['stays where it lies on it already', { x: 1500, y: 100, width: 1400, height: 800 }, { x: 1500, y: 100, width: 1400, height: 800 }],
    ['comes into its middle from elsewhere', { x: 0, y: 0, width: 1400, height: 800 }, { x: 1626, y: 120, width: 1400, height: 800 }],
    ['is made no larger than it', { x: 0, y: 0, width: 4000, height: 3000 }, { x: 1366, y: 0, width: 1920, height: 1040 }],
  ])('%s', (_name, box, expected) => {
    expect(moveInto(box, large)).toEqual(expected)
  })
})

describe('where the window goes', () => {
  it.each([
    ['the first time, in the middle of a large screen', null, [large], { x: 1643, y: 136, width: 1366, height: 768 }],
    ['the first time on the common panel, as large as it is', null, [common], { x: 0, y: 0, width: 1366, height: 728 }],
    ['where it was', { x: 1500, y: 100, width: 1400, height: 800 }, [common, large], { x: 1500, y: 100, width: 1400, height: 800 }],
    ['back in sight when its screen is gone', { x: 1500, y: 100, width: 1400, height: 800 }, [common], { x: 0, y: 0, width: 1366, height: 728 }],
    ['wholly onto the screen when it hung over the edge', { x: 3000, y: 900, width: 1400, height: 800 }, [common, large], { x: 1886, y: 240, width: 1400, height: 800 }],
    ['somewhere even without a screen', null, [], { x: 0, y: 0, width: 1366, height: 768 }],
  ])('%s', (_name, before, screens, expected) => {
    expect(placeWindow(before, screens)).toEqual(expected)
  })

  it('always lies within one of the screens', () => {
    const box = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }), width: fc.integer({ min: 1, max: 6000 }), height: fc.integer({ min: 1, max: 6000 }) })
    const screen = fc.record({ x: fc.integer({ min: -3000, max: 3000 }), y: fc.integer({ min: -3000, max: 3000 }), width: fc.integer({ min: 800, max: 4000 }), height: fc.integer({ min: 600, max: 3000 }) })
    fc.assert(
      fc.property(fc.option(box), fc.array(screen, { minLength: 1, maxLength: 3 }), (before, screens) => {
        const at = placeWindow(before, screens)
        return screens.some((each) => at.x >= each.x && at.y >= each.y && at.x + at.width <= each.x + each.width && at.y + at.height <= each.y + each.height)
      }),
    )
  })
})

describe('zoom', () => {
  it.each([
    [1, 'in', 1.1],
    [1.05, 'in', 1.1],
    [1, 'out', 0.9],
    [4, 'in', 4],
    [0.8, 'out', 0.8],
  ] as const)('from %d %s to %d', (now, direction, next) => {
    expect(nextZoom(now, direction)).toBe(next)
  })

  it('reaches 200 % and 400 %', () => {
    expect(ZOOM_STEPS).toEqual(expect.arrayContaining([2, 4]))
  })
})
