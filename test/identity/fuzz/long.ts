import { parseArgs } from 'node:util'
import { runFuzz, TARGETS } from './fuzz'

/** The long run: `--inputs 1000000 --seed N [--only "DG"]`; prints the figures, ends with 1 and the input when a parser fails. */
const { values } = parseArgs({ options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) }, only: { type: 'string' } } })
const only = values.only
const targets = only === undefined ? TARGETS : TARGETS.filter(({ name }) => name.includes(only))

try {
  const report = await runFuzz({ inputs: Number(values.inputs), seed: Number(values.seed), targets })
  console.table(report.targets.map(({ slowestMs, ...rest }) => ({ ...rest, slowestMs: Number(slowestMs.toFixed(1)) })))
  console.log(`${report.inputs} inputs, seed ${report.seed}, ${report.seconds.toFixed(0)} s, memory grew by at most ${report.heapGrowthMb.toFixed(0)} MB: no crash, no input over its time or bound`)
} catch (error) {
  console.error(`seed ${values.seed}`, error)
  process.exitCode = 1
}
