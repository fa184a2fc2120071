import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { trustTargets } from '../fuzz/trust-targets'

/** One seed with some bytes changed, cut, doubled or put elsewhere. */
const mutated = (seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(4)), { minLength: 1, maxLength: 4 })).map(([seed, changes]) => {
    let bytes = Buffer.from(seed)
    for (const [where, value, how] of changes) {
      const at = where % Math.max(1, bytes.length)
      if (how === 0) bytes = bytes.subarray(0, at)
      else if (how === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 9))])
      else bytes[at] = value
    }
    return new Uint8Array(bytes)
  })

describe('a parser of certificates, given anything,', () => {
  it.each(trustTargets)('answers or refuses, in time: $name', ({ seeds, run }) => {
    for (const seed of seeds) run(seed)
    let slowest = 0
    fc.assert(fc.property(fc.oneof({ weight: 4, arbitrary: mutated(seeds) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) }), (bytes) => {
      const start = process.cpuUsage().user
      try {
        run(bytes)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
      slowest = Math.max(slowest, process.cpuUsage().user - start)
    }), { numRuns: 300 })
    expect(slowest / 1000).toBeLessThan(300)
  })
})
