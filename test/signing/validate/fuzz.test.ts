import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { validateDocument } from '../../../src-main/signing/validate'
import { runFuzz } from '../../identity/fuzz/fuzz'
import { judgeBroken, signingTargets } from './fuzz-targets'
import { seeds, wish } from './seeds/read'

describe('the judge of signed files', () => {
  it.each(seeds.map((pdf, index) => [index, pdf] as const))('passes seed %i, or the fuzzing would prove nothing', async (_index, { bytes }) => {
    expect(await validateDocument(bytes, wish)).toMatchObject({ verdict: 'TOTAL-PASSED', changedSince: false })
  })

  it('answers or refuses four thousand broken files, each within a second, and passes none wrongly', async () => {
    const { targets } = await runFuzz({ inputs: 4000, seed: 20261124, targets: signingTargets.map((target) => ({ ...target, dear: 1 })) })
    expect(targets.map(({ inputs }) => inputs)).toEqual([2000, 2000])
  }, 240_000)

  it('never passes a file with a byte of what was signed changed', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...seeds), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 1, max: 255 }), async ({ bytes }, where, change) => {
      const text = Buffer.from(bytes).toString('latin1')
      const places = [...text.matchAll(/<[0-9a-f]{400,}>/gu)].map(({ index, 0: digits }) => [index, index + digits.length] as const)
      const at = Math.floor(where * bytes.length)
      // Behind the last signature, and in the digits of the last one, bytes are covered by nobody.
      const [from, to] = places.at(-1) ?? [0, 0]
      const covered = (at < from || at >= to) && at < text.length - 1
      const broken = Uint8Array.from(bytes)
      broken[at] = (broken[at] ?? 0) ^ change
      const report = await judgeBroken(broken).catch((error: unknown) => {
        if (error instanceof AppError) return null
        throw error
      })
      expect(covered && report?.verdict === 'TOTAL-PASSED').toBe(false)
    }), { numRuns: 600 })
  }, 120_000)
})
