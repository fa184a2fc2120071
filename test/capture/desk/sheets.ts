import { separatorText } from '@contract/codes'
import { encodeJpeg, type Raster } from '../../../src-main/capture/pages'
import { newRaster } from '../../../src-main/capture/pages/raster'
import { toSVG } from 'bwip-js/node'
import { seeded } from '../../seeded'

const [WIDTH, HEIGHT, DPI] = [827, 1169, 100]

/** Strokes like writing, other ones by `seed`; A4 at 100 dpi. */
export function written(seed: number): Raster {
  const page = { ...newRaster(WIDTH, HEIGHT, 1, DPI) }
  page.data.fill(246)
  const roll = seeded(seed * 7919)
  for (let line = 0; line < 26; line += 1) {
    const y = 90 + line * 38
    for (let x = 80; x < WIDTH - 90; x += 6 + Math.floor(roll() * 14)) {
      const [tall, wide] = [6 + Math.floor(roll() * 14), 2 + Math.floor(roll() * 3)]
      if (roll() < 0.15) continue
      for (let v = 0; v < tall; v += 1) for (let u = 0; u < wide; u += 1) page.data[(y - v) * WIDTH + x + u] = 30
    }
  }
  return page
}

export function empty(): Raster {
  const page = newRaster(WIDTH, HEIGHT, 1, DPI)
  page.data.fill(246)
  return page
}

/** A sheet with the QR of a separator in its middle. */
export function separator(component: string | null): Raster {
  const page = empty()
  const drawn = toSVG({ bcid: 'qrcode', text: separatorText(component), scale: 1, padding: 8 })
  const dark = modulesOf(drawn)
  const side = dark.length
  const scale = Math.floor(400 / side)
  for (let y = 0; y < side * scale; y += 1) {
    for (let x = 0; x < side * scale; x += 1) page.data[(300 + y) * WIDTH + 200 + x] = dark[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true ? 20 : 246
  }
  return page
}

/** The library draws one path of rectangles, two units a module: filled by the even-odd rule of their left edges. */
function modulesOf(svg: string): boolean[][] {
  const units = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 0)
  const path = [...svg.matchAll(/d="([^"]+)"/g)].map(([, d]) => d).join('')
  const loops = path.split(/[Zz]/).map((loop) => [...loop.matchAll(/(-?\d+(?:\.\d+)?)[ ,](-?\d+(?:\.\d+)?)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)).filter((loop) => loop.length > 2)
  const inside = (px: number, py: number): boolean => loops.reduce((odd, loop) => loop.reduce((flag, [x, y], i) => {
    const [u, v] = loop[(i + 1) % loop.length] ?? [0, 0]
    return (y > py) !== (v > py) && px < ((u - x) * (py - y)) / (v - y) + x ? !flag : flag
  }, odd), false)
  return Array.from({ length: units / 2 }, (_, y) => Array.from({ length: units / 2 }, (__, x) => inside(x * 2 + 1, y * 2 + 1)))
}

export const jpeg = (page: Raster): Promise<Uint8Array> => encodeJpeg(page, 85)

/** Uncompressed grey pages one after the other in a TIFF. */
export function tiffOf(pages: readonly Raster[]): Uint8Array {
  const parts: Buffer[] = []
  let at = 8
  const places = pages.map(({ data }) => {
    const place = at
    at += data.length + (data.length % 2)
    parts.push(Buffer.from(data), Buffer.alloc(data.length % 2))
    return place
  })
  const first = at
  pages.forEach(({ width, height, data }, index) => {
    const tags: readonly (readonly [number, number])[] = [[256, width], [257, height], [258, 8], [259, 1], [262, 1], [273, places[index] ?? 0], [277, 1], [278, height], [279, data.length]]
    const directory = Buffer.alloc(2 + tags.length * 12 + 4)
    directory.writeUInt16LE(tags.length)
    tags.forEach(([tag, value], i) => {
      directory.writeUInt16LE(tag, 2 + i * 12)
      directory.writeUInt16LE(4, 4 + i * 12)
      directory.writeUInt32LE(1, 6 + i * 12)
      directory.writeUInt32LE(value, 10 + i * 12)
    })
    at += directory.length
    directory.writeUInt32LE(index + 1 < pages.length ? at : 0, directory.length - 4)
    parts.push(directory)
  })
  const head = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])
  head.writeUInt32LE(first, 4)
  return Buffer.concat([head, ...parts])
}
