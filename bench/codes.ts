import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import jsQR from 'jsqr'
import { type GreyImage, toGrey, toPgm } from '../src-preload/contract/code-image'
import { readCodes, warmUpCodes } from '../src-main/readers/barcode'
import { findCodes } from '../src-renderer/codes/find-codes'
import { DESKS, noisy, onDesk } from '../test/capture/pages/lib/degrade'
import { formPage } from '../test/capture/pages/lib/sheets'
import { CARD, photograph, qrModules, WHOLE_GRID } from '../test/devices/barcode/pictures'
import { hasZbar, qrCodesByZbar } from '../test/devices/barcode/zbar'
import type { Benchmark } from './lib/benchmark'
import { inTurn, timed } from './lib/measure'
import { inFolder } from './lib/places'
import { tell } from './lib/report'
import type { Figure } from './lib/result'

type Qr = Awaited<ReturnType<typeof qrModules>>
type Progress = (done: number) => void
type Reader = (image: GreyImage) => Promise<string | undefined>

const RUNS = 5
const WARM_UP = 1
const FRAME_RUNS = 3

/** What the camera sees: a sheet on the desk, and on it a card. A card's code has 3 pixels a module where the camera has a whole A4 in sight, more when the card is held up. */
const FRAME = { width: 2592, height: 1944 }
const CARD_SIDE = 420
const CARDS = [3, 4, 6].flatMap((module) => [0, 7, 33, 90].flatMap((angle) => [0.5, 0.8].map((blur) => ({ module, angle, blur, noise: 0, size: [CARD_SIDE, CARD_SIDE] as const }))))
const CARD_AT = { x: 1_500, y: 1_000 }

/** As the window reads a frame of the camera, and as the core reads a scanned page. */
const live: Reader = async (image) => (await findCodes(image, true))[0]?.text
const scanned: Reader = async (image) => (await readCodes(image, { formats: ['QRCode'], secondTry: false }))[0]?.text

const rgbaOf = ({ width, height, data }: GreyImage): Uint8ClampedArray => {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  data.forEach((value, index) => rgba.fill(value, index * 4, index * 4 + 3))
  return rgba
}

/** @returns on how many pictures the card's text is read, letter by letter */
async function hits(read: Reader, images: readonly GreyImage[]): Promise<number> {
  let right = 0
  for (const image of images) if ((await read(image)) === CARD) right += 1
  return right
}

/** Milliseconds and hits of jsQR, which takes minutes: once. Without its second look for white on black. */
async function byJsqr(images: readonly GreyImage[]): Promise<{ right: number; ms: number }> {
  let [right, ms] = [0, 0]
  for (const image of images) {
    const rgba = rgbaOf(image)
    ms += await timed(() => {
      if (jsQR(rgba, image.width, image.height, { inversionAttempts: 'dontInvert' })?.data === CARD) right += 1
    })
  }
  return { right, ms }
}

async function grid(card: Qr, folder: string, progress: Progress): Promise<Figure[]> {
  if (!hasZbar()) {
    tell('codes: no hit rate and no time without zbar: apt-get install zbar-tools')
    return []
  }
  const images = WHOLE_GRID.map((shot, index) => photograph(card, shot, index))
  const files = await Promise.all(images.map(async (image, index) => {
    const file = join(folder, `${String(index).padStart(3, '0')}.pgm`)
    await writeFile(file, toPgm(image))
    return file
  }))
  const found = { live: await hits(live, images), scanned: await hits(scanned, images), zbar: qrCodesByZbar(files).filter((text) => text === CARD).length }
  // All files by one process, so that its start counts once.
  const { ours, zbar } = await inTurn({ warmUp: WARM_UP, runs: RUNS }, {
    ours: () => timed(() => hits(live, images)), zbar: () => timed(() => qrCodesByZbar(files)),
  }, progress)
  const jsqr = await byJsqr(images)
  tell(`codes: of ${images.length} pictures the window reads ${found.live}, the core ${found.scanned}, zbar ${found.zbar}, jsQR ${jsqr.right} (${(jsqr.ms / images.length).toFixed(0)} ms each)`)
  const share = (right: number): readonly number[] => [(100 * right) / images.length]
  const each = (times: readonly number[]): readonly number[] => times.map((ms) => ms / images.length)
  const best = share(Math.max(found.zbar, jsqr.right))
  return [
    { name: 'codes (hit rate)', unit: '%', subject: share(found.live), floor: best, target: { of: 'ratio', above: 1 } },
    { name: 'codes (hit rate, scans)', unit: '%', subject: share(found.scanned), floor: best, target: { of: 'ratio', above: 1 } },
    { name: 'codes (time)', unit: 'ms', subject: each(ours), floor: each(zbar), target: { of: 'ratio', atMost: 1.25 } },
  ]
}

/** A frame as a canvas gives it, with the card laid on. */
function framed(scene: Uint8Array, card: GreyImage): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(FRAME.width * FRAME.height * 4).fill(255)
  for (let pixel = 0; pixel < FRAME.width * FRAME.height; pixel += 1) for (let c = 0; c < 3; c += 1) rgba[pixel * 4 + c] = scene[pixel * 3 + c] ?? 0
  for (let y = 0; y < card.height; y += 1) {
    for (let x = 0; x < card.width; x += 1) rgba.fill(card.data[y * card.width + x] ?? 0, ((CARD_AT.y + y) * FRAME.width + CARD_AT.x + x) * 4, ((CARD_AT.y + y) * FRAME.width + CARD_AT.x + x) * 4 + 3)
  }
  return rgba
}

/** Frames of 5 million pixels, from the canvas's pixels to the code. One on which the card is not read counts as never. */
async function frames(card: Qr, progress: Progress): Promise<Figure> {
  const quad = [{ x: 320, y: 130 }, { x: 2_300, y: 90 }, { x: 2_420, y: 1_840 }, { x: 210, y: 1_800 }] as const
  const scene = noisy(onDesk(await formPage(1, 150), FRAME, quad, DESKS.brown), 4)
  const times: number[] = []
  for (const [index, shot] of CARDS.entries()) {
    const rgba = framed(scene.data, photograph(card, { ...shot, noise: 4 }, index))
    for (let run = -WARM_UP; run < FRAME_RUNS; run += 1) {
      let text: string | undefined
      const ms = await timed(async () => (text = await live(toGrey(FRAME.width, FRAME.height, rgba))))
      if (run >= 0) times.push(text === CARD ? ms : Number.POSITIVE_INFINITY)
    }
    progress(index + 1)
  }
  const unread = times.filter((ms) => !Number.isFinite(ms)).length
  if (unread > 0) tell(`codes: the card is not read on ${unread} of ${times.length} frames`)
  return { name: 'codes (camera frame)', unit: 'ms', subject: times, floor: null, target: { of: 'p95', atMost: 60 } }
}

/** QR codes on pictures that are turned, blurred, noisy and small, by the window's way, zbar and jsQR; and on the camera's frames. */
export const codesBenchmark: Benchmark = {
  name: 'codes',
  run: (progress) => inFolder(async (folder) => {
    await warmUpCodes()
    const card = await qrModules(CARD)
    return [...(await grid(card, folder, progress)), await frames(card, progress)]
  }),
}
