import { describe, expect, test } from 'vitest'
import { backgroundOf, whitened } from '../../../src-main/capture/pages/background'
import { blanknessOf } from '../../../src-main/capture/pages/blank'
import { cellsOf, contrastsOf } from '../../../src-main/capture/pages/cells'
import { colourOf } from '../../../src-main/capture/pages/colour'
import { fingerprintOf, likeness, samePage } from '../../../src-main/capture/pages/fingerprint'
import { type Finding, findingsOf } from '../../../src-main/capture/pages/legibility'
import { newRaster, type Raster, toGrey } from '../../../src-main/capture/pages/raster'
import { rotated } from '../../../src-main/capture/pages/warp'
import { blurred, coffee, leaning, noisy, ringed, sealed, shaded } from './lib/degrade'
import { formPage, hasTool } from './lib/sheets'

const drawn = hasTool('pdftoppm')

function findings(image: Raster, camera = false): readonly Finding[] {
  const cells = cellsOf(toGrey(image))
  return findingsOf({ cells, contrasts: contrastsOf(cells), background: backgroundOf(image), dpi: image.dpi, pageDpi: image.dpi, camera })
}
const kinds = (image: Raster, camera = false): string[] => findings(image, camera).map(({ kind }) => kind)
const white = (value = 245): Raster => ({ ...newRaster(1_654, 2_339, 1, 200), data: new Uint8Array(1_654 * 2_339).fill(value) })
const print = (image: Raster): string => fingerprintOf(toGrey(whitened(image, backgroundOf(image))))
const blank = (image: Raster): boolean => blanknessOf(cellsOf(toGrey(image))).blank

/** The part of a page in a window of the same size, moved by so many pixels. */
function moved(image: Raster, byX: number, byY: number): Raster {
  const out = { ...image, data: new Uint8Array(image.data.length).fill(255) }
  for (let y = Math.max(0, byY); y < Math.min(image.height, image.height + byY); y += 1) {
    for (let x = Math.max(0, byX); x < Math.min(image.width, image.width + byX); x += 1) {
      for (let c = 0; c < image.channels; c += 1) out.data[(y * image.width + x) * image.channels + c] = image.data[((y - byY) * image.width + x - byX) * image.channels + c] ?? 255
    }
  }
  return out
}

describe.skipIf(!drawn)('the legibility check', () => {
  test('says nothing of good pages: sharp, noisy, shaded, stained, leaning', async () => {
    const page = await formPage(5, 300)
    for (const good of [page, noisy(page, 6), shaded(page, [1, 0.9, 0.75, 0.85]), coffee(page, { x: 900, y: 900 }, 300), rotated(leaning(page, 2), 2, [255, 255, 255])]) {
      expect(kinds(good)).toEqual([])
    }
  }, 60_000)

  test('finds what is out of focus, and where', async () => {
    const page = await formPage(5, 300)
    expect(kinds(noisy(blurred(page, 5), 4))).toEqual(['blurred'])
    const soft = blurred(page, 6)
    const half = { ...page, data: Uint8Array.from(page.data, (value, i) => (i < page.data.length / 2 ? value : (soft.data[i] ?? 0))) }
    const [finding] = findings(half)
    expect(finding?.kind).toBe('blurred')
    expect(finding?.region.y).toBeGreaterThan(page.height * 0.4)
    expect(finding?.measure).toBeGreaterThan(finding?.limit ?? 9)
  }, 60_000)

  test('finds pages and corners that are too dark', async () => {
    const page = await formPage(5, 200)
    expect(kinds(shaded(page, [0.35, 0.35, 0.35, 0.35]))).toEqual(['dark'])
    expect(kinds(shaded(page, [1, 0.8, 0.05, 0.8]))).toContain('dark')
  })

  test('finds the burnt-out place of a lamp, but not on a scan', async () => {
    const page = shaded(await formPage(5, 200), [0.8, 0.8, 0.78, 0.8])
    const lamp = ringed({ ...page, data: Uint8Array.from(page.data) }, { x: 0, y: 0 }, 0, 0, [255, 255, 255], 1)
    for (let y = 600; y < 800; y += 1) lamp.data.fill(255, (y * page.width + 500) * 3, (y * page.width + 750) * 3)
    expect(kinds(lamp, true)).toEqual(['glare'])
    expect(kinds(lamp)).toEqual([])
    expect(findings(lamp, true)[0]?.region.x).toBeGreaterThan(430)
  })

  test('finds writing that runs over the edge, but not a border’s shadow', async () => {
    const page = await formPage(5, 200)
    expect(kinds(moved(page, -240, 0))).toEqual(['cut-edge'])
    const ink = Array.from({ length: page.height }, (_, y) => page.data.subarray(y * page.width * 3, (y + 1) * page.width * 3).filter((value) => value < 90).length)
    expect(kinds(moved(page, 0, -ink.indexOf(Math.max(...ink.slice(0, 900)))))).toEqual(['cut-edge'])
    const shadow = { ...page, data: Uint8Array.from(page.data) }
    for (let y = 0; y < page.height; y += 1) shadow.data.fill(40, y * page.width * 3, y * page.width * 3 + 9)
    expect(kinds(shadow)).toEqual([])
  })

  test('finds too few pixels', async () => {
    expect(kinds({ ...(await formPage(5, 100)) })).toContain('low-resolution')
  })
})

