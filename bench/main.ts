import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { chipBenchmark } from './chip'
import { codesBenchmark } from './codes'
import { commitBenchmark, commitRounds } from './commit'
import { displayBenchmark } from './display'
import { guideBenchmark } from './guide'
import { hallMemoryBenchmark } from './hall-memory'
import type { Benchmark } from './lib/benchmark'
import { isCardThread, serveCard } from './lib/card-thread'
import { CITY_ROLE, serveCity } from './lib/city-process'
import { COMMIT_ROLE } from './lib/commit-process'
import { serveInThread } from './lib/core-thread'
import { FEEDER_ROLE, feederRound } from './lib/feeder'
import { QUEUE_ROLE, serveQueue } from './lib/queue-process'
import { machineLine, table, tell } from './lib/report'
import { type Result, resultOf } from './lib/result'
import { memoryBenchmark } from './memory'
import { ocrBenchmark } from './ocr'
import { pagesBenchmark } from './pages'
import { queueBenchmark } from './queue'
import { receiptBenchmark } from './receipt'
import { reportPdfBenchmark } from './report-pdf'
import { reportsBenchmark } from './reports'
import { searchBenchmark } from './search'
import { signingBenchmark } from './signing'
import { startBenchmark } from './start'
import { syncBenchmark } from './sync'

const BENCHMARKS: readonly Benchmark[] = [commitBenchmark, searchBenchmark, receiptBenchmark, syncBenchmark, startBenchmark, memoryBenchmark, chipBenchmark, pagesBenchmark, ocrBenchmark, codesBenchmark, queueBenchmark, guideBenchmark, displayBenchmark, hallMemoryBenchmark, signingBenchmark, reportPdfBenchmark, reportsBenchmark]

const USAGE = `npm run bench [-- --json] [-- --strict] [-- <name>…]

  ${BENCHMARKS.map(({ name }) => name).join(', ')}; all of them without a name

  --json     results as JSON on standard output
  --strict   ends with 1 when a figure misses its target

docs/benchmarks.md says how each is measured.
`

async function measure({ name, run }: Benchmark): Promise<Result[]> {
  const [before = 0] = loadavg()
  tell(`${name} …`)
  let told = performance.now()
  const figures = await run((done) => {
    if (performance.now() - told > 5_000) {
      told = performance.now()
      tell(`${name}: ${done} rounds`)
    }
  })
  return figures.map((figure) => resultOf(figure, before))
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { json: { type: 'boolean' }, strict: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  const unknown = positionals.filter((name) => BENCHMARKS.every((benchmark) => benchmark.name !== name))
  if (values.help === true || unknown.length > 0) {
    process.stderr.write(`${unknown.length > 0 ? `There is no benchmark ${unknown.join(', ')}.\n\n` : ''}${USAGE}`)
    return unknown.length > 0 ? 2 : 0
  }
  const chosen = positionals.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => positionals.includes(name))
  const results: Result[] = []
  for (const benchmark of chosen) results.push(...(await measure(benchmark)))
  process.stdout.write(values.json === true ? `${JSON.stringify(results, null, 2)}\n` : `\n${table(results)}\n\n${machineLine(results)}\n`)
  return values.strict === true && results.some(({ ok }) => !ok) ? 1 : 0
}

const failed = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}

// The same file is the core and a chip in their own threads and the city and each counter of a ward in their own processes.
if (!isMainThread && isCardThread()) serveCard()
else if (!isMainThread) serveInThread().catch(failed)
else if (process.argv[2] === CITY_ROLE) serveCity().catch(failed)
else if (process.argv[2] === COMMIT_ROLE) commitRounds(() => undefined).then((rounds) => process.send?.(rounds, () => process.exit(0)), failed)
else if (process.argv[2] === QUEUE_ROLE) serveQueue(process.argv[3] ?? '').catch(failed)
else if (process.argv[2] === FEEDER_ROLE) feederRound(process.argv[3] ?? '').then((round) => process.send?.(round, () => process.exit(0)), failed)
else main().then((code) => process.exit(code), failed)
