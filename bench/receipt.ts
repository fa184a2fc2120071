import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createPaperwork } from '../src-main/paperwork'
import { sampleOptions, sampleReceipt } from '../test/paperwork/sample'
import type { Benchmark } from './lib/benchmark'
import { timed } from './lib/measure'
import { projectRoot, resourcesFolder } from './lib/places'

const RUNS = 60
const WARM_UP = 3
const LIMIT_MS = 300

/** Mẫu 01, both copies, from the question to the bytes in this thread, through the built layout thread. */
export const receiptBenchmark: Benchmark = {
  name: 'receipt',
  run: async (progress) => {
    const worker = join(projectRoot, 'out/main/paperwork.js')
    if (!existsSync(worker)) throw new Error('the app is not built: npm run build')
    const paperwork = createPaperwork({ resourcesFolder, workerFile: pathToFileURL(worker) })
    const take = async (run: number): Promise<number> => {
      const data = sampleReceipt({ dossierCode: `H29.999.01-261123-${String(1000 + run)}`, receiptNumber: String(1000 + run) })
      return timed(() => paperwork.receipt(data, sampleOptions()))
    }
    try {
      await paperwork.warm()
      const subject: number[] = []
      for (let run = -WARM_UP; run < RUNS; run += 1) {
        const ms = await take(run + WARM_UP)
        if (run >= 0) subject.push(ms)
        progress(run + 1)
      }
      return [
        { name: 'receipt (median)', unit: 'ms', subject, floor: null, target: { of: 'median', atMost: LIMIT_MS } },
        { name: 'receipt (p95)', unit: 'ms', subject, floor: null, target: { of: 'p95', atMost: LIMIT_MS } },
      ]
    } finally {
      await paperwork.close()
    }
  },
}
