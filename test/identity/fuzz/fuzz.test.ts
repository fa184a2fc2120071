import { describe, expect, it } from 'vitest'
import { runFuzz } from './fuzz'
import { broken } from './mutate'
import { AppError } from '@contract/errors'
import { seeded } from '../../seeded'

const parsed = { name: 'invented', seeds: [Uint8Array.of(1, 2, 3, 4)] }

describe('broken inputs', () => {
  it('are answered or refused by every parser, in time and within bounds', async () => {
    const { targets } = await runFuzz({ inputs: 6000, seed: 20261123 })
    expect(targets.filter(({ inputs }) => inputs === 0)).toEqual([])
    // A fuzzer whose inputs are all refused, or none, tests nothing.
    const refused = targets.reduce((sum, target) => sum + target.refused, 0)
    expect(refused).toBeGreaterThan(1000)
    expect(refused).toBeLessThan(5500)
  }, 60_000)

  it('are the same for the same seed, and others for another', () => {
    const some = (seed: number): string[] => { const next = seeded(seed); return Array.from({ length: 20 }, () => Buffer.from(broken(parsed.seeds, next)).toString('hex')) }
    expect(some(7)).toEqual(some(7))
    expect(some(7)).not.toEqual(some(8))
  })
})

describe('the fuzzer', () => {
  it.each([
    ['a crash', { ...parsed, run: () => { throw new TypeError('x is undefined') } }, /invented: TypeError: x is undefined/],
    ['an input that takes too long', { ...parsed, slowest: 6, run: (bytes: Uint8Array) => { const end = performance.now() + (bytes.length > 4 ? 9 : 0); while (performance.now() < end); } }, /took \d+ ms/],
    ['a result that holds too much', { ...parsed, run: () => new Uint8Array(1_000_000) }, /holds 1000000 bytes/],
  ])('finds %s', async (_name, target, message) => {
    const quiet = { ...target, seeds: [] as Uint8Array[] }
    await expect(runFuzz({ inputs: 200, seed: 1, targets: [quiet] })).rejects.toThrow(message)
  })

  it('takes an AppError for an answer', async () => {
    const refusing = { ...parsed, seeds: [], run: (): never => { throw new AppError('THE-009') } }
    expect((await runFuzz({ inputs: 50, seed: 1, targets: [refusing] })).targets[0]?.refused).toBe(50)
  })
})
