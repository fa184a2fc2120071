import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { vietQr } from '@contract/vietqr'
import { codeParts } from '../../src-main/paperwork'

const SCALE = 4
type Point = readonly [number, number]

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer }, fireImmediately: true })
})

/** The corners of each part of a path of straight lines. */
const partsOf = (path: string): Point[][] => path.split('Z').filter((part) => part !== '').map((part) => [...part.matchAll(/[ML]\s*([\d.]+)[ ,]([\d.]+)/g)].map((match): Point => [Number(match[1]), Number(match[2])]))

/** How often the parts wind around a point: SVG fills where that is not 0. */
function winding(parts: readonly (readonly Point[])[], x: number, y: number): number {
  let turns = 0
  for (const part of parts) {
    part.forEach(([fromX, fromY], index) => {
      const [toX, toY] = part[(index + 1) % part.length] ?? [0, 0]
      if (fromX !== toX || fromX <= x) return
      if (fromY <= y && toY > y) turns += 1
      if (toY <= y && fromY > y) turns -= 1
    })
  }
  return turns
}

/** The picture as a screen fills the path, in grey values. */
function drawn({ size, path }: { size: number; path: string }): ImageData {
  const parts = partsOf(path)
  const dark = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => winding(parts, x + 0.5, y + 0.5) !== 0))
  const width = size * SCALE
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (dark[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] === true) data.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3)
    }
  }
  return { data, width, height: width, colorSpace: 'srgb' }
}

it.each([
  { bin: '970415', account: '0011001932418', amount: 120_000, purpose: 'ủng hộ lũ lụt' },
  { bin: '000000', account: '0000000000', amount: 15_000, purpose: 'Le phi ho so 3F9A12BC' },
  { bin: '970436', account: 'ABCDEFGH12345678901', amount: 99_999_999, purpose: 'x'.repeat(25) },
])('the QR of a transfer is read from the drawn path by ZXing, which has no part in drawing it: %j', async (transfer) => {
  const { qrPicture } = await codeParts()
  const text = vietQr(transfer)
  const found = await readBarcodes(drawn(qrPicture(text)), { formats: ['QRCode'], tryHarder: true })
  expect(found.map((code) => [code.text, code.ecLevel])).toEqual([[text, 'M']])
})
