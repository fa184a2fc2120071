import { describe, expect, test } from 'vitest'
import { cellsOf, contrastsOf } from '../../../src-main/capture/pages/cells'
import { chosen } from '../../../src-main/capture/pages/choose'
import { decodeImage } from '../../../src-main/capture/pages/codecs/decode'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { likeness } from '../../../src-main/capture/pages/fingerprint'
import { type PageWish, processPage, USUAL_WISH } from '../../../src-main/capture/pages/process'
import { type Quad, type Raster, toGrey } from '../../../src-main/capture/pages/raster'
import { blurred, DESKS, leaning, noisy, onDesk, sealed, shaded } from './lib/degrade'
import { formPage, hasTool } from './lib/sheets'

const A4 = { width: 210, height: 297 }
const wish = (rest: Partial<PageWish> = {}): PageWish => ({ ...USUAL_WISH, ...rest })
/** As a scanner gives it: noise, uneven light, a seal where wanted. */
const scanned = async (seed: number): Promise<Raster> => noisy(shaded(await formPage(seed, 300), [0.98, 0.96, 0.9, 0.94]), 4, seed)

/** Share of a page's dark pixels (seen at 75 dpi) that are dark in the other as well, and the other way about: both must be straight. */
async function agreement(page: Raster, bytes: Uint8Array): Promise<number> {
  const print = async (image: Raster): Promise<string> => (await processPage(image, wish({ colour: 'grey', whiten: true, crop: false }))).fingerprint
  return likeness(await print(page), await print(await decodeImage(bytes)))
}

describe.skipIf(!hasTool('pdftoppm'))('a page of text at 300 dpi', () => {
  test('becomes black and white of at most 60 kB, straight, with its thumbnail', async () => {
    const result = await processPage(leaning(await scanned(1), -3.4, 240), wish())
    expect(result).toMatchObject({ colour: 'black', blank: false, findings: [], keptOriginal: null, seal: null })
    expect(result.encoded.mediaType).toBe('image/tiff')
    expect(result.encoded.bytes.length).toBeLessThanOrEqual(60_000)
    expect(Math.abs(result.angle + 3.4)).toBeLessThan(0.2)
    expect(Math.max(result.thumbnail.width, result.thumbnail.height)).toBe(360)
    expect(await agreement(await formPage(1, 300), result.encoded.bytes)).toBeGreaterThan(0.85)
  }, 60_000)

  test('becomes grey of at most 350 kB where that is wished', async () => {
    const result = await processPage(await scanned(2), wish({ colour: 'grey' }))
    expect(result.encoded.mediaType).toBe('image/jpeg')
    expect(result.encoded.bytes.length).toBeLessThanOrEqual(350_000)
    expect(result.colour).toBe('grey')
    expect(result.encoded.dpi).toBeGreaterThanOrEqual(200)
  }, 60_000)

  test('keeps its colours for a seal, and tells where it is', async () => {
    const result = await processPage(sealed(await scanned(3), { x: 1_700, y: 2_900 }, 210), wish())
    expect(result.colour).toBe('colour')
    expect((await decodeImage(result.encoded.bytes)).channels).toBe(3)
    expect(Math.abs((result.seal?.x ?? 0) + (result.seal?.width ?? 0) / 2 - 1_700)).toBeLessThan(25)
    expect(result.encoded.bytes.length).toBeLessThan(900_000)
  }, 60_000)
})

