import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Pixels } from './bmp'

/** The parts of OpenJPEG's WebAssembly build that are used. */
type Decoder = Readonly<{
  getEncodedBuffer: (length: number) => Uint8Array
  decode: () => void
  getFrameInfo: () => { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned: boolean }
  getDecodedBuffer: () => Uint8Array
  delete: () => void
}>
type OpenJpeg = Readonly<{ J2KDecoder: new () => Decoder; HEAPU8: Uint8Array }>
type Factory = (options: Readonly<Record<string, unknown>>) => Promise<OpenJpeg>

/** Memory that an instance may keep for the next portrait; WebAssembly memory only grows. */
const KEPT_BYTES = 96 * 1024 * 1024

let loaded: Promise<OpenJpeg> | null = null

/** The package stays beside the bundle: its WebAssembly is read from there, from inside the asar as well. */
async function load(): Promise<OpenJpeg> {
  const require = createRequire(import.meta.url)
  const create = require('@cornerstonejs/codec-openjpeg/decodewasmjs') as Factory
  const wasmBinary = await readFile(require.resolve('@cornerstonejs/codec-openjpeg/decodewasm'))
  const silent = (): void => undefined
  return create({ wasmBinary, print: silent, printErr: silent })
}

/** Loads the decoder ahead of the first portrait, which is 10–20 ms sooner then. */
export const warmUpDecoder = async (): Promise<void> => {
  loaded ??= load()
  await loaded
}

/** Decodes a JPEG 2000 image of 8 bits. Anything that goes wrong inside is thrown as it comes; the instance is not used again. */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<Pixels> {
  loaded ??= load()
  const instance = loaded
  try {
    const openJpeg = await instance
    const decoder = new openJpeg.J2KDecoder()
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const { width, height, componentCount: components } = decoder.getFrameInfo()
    const data = decoder.getDecodedBuffer().slice()
    decoder.delete()
    if (openJpeg.HEAPU8.length > KEPT_BYTES) loaded = null
    return { width, height, components, data }
  } catch (error) {
    if (loaded === instance) loaded = null
    throw error
  }
}
