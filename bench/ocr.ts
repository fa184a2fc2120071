import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createTextReader, type TextReader } from '../src-main/capture/text'
import type { Grey } from '../src-main/capture/pages/raster'
import { pdfOf, pictureOf } from '../test/capture/text/pages'
import { SENTENCES } from '../test/capture/text/samples'
import type { Benchmark } from './lib/benchmark'
import { inTurn, timed } from './lib/measure'
import { projectRoot } from './lib/places'

const RUNS = 9
const WARM_UP = 2
const START_RUNS = 5
const MB = 1024 * 1024

/** A4 at 300 dpi with some 330 words, a table among them. */
async function fullPage(): Promise<Grey> {
  const lines = [...SENTENCES, ...SENTENCES.slice(2), ...SENTENCES.slice(2), ...SENTENCES.slice(2)].map((text) => ({ text, margin: [0, 1] as [number, number] }))
  const rows = SENTENCES.slice(2, 6).map((text, index) => [String(index + 1), text, '01'])
  return pictureOf(await pdfOf({ width: 595, height: 842, margin: 50, content: [...lines, { table: { widths: ['auto', '*', 'auto'], body: [['STT', 'Tên giấy tờ', 'Số lượng'], ...rows] } }] }), 300)
}

async function startOf(workerFile: URL): Promise<number> {
  const reader = createTextReader({ workerFile, engine: 'packaged' })
  const took = await timed(() => reader.warm())
  await reader.close()
  return took
}

/** Memory of this process above what it was before, with the reader's thread after a page. The page itself is not counted. */
async function memoryOf(workerFile: URL, page: Grey): Promise<number> {
  const before = process.memoryUsage().rss
  const reader = createTextReader({ workerFile, engine: 'packaged' })
  await reader.read(page)
  const taken = (process.memoryUsage().rss - before) / MB
  await reader.close()
  return taken
}

/** The packaged engine in its built thread, against the machine's Tesseract on the same page, from the pixels to the words with their boxes. */
export const ocrBenchmark: Benchmark = {
  name: 'ocr',
  run: async (progress) => {
    const file = join(projectRoot, 'out/main/reading.js')
    if (!existsSync(file)) throw new Error('the app is not built: npm run build')
    const workerFile = pathToFileURL(file)
    const page = await fullPage()
    const memory = [await memoryOf(workerFile, page)]
    const start: number[] = []
    for (let run = 0; run < START_RUNS; run += 1) start.push(await startOf(workerFile))
    const packaged = createTextReader({ workerFile, engine: 'packaged' })
    const system = createTextReader({ engine: 'system' })
    if ((await system.engine()) === null) throw new Error('no system tesseract with Vietnamese: apt-get install tesseract-ocr tesseract-ocr-vie')
    const by = (reader: TextReader) => (): Promise<number> => timed(() => reader.read(page))
    const { ours, theirs } = await inTurn({ warmUp: WARM_UP, runs: RUNS }, { ours: by(packaged), theirs: by(system) }, progress)
    await Promise.all([packaged.close(), system.close()])
    return [
      { name: 'ocr', unit: 'ms', subject: ours, floor: theirs, target: { of: 'ratio', atMost: 1.6 } },
      { name: 'ocr (start)', unit: 'ms', subject: start, floor: null, target: { of: 'median', atMost: 400 } },
      { name: 'ocr (memory)', unit: 'MB', subject: memory, floor: null, target: { of: 'median', atMost: 200 } },
    ]
  },
}
