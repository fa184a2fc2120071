import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import type { GreyImage } from '@contract/code-image'
import { seeded } from '../../seeded'

type Module = Readonly<{ size: number; dark: (x: number, y: number) => boolean }>
export type Shot = Readonly<{ module: number; angle: number; blur: number; noise: number; size: readonly [width: number, height: number] }>

/** Modules of a QR, error correction M. */
export async function qrModules(text: string): Promise<Module> {
  const wasmBinary = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode', ecLevel: 'M' })
  if (error !== '') throw new Error(error)
  const { width, data } = symbol
  return { size: width, dark: (x, y) => x >= 0 && y >= 0 && x < width && y < width && data[y * width + x] === 0 }
}

/** An invented card's QR: version 7, 45 modules. */
export const CARD = '079099001234|025123456|Nguyễn Văn A|01011999|Nam|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM|05052021'

type Spans = Readonly<{ modules: readonly number[]; angles: readonly number[]; blurs: readonly number[]; noises: readonly number[]; size: Shot['size'] }>
/** Every way of going wrong with every other. */
const gridOf = ({ modules, angles, blurs, noises, size }: Spans): readonly Shot[] =>
  modules.flatMap((module) => angles.flatMap((angle) => blurs.flatMap((blur) => noises.map((noise): Shot => ({ module, angle, blur, noise, size })))))

/** All of `devices.md` C.1: 192 pictures, many of them hopeless on purpose. */
export const WHOLE_GRID = gridOf({ modules: [2, 3, 4, 6], angles: [0, 7, 33, 90], blurs: [0, 0.8, 1.4, 2], noises: [0, 12, 30], size: [900, 600] })
/** A part of it that keeps a test short. */
export const SMALL_GRID = gridOf({ modules: [2, 3], angles: [7, 33], blurs: [0, 0.8, 1.4], noises: [0, 12], size: [420, 420] })

const STEPS = 3

/** A photograph of a QR in the middle of a grey page: turned, blurred (Gaussian, sigma in pixels), with noise (sigma in grey levels). */
export function photograph(code: Module, { module, angle, blur, noise, size: [width, height] }: Shot, seed = 1): GreyImage {
  const picture = new Float32Array(width * height).fill(235)
  const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
  const half = code.size / 2
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let dark = 0
      // Each pixel gathers light over its area.
      for (let step = 0; step < STEPS * STEPS; step += 1) {
        const dx = x + ((step % STEPS) + 0.5) / STEPS - width / 2
        const dy = y + (Math.floor(step / STEPS) + 0.5) / STEPS - height / 2
        if (code.dark(Math.floor((dx * cos + dy * sin) / module + half), Math.floor((-dx * sin + dy * cos) / module + half))) dark += 1
      }
      if (dark > 0) picture[y * width + x] = 235 - (205 * dark) / (STEPS * STEPS)
    }
  }
  const blurred = blur > 0 ? gauss(picture, width, height, blur) : picture
  const random = seeded(seed)
  const data = new Uint8Array(width * height)
  for (let index = 0; index < data.length; index += 1) {
    const bell = noise > 0 ? Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random()) * noise : 0
    data[index] = Math.max(0, Math.min(255, Math.round((blurred[index] ?? 0) + bell)))
  }
  return { width, height, data }
}

function gauss(picture: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const pass = (from: Float32Array, step: number, along: (index: number) => number, most: number): Float32Array => {
    const to = new Float32Array(from.length)
    for (let index = 0; index < from.length; index += 1) {
      const here = along(index)
      let sum = 0
      for (let k = -reach; k <= reach; k += 1) sum += (weights[k + reach] ?? 0) * (from[index + (Math.max(0, Math.min(most, here + k)) - here) * step] ?? 0)
      to[index] = sum / total
    }
    return to
  }
  return pass(pass(picture, 1, (index) => index % width, width - 1), width, (index) => Math.floor(index / width), height - 1)
}
