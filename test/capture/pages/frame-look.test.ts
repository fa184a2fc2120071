import { describe, expect, test } from 'vitest'
import { lookAtFrame } from '../../../src-main/capture/pages/frame-look'
import type { Quad, Raster } from '../../../src-main/capture/pages/raster'
import { averagedTo } from '../../../src-main/capture/pages/scale'
import { blurred, DESKS, onDesk, shaded } from './lib/degrade'
import { formPage, hasTool } from './lib/sheets'

const SIZE = { width: 960, height: 720 }
const QUAD: Quad = [{ x: 250, y: 60 }, { x: 690, y: 45 }, { x: 720, y: 670 }, { x: 235, y: 680 }]
const frameOf = async (change: (image: Raster) => Raster = (image) => image): Promise<Raster> => change(onDesk(await formPage(1, 100), SIZE, QUAD, DESKS.brown))
const off = (corners: Quad | null): number => Math.max(...QUAD.map((corner, i) => Math.hypot((corners?.[i]?.x ?? 1e3) - corner.x, (corners?.[i]?.y ?? 1e3) - corner.y)))

describe.skipIf(!hasTool('pdftoppm'))('a frame of the camera', () => {
  test('shows where the page lies, within three pixels', async () => {
    const look = lookAtFrame(await frameOf())
    expect(off(look.corners)).toBeLessThan(3)
    expect(look.sure).toBeGreaterThan(0.7)
  })

  test('tells light from dark by the paper, not by the desk', async () => {
    const bright = lookAtFrame(await frameOf())
    const dark = lookAtFrame(await frameOf((image) => shaded(image, [0.35, 0.35, 0.35, 0.35])))
    expect(bright.light).toBeGreaterThan(200)
    expect(dark.light).toBeLessThan(110)
  })

  test('tells a sharp picture from one that is out of focus, in good light and in bad', async () => {
    const sharp = lookAtFrame(await frameOf()).sharpness
    const dim = lookAtFrame(await frameOf((image) => shaded(image, [0.6, 0.6, 0.6, 0.6]))).sharpness
    const soft = lookAtFrame(await frameOf((image) => blurred(image, 1))).sharpness
    const lost = lookAtFrame(await frameOf((image) => blurred(image, 3))).sharpness
    expect(Math.min(sharp, dim)).toBeGreaterThan(0.6)
    expect(soft).toBeLessThan(Math.min(sharp, dim) - 0.1)
    expect(lost).toBeLessThan(0.35)
  })

  test('of a desk without a page has no corners, and does not call it blurred', async () => {
    const plain = { ...(await frameOf()), data: new Uint8Array(SIZE.width * SIZE.height * 3).fill(140) }
    expect(lookAtFrame(plain)).toMatchObject({ corners: null, sharpness: 1 })
  })

  test('is looked at quickly enough to follow a hand', async () => {
    const small = averagedTo(await frameOf(), 640, 480)
    for (let i = 0; i < 5; i += 1) lookAtFrame(small)
    const times = Array.from({ length: 20 }, () => {
      const begun = performance.now()
      lookAtFrame(small)
      return performance.now() - begun
    }).sort((p, q) => p - q)
    expect(times[10]).toBeLessThan(120)
  })
})
