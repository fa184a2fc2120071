import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createPaperwork } from '../src-main/paperwork'
import { readFontTable } from '../src-main/paperwork/font-table'
import { columnWidths } from '../src-main/paperwork/report-measures'
import { FRAME, register, sampleSheet } from '../test/paperwork/report-sample'
import { barePdf } from './lib/bare-pdf'
import type { Benchmark } from './lib/benchmark'
import { inTurn, timed } from './lib/measure'
import { projectRoot, resourcesFolder } from './lib/places'

const ROWS = 2_000
const RUNS = 7
const WARM_UP = 1
const LIMIT = 3
const LONGEST_PAUSE_MS = 100
const BEAT_MS = 5

/** The longest time that this thread was kept from an event while an act was under way, in milliseconds. */
async function longestPause(act: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const beat = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - BEAT_MS)
    last = now
  }, BEAT_MS)
  await act()
  clearInterval(beat)
  return longest
}

/** The register of 2,000 dossiers, from the question to the bytes in this thread, through a layout thread that starts for it; against the same rows drawn with pdfkit alone. */
export const reportPdfBenchmark: Benchmark = {
  name: 'report-pdf',
  run: async (progress) => {
    const worker = join(projectRoot, 'out/main/paperwork.js')
    if (!existsSync(worker)) throw new Error('the app is not built: npm run build')
    const paperwork = createPaperwork({ resourcesFolder, workerFile: pathToFileURL(worker) })
    const sheet = sampleSheet('register', register(ROWS))
    const font = readFontTable(readFileSync(join(resourcesFolder, 'fonts/tinos/Tinos-Regular.ttf')))
    const widths = columnWidths(sheet, 760, 8.5, (text, size) => font.width(text, size))
    const pauses: number[] = []
    const subject = async (): Promise<number> => timed(async () => { pauses.push(await longestPause(() => paperwork.report(sheet, FRAME))) })
    try {
      const { ours, bare } = await inTurn({ warmUp: WARM_UP, runs: RUNS }, { ours: subject, bare: () => timed(() => barePdf(sheet, widths)) }, progress)
      return [
        { name: 'register of 2,000 rows as PDF', unit: 'ms', subject: ours, floor: bare, target: { of: 'ratio', atMost: LIMIT } },
        { name: 'longest pause of the caller meanwhile', unit: 'ms', subject: pauses, floor: null, target: { of: 'p95', atMost: LONGEST_PAUSE_MS } },
      ]
    } finally {
      await paperwork.close()
    }
  },
}
