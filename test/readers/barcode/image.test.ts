import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type GreyImage, toPgm } from '@contract/code-image'
import { classifyScan, separatorText } from '@contract/codes'
import { SELF_TEST_TEXT } from '@contract/reader-test'
import { readCodes, warmUpCodes } from '../../../src-main/readers/barcode'
import { CARD, photograph, qrModules, SMALL_GRID, WHOLE_GRID } from '../../devices/barcode/pictures'
import { hasZbar, qrCodesByZbar } from '../../devices/barcode/zbar'

/** The whole grid with GRID=whole. */
const whole = process.env['GRID'] === 'whole'
const GRID = whole ? WHOLE_GRID : SMALL_GRID

function byZbar(image: GreyImage, folder: string): string | null {
  const file = join(folder, 'shot.pgm')
  writeFileSync(file, toPgm(image))
  return qrCodesByZbar([file])[0] ?? null
}

beforeAll(warmUpCodes)

describe('codes on pictures', () => {
  it.each([['a card', CARD], ['a separator sheet', separatorText('giay-chung-sinh')], ['a dossier code', 'H29.900-261123-0009'], ['the self-test sheet', SELF_TEST_TEXT]])('%s is read, letters and all', async (_what, text) => {
    const image = photograph(await qrModules(text), { module: 3, angle: 12, blur: 0.5, noise: 6, size: [700, 700] })
    const found = await readCodes(image)
    expect(found.map((code) => [code.text.normalize('NFC'), code.format])).toEqual([[text, 'QRCode']])
    expect(classifyScan(found[0]?.text ?? '').kind).not.toBe('unknown')
  })

  it('tell where they are, also when only the enlarged picture was read', async () => {
    const modules = await qrModules(CARD)
    for (const shot of [{ module: 4, angle: 0, blur: 0, noise: 0 }, { module: 2, angle: 0, blur: 0.8, noise: 12 }]) {
      const [found] = await readCodes(photograph(modules, { ...shot, size: [420, 420] }))
      const half = (modules.size * shot.module) / 2
      const [x = 0, y = 0] = found?.corners[0] ?? []
      expect(Math.hypot(x - (210 - half), y - (210 - half))).toBeLessThan(2 * shot.module)
    }
  })

  it('are not seen where there are none, nor in pictures of impossible sizes', async () => {
    expect(await readCodes({ width: 300, height: 300, data: new Uint8Array(90_000).fill(200) })).toEqual([])
    expect(await readCodes({ width: 300, height: 300, data: new Uint8Array(10) })).toEqual([])
    expect(await readCodes({ width: 50_000, height: 50_000, data: new Uint8Array(10) })).toEqual([])
    expect(await readCodes({ width: 0, height: 0, data: new Uint8Array(0) })).toEqual([])
  })

  it('never make the reader fail, whatever the picture', async () => {
    const picture = fc.record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 60 }), data: fc.uint8Array({ minLength: 3600, maxLength: 3600 }) })
    await fc.assert(fc.asyncProperty(picture, async (image) => Array.isArray(await readCodes(image))), { numRuns: 100 })
  })

  it.skipIf(!hasZbar())('are read more often than by zbar, on the same pictures', async () => {
    const modules = await qrModules(CARD)
    const folder = mkdtempSync(join(tmpdir(), 'motcua-shots-'))
    let [ours, once, theirs] = [0, 0, 0]
    const times: number[] = []
    for (const [index, shot] of GRID.entries()) {
      const image = photograph(modules, shot, index)
      const from = performance.now()
      const found = await readCodes(image, { formats: ['QRCode'], most: 1 })
      times.push(performance.now() - from)
      ours += found[0]?.text === CARD ? 1 : 0
      if (whole) once += (await readCodes(image, { formats: ['QRCode'], most: 1, secondTry: false }))[0]?.text === CARD ? 1 : 0
      theirs += byZbar(image, folder) === CARD ? 1 : 0
      // What is read is right, or nothing is.
      expect(found.every(({ text }) => text === CARD)).toBe(true)
    }
    rmSync(folder, { recursive: true })
    times.sort((one, other) => one - other)
    if (whole) console.log({ pictures: GRID.length, ours, once, theirs, medianMs: times[times.length >> 1], p95Ms: times[Math.floor(times.length * 0.95)] })
    expect(ours).toBeGreaterThan(theirs)
  }, 600_000)
})
