import type { Box } from '../pages/raster'
import { cancelled, engineFailed, isCancelled, isTooSlow, noEngine, tooSlow } from './failures'
import { createPackagedEngine } from './packaged-engine'
import { crop, pictureOf, within } from './picture'
import { createSystemEngine, probeTesseract } from './system-engine'
import { parseTsv } from './tsv'
import type { Engine, EngineName, PageImage, PageText, Purpose } from './types'

/** `auto`: the machine's Tesseract where it reads Vietnamese, else the packaged one. */
export type EngineChoice = 'auto' | EngineName

export type TextReaderDeps = Readonly<{
  /** The bundled `ocr-worker.ts`; without it only the machine's Tesseract can read. */
  workerFile?: URL
  engine?: EngineChoice
  /** Path of the machine's Tesseract, where it is not to be looked for. */
  program?: string
  /** Milliseconds a page may take. */
  limitMs?: number
  idleMs?: number
  log?: (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void
}>

export type ReadOptions = Readonly<{
  purpose?: Purpose
  /** Only this part of the page, in its pixels; boxes come back in pixels of the page. */
  area?: Box
  signal?: AbortSignal
}>

export type TextReader = Readonly<{
  /** Which engine reads first, null when none is there. */
  engine(): Promise<EngineName | null>
  /**
   * Reads a page; one at a time, in the order of the calls. Give a function for the image where many pages wait: it is called when its turn comes.
   * @throws AppError QT-012 when cancelled, QT-017 without an engine, QT-018 over the time limit, for too many pixels, or when every engine failed
   */
  read(image: PageImage | (() => Promise<PageImage>), options?: ReadOptions): Promise<PageText>
  /** Loads the packaged engine ahead of the first page. */
  warm(): Promise<void>
  close(): Promise<void>
}>

const PAGE_LIMIT_MS = 60_000
/** Failures in a row after which the machine's Tesseract is not asked any more. */
const MOST_FAILURES = 2

type Found = Readonly<{ system: Engine | null; packaged: Engine | null }>

async function findEngines({ workerFile, engine = 'auto', program, idleMs }: TextReaderDeps): Promise<Found> {
  const probed = engine === 'packaged' ? null : await probeTesseract(program)
  const packaged = engine === 'system' || !workerFile ? null : createPackagedEngine({ workerFile, ...(idleMs === undefined ? {} : { idleMs }) })
  return { system: probed && createSystemEngine(probed), packaged }
}

/** Runs an act under a time limit and the caller's signal; both end it through one signal. */
async function limited<T>(limitMs: number, signal: AbortSignal | undefined, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  const timer = setTimeout(end, limitMs)
  signal?.addEventListener('abort', end, { once: true })
  try {
    if (signal?.aborted === true) throw cancelled()
    return await act(ending.signal)
  } catch (error) {
    throw isCancelled(error) && signal?.aborted !== true ? tooSlow() : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

/** Reads what stands on pages, offline: by the machine's Tesseract or by the packaged one. */
export function createTextReader(deps: TextReaderDeps): TextReader {
  const { limitMs = PAGE_LIMIT_MS, log = () => undefined } = deps
  let found: Promise<Found> | undefined
  let failures = 0
  let line: Promise<unknown> = Promise.resolve()
  const closing = new AbortController()

  async function engines(): Promise<Engine[]> {
    const { system, packaged } = await (found ??= findEngines(deps))
    const usable = failures < MOST_FAILURES || packaged === null ? [system, packaged] : [packaged]
    return usable.filter((engine) => engine !== null)
  }

  async function readBy(engine: Engine, image: PageImage, { purpose = 'page', area, signal }: ReadOptions): Promise<PageText> {
    const box = area && within(area, image)
    const begun = performance.now()
    const picture = await pictureOf(box ? crop(image, box) : image)
    const tsv = await limited(limitMs, signal, (ending) => engine.recognise({ picture: picture.bytes, dpi: picture.dpi, purpose }, ending))
    const { width, height, dpi } = image
    const lines = parseTsv(tsv, { width, height, scale: picture.scale, x: box?.x ?? 0, y: box?.y ?? 0 })
    const words = lines.flatMap((one) => one.words)
    const confidence = words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length
    log('text.read', { engine: engine.name, purpose, words: words.length, ms: Math.round(performance.now() - begun) })
    return { width, height, dpi, language: engine.language(purpose), engine: engine.name, lines, text: lines.map(({ text }) => text).join('\n'), confidence }
  }

  async function readNow(image: PageImage | (() => Promise<PageImage>), options: ReadOptions): Promise<PageText> {
    if (options.signal?.aborted === true) throw cancelled()
    const list = await engines()
    if (list.length === 0) throw noEngine()
    const page = typeof image === 'function' ? await image() : image
    let last: unknown
    for (const engine of list) {
      try {
        const text = await readBy(engine, page, options)
        if (engine.name === 'system') failures = 0
        return text
      } catch (error) {
        // A page that took one engine too long would take the other longer.
        if (isCancelled(error) || isTooSlow(error)) throw error
        if (engine.name === 'system') failures += 1
        log('text.engine-failed', { engine: engine.name, failures })
        last = error
      }
    }
    throw last instanceof Error ? last : engineFailed('unknown')
  }

  return {
    engine: async () => (await engines())[0]?.name ?? null,
    read: (image, options = {}) => {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal
      const turn = line.then(() => readNow(image, { ...options, signal }))
      line = turn.catch(() => undefined)
      return untilCancelled(turn, signal)
    },
    warm: async () => {
      const [first] = await engines()
      await first?.warm()
    },
    close: async () => {
      closing.abort()
      await line
      for (const engine of await engines()) await engine.close()
    },
  }
}

/** A page that still waits for its turn is given up at once when it is cancelled. */
function untilCancelled<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(cancelled())
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
