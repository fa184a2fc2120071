import { cpus, loadavg, release, totalmem } from 'node:os'
import { ratiosOf, type Spread, spreadOf } from './measure'

export type Unit = 'ms' | 's' | 'MB' | 'MB/s' | 'APDUs' | '%'

/** What a figure has to reach. `ratio` is judged by the median of the ratios, one of each round. */
export type Target =
  | Readonly<{ of: 'ratio'; atMost: number }>
  | Readonly<{ of: 'ratio'; atLeast: number }>
  | Readonly<{ of: 'ratio'; above: number }>
  /** The ratio of the 95th percentiles of the two series. */
  | Readonly<{ of: 'p95-ratio'; atMost: number }>
  | Readonly<{ of: 'median' | 'p95'; atMost: number }>

export type Machine = Readonly<{
  cpu: string
  cores: number
  memoryGb: number
  system: string
  node: string
  electron: string | null
  /** Load averages of the last minute, before and after the figure was taken. */
  load: readonly [before: number, after: number]
}>

export type Result = Readonly<{
  name: string
  unit: Unit
  subject: Spread
  floor: Spread | null
  ratio: Spread | null
  target: string
  ok: boolean
  runs: number
  machine: Machine
}>

export type Figure = Readonly<{ name: string; unit: Unit; subject: readonly number[]; floor: readonly number[] | null; target: Target }>

const WORDS = { ratio: 'ratio', 'p95-ratio': 'ratio of p95', median: 'median', p95: 'p95' } as const

function wordsOf(target: Target, unit: Unit): string {
  const limit = 'above' in target ? `> ${target.above}` : 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
  return `${WORDS[target.of]} ${limit}${target.of === 'median' || target.of === 'p95' ? ` ${unit}` : ''}`
}

function judgedValue(target: Target, subject: Spread, floor: Spread | null, ratio: Spread | null): number {
  if (target.of === 'median' || target.of === 'p95') return subject[target.of]
  if (target.of === 'p95-ratio') return subject.p95 / (floor?.p95 ?? Number.NaN)
  return ratio?.median ?? Number.NaN
}

function machine(loadBefore: number): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 1024 ** 3), system: `${process.platform} ${release()}`,
    node: process.versions.node, electron: process.env['MOTCUA_ELECTRON_VERSION'] ?? null, load: [loadBefore, loadavg()[0] ?? 0],
  }
}

/** A figure with what it means. A series that has no pair in the floor, or holds no number, never passes. */
export function resultOf({ name, unit, subject, floor, target }: Figure, loadBefore: number): Result {
  const spread = spreadOf(subject)
  const floorSpread = floor && spreadOf(floor)
  const paired = floor !== null && floor.length === subject.length && target.of !== 'p95-ratio'
  const ratio = paired ? spreadOf(ratiosOf(subject, floor)) : floorSpread && single(spread.p95 / floorSpread.p95)
  const value = judgedValue(target, spread, floorSpread, ratio)
  const ok = 'above' in target ? value > target.above : 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
  return { name, unit, subject: spread, floor: floorSpread, ratio, target: wordsOf(target, unit), ok, runs: subject.length, machine: machine(loadBefore) }
}

const single = (value: number): Spread => ({ median: value, p95: value, min: value, max: value, count: 1 })
