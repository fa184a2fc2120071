import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createPages, type Pages, USUAL_WISH } from '../src-main/capture/pages'
import { type PdfPage, writePdf } from '../src-main/capture/pdf'
import type { Benchmark } from './lib/benchmark'
import { feederInElectron } from './lib/feeder'
import { inTurn, timed } from './lib/measure'
import { inFolder, projectRoot } from './lib/places'
import { pileOfScans, scanOf, sheetOnGlass } from './lib/scans'

const RUNS = 15
const WARM_UP = 2
const PDF_RUNS = 30
const MANY = 50
const FEEDER_RUNS = 3
const MB = 1024 * 1024

/** The same sheet as text and with a seal. */
async function scans(folder: string): Promise<{ text: string; seal: string }> {
  const files = { text: join(folder, 'text.jpg'), seal: join(folder, 'seal.jpg') }
  const sheet = await sheetOnGlass(1)
  await writeFile(files.text, await scanOf(sheet))
  await writeFile(files.seal, await scanOf(sheet, { seal: true }))
  return files
}

/** From the call, with the file on the disk, to the thumbnail and to the page. */
async function once(pages: Pages, file: string): Promise<{ thumbnail: number; page: number }> {
  const begun = performance.now()
  let thumbnail = Number.NaN
  await pages.page({ source: { file }, page: 0, dpi: 300 }, USUAL_WISH, { progress: () => (thumbnail = performance.now() - begun) })
  return { thumbnail, page: performance.now() - begun }
}

/** Memory of this process above what it was before the thread, at its peak over the first half of the pages and over the second. */
async function memoryOf(workerFile: URL, files: readonly string[]): Promise<{ peak: number; growth: number }> {
  const before = process.memoryUsage().rss
  const pages = createPages({ workerFile })
  const peaks = { first: 0, later: 0 }
  for (let page = 0; page < MANY; page += 1) {
    await once(pages, files[page % files.length] ?? '')
    const taken = (process.memoryUsage().rss - before) / MB
    if (page < MANY / 2) peaks.first = Math.max(peaks.first, taken)
    else peaks.later = Math.max(peaks.later, taken)
  }
  await pages.close()
  return { peak: Math.max(peaks.first, peaks.later), growth: peaks.later - peaks.first }
}

/** Five JPEG scans from the disk into the pieces of a PDF, as whoever stores it takes them, against reading them alone. */
async function toPdf(folder: string, file: string, progress: (done: number) => void): Promise<{ subject: number[]; floor: number[] }> {
  const files = await Promise.all([1, 2, 3, 4, 5].map(async (number) => {
    const name = join(folder, `scan-${String(number)}.jpg`)
    await writeFile(name, await readFile(file))
    return name
  }))
  async function* pages(): AsyncGenerator<PdfPage> {
    for (const name of files) yield { bytes: await readFile(name), dpi: null, turns: 0 }
  }
  return inTurn({ warmUp: WARM_UP, runs: PDF_RUNS }, {
    subject: () => timed(async () => {
      const pieces: Uint8Array[] = []
      await writePdf(pages(), { title: 'Năm trang', now: new Date() }, async (piece) => void pieces.push(piece))
    }),
    floor: () => timed(async () => { for (const name of files) await readFile(name) }),
  }, progress)
}

/** Piles through the whole desk, each in a new process with a new ward. */
async function feeder(progress: (done: number) => void): Promise<{ seconds: number[]; memory: number[] }> {
  const papers = await pileOfScans(MANY)
  const rounds = { seconds: [] as number[], memory: [] as number[] }
  for (let run = 0; run < FEEDER_RUNS; run += 1) {
    const { ms, peak } = await feederInElectron(papers)
    rounds.seconds.push(ms / 1_000)
    rounds.memory.push(peak / MB)
    progress(run + 1)
  }
  return rounds
}

/** Scanned pages through the built pages thread, and into a PDF. */
export const pagesBenchmark: Benchmark = {
  name: 'pages',
  run: (progress) => inFolder(async (folder) => {
    const file = join(projectRoot, 'out/main/pages.js')
    if (!existsSync(file)) throw new Error('the app is not built: npm run build')
    const workerFile = pathToFileURL(file)
    const files = await scans(folder)
    const memory = await memoryOf(workerFile, [files.text, files.seal])
    const pages = createPages({ workerFile })
    const times = { text: [] as number[], seal: [] as number[], thumbnail: [] as number[] }
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      for (const kind of ['text', 'seal'] as const) {
        const { thumbnail, page } = await once(pages, files[kind])
        if (run >= 0) times[kind].push(page)
        if (run >= 0) times.thumbnail.push(thumbnail)
      }
      progress(run + 1)
    }
    await pages.close()
    const { subject, floor } = await toPdf(folder, files.text, progress)
    const pile = await feeder(progress)
    return [
      { name: 'pages (thumbnail)', unit: 'ms', subject: times.thumbnail, floor: null, target: { of: 'median', atMost: 400 } },
      { name: 'pages (text)', unit: 'ms', subject: times.text, floor: null, target: { of: 'median', atMost: 1_200 } },
      { name: 'pages (seal)', unit: 'ms', subject: times.seal, floor: null, target: { of: 'median', atMost: 1_200 } },
      { name: 'pages (to PDF)', unit: 'ms', subject: subject.map((value, run) => value - (floor[run] ?? Number.NaN)), floor: null, target: { of: 'median', atMost: 20 } },
      { name: 'pages (memory)', unit: 'MB', subject: [memory.peak], floor: null, target: { of: 'median', atMost: 400 } },
      { name: 'pages (growth)', unit: 'MB', subject: [memory.growth], floor: null, target: { of: 'median', atMost: 40 } },
      { name: 'pages (feeder)', unit: 's', subject: pile.seconds, floor: null, target: { of: 'median', atMost: 75 } },
      { name: 'pages (feeder, memory)', unit: 'MB', subject: pile.memory, floor: null, target: { of: 'median', atMost: 400 } },
    ]
  }),
}
