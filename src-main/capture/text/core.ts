import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { LANGUAGE, variables } from './settings'
import type { Job } from './types'

// Only these three files of two packages are used; a wrapper around them would look for a core and data on the network.
const CORE = 'tesseract.js-core/tesseract-core-simd-lstm.js'
const CORE_WASM = 'tesseract.js-core/tesseract-core-simd-lstm.wasm'
const DATA = '@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz'

const LSTM_ONLY = 1
/** Where the core looks for the picture. */
const INPUT = '/input'

/** The parts of Tesseract's WebAssembly build that are used. */
type Api = Readonly<{
  Init: (dataPath: null, language: string, mode: number) => number
  SetVariable: (name: string, value: string) => boolean
  /** Reads the file at INPUT. */
  SetImageFile: (exif: number, angle: number) => number
  Recognize: (monitor: null) => number
  GetTSVText: (page: number) => string
  Clear: () => void
}>
type Tesseract = Readonly<{ TessBaseAPI: new () => Api; FS: { writeFile: (path: string, data: Uint8Array) => void; unlink: (path: string) => void } }>
type Instantiate = (imports: WebAssembly.Imports, taken: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => object
type Factory = (options: Readonly<{ instantiateWasm: Instantiate; print: () => void; printErr: () => void; TesseractProgress: () => void }>) => Promise<Tesseract>

export type Core = Readonly<{
  /** Tesseract's TSV of a page. Stands the thread still while it reads. Whatever goes wrong inside is thrown as it comes; the core is not used again then. */
  recognise(job: Job): string
  /** Bytes of WebAssembly memory, which only grows. */
  memory(): number
}>

const silent = (): void => undefined

async function instance(): Promise<Readonly<{ tesseract: Tesseract; memory: () => number }>> {
  const require = createRequire(import.meta.url)
  const create = require(CORE) as Factory
  const compiled = await WebAssembly.compile(await readFile(require.resolve(CORE_WASM)))
  let memory: WebAssembly.Memory | undefined
  let failed: (cause: unknown) => void = silent
  const broken = new Promise<never>((_resolve, reject) => (failed = reject))
  const made = create({
    instantiateWasm: (imports, taken) => {
      WebAssembly.instantiate(compiled, imports).then((instantiated) => {
        memory = Object.values(instantiated.exports).find((item) => item instanceof WebAssembly.Memory)
        taken(instantiated, compiled)
      }, failed)
      return {}
    },
    print: silent, printErr: silent, TesseractProgress: silent,
  })
  return { tesseract: await Promise.race([made, broken]), memory: () => memory?.buffer.byteLength ?? 0 }
}

/** Loads core and language data from beside the program: 50–100 ms. Nothing is fetched, nothing is written. */
export async function loadCore(): Promise<Core> {
  const require = createRequire(import.meta.url)
  const [{ tesseract, memory }, data] = await Promise.all([instance(), readFile(require.resolve(DATA)).then(promisify(gunzip))])
  tesseract.FS.writeFile(`./${LANGUAGE}.traineddata`, data)
  const api = new tesseract.TessBaseAPI()
  if (api.Init(null, LANGUAGE, LSTM_ONLY) !== 0) throw new Error('init')
  return {
    memory,
    recognise: ({ picture, dpi, purpose }) => {
      for (const [name, value] of Object.entries(variables(purpose, dpi))) api.SetVariable(name, value)
      tesseract.FS.writeFile(INPUT, picture)
      try {
        if (api.SetImageFile(1, 0) !== 0) throw new Error('picture')
        if (api.Recognize(null) !== 0) throw new Error('recognise')
        return api.GetTSVText(0)
      } finally {
        api.Clear()
        tesseract.FS.unlink(INPUT)
      }
    },
  }
}
