import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { badImage, DPI, refuseSize } from '../limits'
import { flipped, turned } from '../turn'
import type { Raster } from '../raster'
import { readJpegHeader } from './jpeg-header'

/** The parts of libjpeg-turbo's WebAssembly build that are used. */
type Frame = { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned: boolean }
type Decoder = Readonly<{
  getEncodedBuffer: (length: number) => Uint8Array
  decode: () => void
  getFrameInfo: () => Frame
  getDecodedBuffer: () => Uint8ClampedArray
  delete: () => void
}>
type Encoder = Readonly<{
  getDecodedBuffer: (frame: Frame) => Uint8Array
  setProgressive: (on: 0 | 1) => void
  setQuality: (quality: number) => void
  setSubSampling: (kind: number) => void
  encode: () => void
  getEncodedBuffer: () => Uint8ClampedArray
  delete: () => void
}>
type Turbo = Readonly<{ JPEGDecoder: new () => Decoder; JPEGEncoder: new () => Encoder; HEAPU8: Uint8Array }>
type Factory = (options: Readonly<Record<string, unknown>>) => Promise<Turbo>

/** Memory that an instance may keep for the next page; WebAssembly memory only grows. A colour page of A4 at 300 dpi needs 210 MB both ways. */
const KEPT_BYTES = 256 * 1024 * 1024
const SUBSAMPLING_420 = 2
const LEAST_SIDE = 16

let loaded: Promise<Turbo> | null = null

async function load(): Promise<Turbo> {
  const require = createRequire(import.meta.url)
  const create = require('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs') as Factory
  const wasmBinary = await readFile(require.resolve('@cornerstonejs/codec-libjpeg-turbo-8bit/wasm'))
  const silent = (): void => undefined
  return create({ wasmBinary, print: silent, printErr: silent })
}

/** Runs with the shared instance; one that failed inside or grew too large is not used again. */
async function withTurbo<T>(act: (turbo: Turbo) => T): Promise<T> {
  loaded ??= load()
  const instance = loaded
  const forget = (): void => {
    if (loaded === instance) loaded = null
  }
  try {
    const turbo = await instance
    const result = act(turbo)
    if (turbo.HEAPU8.length > KEPT_BYTES) forget()
    return result
  } catch (error) {
    forget()
    throw error
  }
}

/** Loads the codec ahead of the first page. */
export const warmUpJpeg = async (): Promise<void> => withTurbo(() => undefined)

const bytesOf = (array: Uint8ClampedArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.length)

/**
 * A JPEG as pixels, turned as its Exif block says. 70 ms for A4 at 300 dpi in colour, 30 ms in grey.
 * @param dpi where the file does not tell
 * @throws AppError QT-011 for a broken or cut-off file, QT-013 beyond 150 million pixels (before decoding)
 */
export async function decodeJpeg(bytes: Uint8Array, dpi: number = DPI.assumed): Promise<Raster> {
  const header = readJpegHeader(bytes)
  const raster = await withTurbo((turbo): Raster => {
    const decoder = new turbo.JPEGDecoder()
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const { width, height, componentCount } = decoder.getFrameInfo()
    const data = bytesOf(decoder.getDecodedBuffer())
    decoder.delete()
    return { width, height, channels: componentCount === 1 ? 1 : 3, data, dpi: header.dpi ?? dpi }
  }).catch((error: unknown) => {
    throw badImage('jpeg-data', error)
  })
  if (raster.data.length !== header.width * header.height * raster.channels) throw badImage('jpeg-size')
  return turned(header.mirrored ? flipped(raster) : raster, header.turns)
}

/**
 * What the encoder must be told so that its buffer takes the worst case: it makes one of width × height × components × bytes a sample,
 * and libjpeg-turbo writes up to tjBufSize() bytes into it unasked. In bits a sample, which the binding keeps in one byte. Colour of
 * middling quality cannot need more than its own 24 bits a pixel (a block's energy is bounded, and divided by the quantiser), which
 * spares 50 MB a page.
 */
function roomFor({ width, height, channels }: Raster, quality: number): number {
  if (channels === 3 && quality <= 90 && width * height >= 1_000_000) return 8
  const worst = (Math.ceil(width / 16) * 16 * (Math.ceil(height / 16) * 16)) * (channels === 1 ? 2 : 3) + 2_048
  return Math.ceil(worst / (width * height * channels)) * 8
}

/** Writes the resolution into the JFIF block that libjpeg-turbo puts first. */
function stampDpi(jpeg: Uint8Array, dpi: number): void {
  if (jpeg[2] !== 0xff || jpeg[3] !== 0xe0) return
  const view = new DataView(jpeg.buffer, jpeg.byteOffset)
  view.setUint8(13, 1)
  view.setUint16(14, Math.round(dpi))
  view.setUint16(16, Math.round(dpi))
}

/**
 * Pixels as a JPEG: baseline, or progressive (a tenth to a quarter smaller, twice the time); colour at half the resolution (4:2:0).
 * 90–140 ms for A4 at 300 dpi.
 * @throws AppError QT-011 for less than 16 pixels a side or when the codec fails, QT-013 beyond 150 million pixels
 */
export async function encodeJpeg(image: Raster, quality: number, { progressive = false } = {}): Promise<Uint8Array> {
  // Below that the encoder's buffer cannot be made large enough by the means above.
  if (Math.min(image.width, image.height) < LEAST_SIDE) throw badImage('small')
  refuseSize(image.width, image.height)
  return withTurbo((turbo) => {
    const encoder = new turbo.JPEGEncoder()
    const { width, height, channels } = image
    encoder.getDecodedBuffer({ width, height, componentCount: channels, bitsPerSample: roomFor(image, quality), isSigned: false }).set(image.data)
    encoder.setProgressive(progressive ? 1 : 0)
    encoder.setQuality(quality)
    encoder.setSubSampling(SUBSAMPLING_420)
    encoder.encode()
    const jpeg = bytesOf(encoder.getEncodedBuffer())
    encoder.delete()
    stampDpi(jpeg, image.dpi)
    return jpeg
  }).catch((error: unknown) => {
    throw badImage('jpeg-encode', error)
  })
}
