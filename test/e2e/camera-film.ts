import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type RenderOptions, toBuffer } from 'bwip-js/node'
import { decodeImage } from '../../src-main/capture/pages/codecs/decode'
import { newRaster, type Quad, type Raster, toGrey } from '../../src-main/capture/pages/raster'
import { DESKS, onDesk } from '../capture/pages/lib/degrade'

/** What Chromium's played camera shows: pictures one after the other, over and over. */
export const FILM = { width: 2048, height: 1536, fps: 2 } as const

const scans = join(import.meta.dirname, '..', '..', 'resources', 'practice', 'scans')

/** An invented paper as it was scanned. */
export const paper = async (name: '4-trich-luc-ket-hon.jpg' | '5-to-khai-cu-tru.jpg'): Promise<Raster> => decodeImage(readFileSync(join(scans, name)))

/** Where a page lies in the picture, a little askew; moved by some pixels to the right and down. */
export const corners = (right = 0, down = 0): Quad => [
  { x: 520 + right, y: 70 + down }, { x: 1480 + right, y: 100 + down }, { x: 1500 + right, y: 1455 + down }, { x: 500 + right, y: 1430 + down },
]

export const desk = (): Raster => onDesk(newRaster(8, 8, 3, 0), FILM, [{ x: -90, y: -90 }, { x: -82, y: -90 }, { x: -82, y: -82 }, { x: -90, y: -82 }], DESKS.brown)
export const lying = (page: Raster, at: Quad = corners()): Raster => onDesk(page, FILM, at, DESKS.brown)

/** The picture with a QR code in it, its upper left at a place, so many pixels a module, with its quiet zone. */
export async function withQr(picture: Raster, text: string, at: Readonly<{ x: number; y: number }>, module = 4): Promise<Raster> {
  const png = await toBuffer({ bcid: 'qrcode', text, scale: module, padding: 4, backgroundcolor: 'FFFFFF' } satisfies RenderOptions)
  const code = toGrey(await decodeImage(png))
  const data = Uint8Array.from(picture.data)
  for (let y = 0; y < code.height; y += 1) {
    for (let x = 0; x < code.width; x += 1) {
      const to = ((at.y + y) * picture.width + at.x + x) * 3
      // Ink and paper in a room, not on a screen.
      data.fill(20 + ((code.data[y * code.width + x] ?? 0) * 225) / 255, to, to + 3)
    }
  }
  return { ...picture, data }
}

/** One picture as planes of brightness and colour (BT.601, the colour at half the size). */
function planes({ width, height, data }: Raster): Buffer {
  const out = Buffer.alloc((width * height * 3) / 2)
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))
  for (let i = 0, at = 0; i < width * height; i += 1, at += 3) {
    out[i] = clamp(16 + 0.257 * (data[at] ?? 0) + 0.504 * (data[at + 1] ?? 0) + 0.098 * (data[at + 2] ?? 0))
  }
  for (let y = 0, u = width * height; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, u += 1) {
      const at = (y * width + x) * 3
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
      out[u] = clamp(128 - 0.148 * r - 0.291 * g + 0.439 * b)
      out[u + (width * height) / 4] = clamp(128 + 0.439 * r - 0.368 * g - 0.071 * b)
    }
  }
  return out
}

/** Writes a film: each picture for so many seconds. */
export function writeFilm(file: string, scenes: readonly (readonly [picture: Raster, seconds: number])[]): void {
  const to = openSync(file, 'w')
  try {
    writeSync(to, `YUV4MPEG2 W${String(FILM.width)} H${String(FILM.height)} F${String(FILM.fps)}:1 Ip A1:1 C420jpeg\n`)
    for (const [picture, seconds] of scenes) {
      const frame = planes(picture)
      for (let i = 0; i < seconds * FILM.fps; i += 1) {
        writeSync(to, 'FRAME\n')
        writeSync(to, frame)
      }
    }
  } finally {
    closeSync(to)
  }
}

/** Switches of the window that plays the film instead of a camera. */
export const filmSwitches = (file: string): string[] => ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]
