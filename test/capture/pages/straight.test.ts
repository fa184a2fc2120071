import { describe, expect, test } from 'vitest'
import { findPage } from '../../../src-main/capture/pages/find/find-page'
import { pageOnDark } from '../../../src-main/capture/pages/crop'
import { newRaster, type Quad, toGrey } from '../../../src-main/capture/pages/raster'
import { skewOf } from '../../../src-main/capture/pages/skew'
import { turned } from '../../../src-main/capture/pages/turn'
import { homographyTo, mapped, rotated } from '../../../src-main/capture/pages/warp'
import { blurred, coffee, DESKS, leaning, noisy, onDesk, shaded } from './lib/degrade'
import { formPage, hasTool } from './lib/sheets'
import { seeded } from '../../seeded'

const drawn = hasTool('pdftoppm')

describe.skipIf(!drawn)('the lean of a page', () => {
  test('is found within 0.2° from −8° to 8°', async () => {
    const page = toGrey(await formPage(1, 200))
    for (const degrees of [-8, -5.3, -2, -0.6, 0, 0.35, 1.8, 4.4, 8]) {
      const found = skewOf(toGrey(leaning(page, degrees)))
      expect(found.sure).toBe(true)
      expect(Math.abs(found.degrees - degrees)).toBeLessThan(0.2)
    }
  })

  test('is found on a noisy, shaded, stained and blurred page', async () => {
    const page = await formPage(2, 200)
    for (const degrees of [-6.2, 1.1, 7.5]) {
      const bad = noisy(shaded(coffee(blurred(leaning(page, degrees, 250), 1), { x: 700, y: 900 }, 260), [1, 0.8, 0.55, 0.75]), 9)
      const found = skewOf(toGrey(bad))
      expect(found.sure).toBe(true)
      expect(Math.abs(found.degrees - degrees)).toBeLessThan(0.2)
    }
  })

  test('is not guessed on an empty page or on noise', () => {
    const empty = noisy({ width: 1_000, height: 1_400, channels: 1, dpi: 200, data: new Uint8Array(1_400_000).fill(240) }, 8)
    expect(skewOf({ ...empty, channels: 1 })).toEqual({ degrees: 0, sure: false })
  })

  test('turning back leaves no lean', async () => {
    const page = toGrey(await formPage(1, 200))
    const back = rotated(leaning(page, 3.3), 3.3, [255])
    expect(Math.abs(skewOf(toGrey(back)).degrees)).toBeLessThan(0.15)
  })
})

const QUADS: readonly Quad[] = [
  [{ x: 620, y: 180 }, { x: 1_890, y: 230 }, { x: 2_010, y: 1_790 }, { x: 540, y: 1_760 }],
  [{ x: 700, y: 60 }, { x: 1_900, y: 200 }, { x: 1_760, y: 1_880 }, { x: 480, y: 1_700 }],
  [{ x: 330, y: 420 }, { x: 2_280, y: 330 }, { x: 2_330, y: 1_640 }, { x: 250, y: 1_700 }],
]

describe.skipIf(!drawn)('the corners of a page under a camera of 5 megapixels', () => {
  test.each(Object.keys(DESKS) as (keyof typeof DESKS)[])('are found within 6 pixels on a %s desk', async (desk) => {
    const upright = await formPage(3, 200)
    for (const [index, quad] of QUADS.entries()) {
      const page = index === 2 ? turned(upright, 1) : upright
      const frame = noisy(shaded(onDesk(page, { width: 2_592, height: 1_944 }, quad, DESKS[desk]), [1, 0.9, 0.72, 0.85]), 4)
      const found = findPage(frame)
      const errors = quad.map(({ x, y }, i) => Math.hypot((found?.quad[i]?.x ?? 0) + 0.5 - x, (found?.quad[i]?.y ?? 0) + 0.5 - y))
      expect(Math.max(...errors), `${desk} ${String(index)}`).toBeLessThan(6)
    }
  }, 60_000)

  test('are not invented where there is no page, or only half of one', async () => {
    const desk = noisy({ ...newRaster(2_592, 1_944, 3, 0), data: new Uint8Array(2_592 * 1_944 * 3).fill(120) }, 6)
    expect(findPage(desk)).toBeNull()
    const half: Quad = [{ x: 1_700, y: 180 }, { x: 2_970, y: 230 }, { x: 3_090, y: 1_790 }, { x: 1_620, y: 1_760 }]
    expect(findPage(noisy(onDesk(await formPage(3, 200), { width: 2_592, height: 1_944 }, half, DESKS.brown), 4))).toBeNull()
  }, 60_000)
})

test('a homography takes the corners of the page to the corners that were given', () => {
  const roll = seeded(11)
  for (let round = 0; round < 50; round += 1) {
    const near = (x: number, y: number): { x: number; y: number } => ({ x: x + roll() * 200, y: y + roll() * 200 })
    const quad: Quad = [near(0, 0), near(900, 0), near(900, 1_200), near(0, 1_200)]
    const map = homographyTo(quad, 500, 700)
    const corners = [{ x: 0, y: 0 }, { x: 500, y: 0 }, { x: 500, y: 700 }, { x: 0, y: 700 }].map((corner) => mapped(map, corner))
    corners.forEach((corner, i) => expect(Math.hypot(corner.x - (quad[i]?.x ?? 0), corner.y - (quad[i]?.y ?? 0))).toBeLessThan(1e-6))
  }
})

test('four quarter turns are none, and one puts the left edge on top', () => {
  const image = { width: 3, height: 2, channels: 1 as const, dpi: 300, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }
  expect([...turned(image, 1).data]).toEqual([4, 1, 5, 2, 6, 3])
  expect([...turned(image, 2).data]).toEqual([6, 5, 4, 3, 2, 1])
  expect([...turned(image, 3).data]).toEqual([3, 6, 2, 5, 1, 4])
  expect(turned(turned(turned(turned(image, 1), 1), 1), 1)).toEqual(image)
})

describe.skipIf(!drawn)('a page on a dark lid', () => {
  test('is cut out within a millimetre, also askew; a page on a white lid is left whole', async () => {
    const page = await formPage(4, 150)
    const scan = { ...newRaster(1_700, 2_300, 3, 150), data: new Uint8Array(1_700 * 2_300 * 3).fill(38) }
    const quad: Quad = [{ x: 180, y: 120 }, { x: 1_418, y: 174 }, { x: 1_342, y: 1_926 }, { x: 104, y: 1_872 }]
    const placed = noisy({ ...onDesk(page, scan, quad, { colour: [38, 38, 40], grain: 4 }), dpi: 150 }, 4)
    const found = pageOnDark(toGrey(placed), 245)
    quad.forEach(({ x, y }, i) => expect(Math.hypot((found?.[i]?.x ?? 0) - x, (found?.[i]?.y ?? 0) - y)).toBeLessThan(6))
    expect(pageOnDark(toGrey(page), 250)).toBeNull()
  })
})
