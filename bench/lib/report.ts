import type { Result } from './result'
import type { Spread } from './measure'

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2))

const shown = (spread: Spread | null): string =>
  spread === null ? '—' : spread.count === 1 ? number(spread.median) : `${number(spread.median)} (${number(spread.min)}–${number(spread.max)}, p95 ${number(spread.p95)})`

const HEAD = ['benchmark', 'unit', 'subject: median (min–max, p95)', 'floor', 'ratio', 'target', 'runs', '']

/** A table for people. */
export function table(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(({ name, unit, subject, floor, ratio, target, runs, ok }) =>
    [name, unit, shown(subject), shown(floor), shown(ratio), target, String(runs), ok ? 'ok' : 'MISSED'])]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

/** The machine that all results come from, in a line. */
export function machineLine(results: readonly Result[]): string {
  const [first] = results
  if (!first) return ''
  const { cpu, cores, memoryGb, system, node, electron } = first.machine
  const loads = results.flatMap(({ machine }) => machine.load)
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node.js ${node}, Electron ${electron ?? '—'}; load ${Math.min(...loads).toFixed(1)}–${Math.max(...loads).toFixed(1)}`
}

/** A line for whoever waits; standard output is for results only. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