describe.skipIf(!drawn)('blank pages', () => {
  test('are those with nothing but noise, dust, shadow and the other side’s writing', async () => {
    expect(blank(noisy(white(), 6))).toBe(true)
    expect(blank(noisy(shaded(white(), [1, 0.9, 0.7, 0.8]), 5))).toBe(true)
    const through = { ...(await formPage(6, 200)) }
    expect(blank(noisy({ ...through, data: Uint8Array.from(through.data, (value) => 250 - Math.round((255 - value) * 0.1)) }, 4))).toBe(true)
    const dusty = white()
    for (const at of [400_000, 900_000, 1_500_000, 2_000_000]) dusty.data[at] = 30
    expect(blank(dusty)).toBe(true)
  })

  test('are not those with a page number, a short signature or pale writing', async () => {
    const page = toGrey(await formPage(6, 200))
    const only = (x: number, y: number, width: number, height: number, fade = 1): Raster => {
      const out = white()
      for (let v = 0; v < height; v += 1) {
        for (let u = 0; u < width; u += 1) out.data[(y + v) * out.width + x + u] = 245 - Math.round((255 - (page.data[(y + v) * page.width + x + u] ?? 255)) * fade)
      }
      return out
    }
    const line = 420
    expect(blank(page)).toBe(false)
    expect(blank(noisy(only(200, line, 90, 60), 4))).toBe(false)
    expect(blank(noisy(only(200, line, 500, 60, 0.35), 4))).toBe(false)
  })
})

describe.skipIf(!drawn)('two scans of one sheet', () => {
  test('are taken for the same page; the same form filled in otherwise is not', async () => {
    const [page, other] = [await formPage(7, 200), await formPage(8, 200)]
    const again = noisy(shaded(moved(rotated(leaning(page, 1.7), 1.7, [255, 255, 255]), 9, -14), [1, 0.95, 0.85, 0.9]), 5)
    expect(samePage(print(page), print(again))).toBe(true)
    expect(samePage(print(page), print(other))).toBe(false)
    expect(likeness(print(page), print(page))).toBe(1)
  })

  test('that are empty are like nothing, and rubbish is like nothing', () => {
    expect(likeness(print(white()), print(white()))).toBe(0)
    expect(likeness('rubbish', print(white()))).toBe(0)
  })
})

describe.skipIf(!drawn)('colour', () => {
  test('is kept for a red seal and for blue ink, not for yellow paper, coffee-free text or lamp light', async () => {
    const page = await formPage(9, 200)
    const kind = (image: Raster): string => colourOf(image, backgroundOf(image)).kind
    const yellow = { ...page, data: Uint8Array.from(page.data, (value, i) => Math.round(value * ([0.98, 0.92, 0.78][i % 3] ?? 1))) }
    expect(kind(noisy(page, 5))).toBe('black')
    expect(kind(noisy(yellow, 5))).toBe('black')
    expect(kind(ringed(page, { x: 1_100, y: 2_000 }, 60, 66, [40, 60, 170], 0.9))).toBe('colour')
    const stamped = sealed(noisy(yellow, 5), { x: 1_100, y: 1_900 }, 140)
    const found = colourOf(stamped, backgroundOf(stamped))
    expect(found.kind).toBe('colour')
    expect(Math.abs((found.seal?.x ?? 0) + (found.seal?.width ?? 0) / 2 - 1_100)).toBeLessThan(20)
    expect(Math.abs((found.seal?.y ?? 0) + (found.seal?.height ?? 0) / 2 - 1_900)).toBeLessThan(20)
  })

  test('of a seal survives whitening, while shadow and yellow go', async () => {
    const page = await formPage(9, 200)
    const yellow = { ...page, data: Uint8Array.from(page.data, (value, i) => Math.round(value * ([0.98, 0.92, 0.78][i % 3] ?? 1))) }
    const scan = noisy(shaded(sealed(yellow, { x: 1_100, y: 1_900 }, 140), [1, 0.9, 0.6, 0.8]), 4)
    const clean = whitened(scan, backgroundOf(scan))
    const at = (x: number, y: number): number[] => [0, 1, 2].map((c) => clean.data[(y * clean.width + x) * 3 + c] ?? 0)
    const [red = 0, green = 0, blue = 0] = at(1_100, 1_900)
    expect(red - Math.max(green, blue)).toBeGreaterThan(90)
    let paper = 0
    for (let x = 100; x < 1_500; x += 10) paper += at(x, 2_250).every((value) => value >= 250) ? 1 : 0
    expect(paper).toBeGreaterThan(130)
  })
})