describe.skipIf(!hasTool('pdftoppm'))('never worse than the original', () => {
  test('pale writing stays, whatever was wished', async () => {
    const page = await formPage(4, 200)
    const pale = noisy({ ...page, data: Uint8Array.from(page.data, (value) => 245 - Math.round((255 - value) * 0.16)) }, 2)
    for (const colour of ['black', 'grey'] as const) {
      const result = await processPage(pale, wish({ colour }))
      expect(result.encoded.dpi).toBe(200)
      // Where the page has clear ink, the result still has something to see.
      const [ink, seen] = [contrastsOf(cellsOf(toGrey(page))), contrastsOf(cellsOf(toGrey(await decodeImage(result.encoded.bytes))))]
      const clear = [...ink.keys()].filter((cell) => (ink[cell] ?? 0) > 150)
      expect(clear.filter((cell) => (seen[cell] ?? 0) > 20).length / clear.length).toBeGreaterThan(0.97)
    }
  }, 60_000)

  test('a whitening that takes writing away is left out, for black and white as well as for grey', async () => {
    const before = toGrey(await formPage(4, 200))
    const cells = cellsOf(before)
    const after = { ...before, data: Uint8Array.from(before.data, (value, i) => (i < before.data.length / 3 ? 255 : value)) }
    for (const colour of ['black', 'grey'] as const) {
      const result = await chosen(colour, { before, after, cells, contrasts: contrastsOf(cells) })
      expect(result.colour).toBe('grey')
      expect(await agreement(before, result.encoded.bytes)).toBeGreaterThan(0.9)
    }
  }, 60_000)

  test('a small file that was straight and needs nothing is kept byte for byte', async () => {
    const page = await formPage(4, 200)
    const bytes = await encodeJpeg(page, 20)
    const result = await processPage(await decodeImage(bytes), wish({ colour: 'colour' }), { mediaType: 'image/jpeg', bytes })
    expect(result.keptOriginal).toBe('smaller')
    expect(Buffer.compare(result.encoded.bytes, bytes)).toBe(0)
  }, 60_000)
})

describe.skipIf(!hasTool('pdftoppm'))('a camera’s picture', () => {
  const quad: Quad = [{ x: 620, y: 180 }, { x: 1_890, y: 230 }, { x: 2_010, y: 1_790 }, { x: 540, y: 1_760 }]
  const frame = async (seed: number): Promise<Raster> => noisy(shaded(onDesk(await formPage(seed, 200), { width: 2_592, height: 1_944 }, quad, DESKS.brown), [1, 0.95, 0.8, 0.85]), 4)

  test('gives the page alone, upright, in the size of its paper', async () => {
    const result = await processPage(await frame(5), wish({ from: 'camera', paper: A4 }))
    expect(result.crop).not.toBeNull()
    expect(result.colour).toBe('black')
    expect(Math.abs((result.encoded.width / result.encoded.dpi) * 25.4 - 210)).toBeLessThan(0.2)
    expect(Math.abs((result.encoded.height / result.encoded.dpi) * 25.4 - 297)).toBeLessThan(0.2)
    expect(result.findings).toEqual([])
    expect(await agreement(await formPage(5, 200), result.encoded.bytes)).toBeGreaterThan(0.75)
  }, 60_000)

  test('out of focus is said to be, and the officer’s corners are taken where they are given', async () => {
    const soft = await processPage(blurred(await frame(5), 4), wish({ from: 'camera', paper: A4 }))
    expect(soft.findings.map(({ kind }) => kind)).toContain('blurred')
    const set: Quad = [{ x: 700, y: 400 }, { x: 1_600, y: 400 }, { x: 1_600, y: 1_600 }, { x: 700, y: 1_600 }]
    expect((await processPage(await frame(5), wish({ from: 'camera', paper: A4, corners: set }))).crop).toEqual(set)
  }, 60_000)
})

test('an empty sheet is called blank, and the smallest picture is no page', async () => {
  const white = noisy({ width: 1_240, height: 1_754, channels: 3, dpi: 150, data: new Uint8Array(1_240 * 1_754 * 3).fill(244) }, 5)
  expect((await processPage(white, wish())).blank).toBe(true)
  for (const [width, height] of [[1, 1], [5, 900], [17, 16]] as const) {
    const tiny = { width, height, channels: 1 as const, dpi: 300, data: new Uint8Array(width * height).fill(200) }
    await processPage(tiny, wish()).then((page) => expect(page.blank).toBe(true), (error: unknown) => expect(error).toMatchObject({ code: 'QT-011' }))
  }
})
