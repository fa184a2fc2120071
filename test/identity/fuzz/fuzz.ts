import { AppError } from '@contract/errors'
import { chipTargets } from './chip-targets'
import { ldsTargets } from './lds-targets'
import { broken } from './mutate'
import type { FuzzTarget } from './target'
import { signingTargets } from '../../signing/validate/fuzz-targets'
import { trustTargets } from './trust-targets'
import { seeded } from '../../seeded'
import { pdfTargets } from '../../signing/pdf/fuzz-targets'

/** Those of the trust parsers that verify signatures on the way. */
const COMPUTING: ReadonlySet<string> = new Set(['certificate and its signature', 'explicit curve', 'passive authentication', 'file of roots'])

/** Every parser of what a card, a file or a keyboard brings. A new one goes into the list of its area. */
export const TARGETS: readonly FuzzTarget[] = [
  ...chipTargets,
  ...ldsTargets,
  ...pdfTargets,
  ...signingTargets,
  ...trustTargets.map((target: FuzzTarget) => (COMPUTING.has(target.name) ? { ...target, dear: 100 } : target)),
]

export type FuzzFigures = Readonly<{ name: string; inputs: number; refused: number; slowestMs: number; largestResult: number }>
export type FuzzReport = Readonly<{ inputs: number; seed: number; seconds: number; heapGrowthMb: number; targets: readonly FuzzFigures[] }>

const SLOWEST = 100
const BOUND = 64 * 1024
const HEAP_MB = 256
/** An input that took longer than this many milliseconds is tried again: the machine may have been busy with something else. */
const DOUBTED = 5
const AGAIN = 4

/** Bytes that a result keeps: text and buffers of its own; parts of the input count nothing. */
function sizeOf(value: unknown, input: ArrayBufferLike, seen = new Set<unknown>()): number {
  if (typeof value === 'string') return value.length * 2
  if (typeof value !== 'object' || value === null || seen.has(value)) return 8
  seen.add(value)
  if (ArrayBuffer.isView(value)) return value.buffer === input ? 16 : value.byteLength
  const inside: unknown[] = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Array.isArray(value) ? value : Object.values(value)
  return inside.reduce<number>((sum, part) => sum + sizeOf(part, input, seen), 16)
}

const inUse = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1024 / 1024
}

type Outcome = Readonly<{ refused: boolean; ms: number; size: number }>

async function once({ run }: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  const started = performance.now()
  try {
    const made: unknown = run(input)
    const result: unknown = made instanceof Promise ? await made : made
    const ms = performance.now() - started
    return { refused: false, ms, size: sizeOf(result, input.buffer) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { refused: true, ms: performance.now() - started, size: 0 }
  }
}

async function judged(target: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  const limit = target.slowest ?? SLOWEST
  let outcome = await once(target, input)
  for (let again = 0; again < AGAIN && outcome.ms > DOUBTED; again += 1) outcome = { ...outcome, ms: Math.min(outcome.ms, (await once(target, input)).ms) }
  if (outcome.ms > limit) throw new Error(`took ${outcome.ms.toFixed(0)} ms`)
  if (outcome.size > input.length * 8 + (target.bound ?? BOUND)) throw new Error(`holds ${outcome.size} bytes`)
  return outcome
}

/** What went wrong, with the input, so that it can become a test. */
function found(target: FuzzTarget, input: Uint8Array, error: unknown): Error {
  const shown = Buffer.from(input.subarray(0, 4000)).toString('hex')
  return new Error(`${target.name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n${input.length} bytes: ${shown}`, { cause: error })
}

/**
 * Gives so many broken inputs to the parsers in turn. The same seed gives the same inputs.
 * @throws Error with the input for a crash, for an input over its time (100 ms), a result over its bound, or a heap that grows by more than 256 MB
 */
export async function runFuzz({ inputs, seed, targets = TARGETS }: Readonly<{ inputs: number; seed: number; targets?: readonly FuzzTarget[] }>): Promise<FuzzReport> {
  const next = seeded(seed)
  const figures = targets.map(({ name }) => ({ name, inputs: 0, refused: 0, slowestMs: 0, largestResult: 0 }))
  for (const target of targets) for (const whole of target.seeds) await target.run(whole)
  const started = performance.now()
  const before = inUse()
  let growth = 0
  for (let done = 0, round = 0; done < inputs; round += 1) {
    for (const [index, target] of targets.entries()) {
      if (done === inputs || round % (target.dear ?? 1) !== 0) continue
      const input = broken(target.seeds, next)
      const outcome = await judged(target, input).catch((error: unknown): never => {
        throw found(target, input, error)
      })
      const figure = figures[index]
      if (figure) Object.assign(figure, { inputs: figure.inputs + 1, refused: figure.refused + Number(outcome.refused), slowestMs: Math.max(figure.slowestMs, outcome.ms), largestResult: Math.max(figure.largestResult, outcome.size) })
      done += 1
    }
    if (round % 500 === 0) growth = Math.max(growth, inUse() - before)
    if (growth > HEAP_MB) throw new Error(`memory grew by ${growth.toFixed(0)} MB`)
  }
  return { inputs, seed, seconds: (performance.now() - started) / 1000, heapGrowthMb: growth, targets: figures }
}
