import { describe, expect, it } from 'vitest'
import { isExpired, marksOf, mayFill, resultsOfReading, type Results } from '../../../src-renderer/chip/marks'
import { PROVED, readingOf } from './sample'

const GOOD: Results = { contents: 'unchanged', signature: 'valid', chain: 'trusted', copy: 'original', simulated: false }

describe('the marks of a chip', () => {
  it.each<readonly [string, Partial<Results>, readonly string[]]>([
    ['everything proved', {}, ['genuine']],
    ['everything proved, no copy check offered', { copy: 'not-offered' }, ['genuine']],
    ['only hashes compared', { signature: 'not-checked', chain: 'not-checked' }, ['unproved']],
    ['hashes and signature, no anchor', { chain: 'no-anchor' }, ['unproved']],
    ['a signature of an unknown kind', { signature: 'unsupported', chain: 'not-checked' }, ['unproved']],
    ['a chain that does not hold', { chain: 'invalid' }, ['unproved']],
    ['a root that has ended', { chain: 'expired' }, ['unproved']],
    ['nothing checked at all', { contents: 'not-checked', signature: 'not-checked', chain: 'not-checked' }, ['unproved']],
    ['signed and trusted, but no file compared', { contents: 'not-checked' }, ['unproved']],
    ['changed contents under a good signature', { contents: 'changed' }, ['changed']],
    ['a wrong signature', { signature: 'invalid', chain: 'not-checked' }, ['changed']],
    ['a revoked signer', { chain: 'revoked' }, ['revoked']],
    ['a copied chip with everything else right', { copy: 'copied' }, ['copied']],
    ['a copied chip without an anchor', { copy: 'copied', chain: 'no-anchor' }, ['copied', 'unproved']],
    ['a simulated reader with everything right', { simulated: true }, ['simulated']],
    ['a simulated chip without an anchor', { simulated: true, chain: 'no-anchor' }, ['simulated', 'unproved']],
    ['a simulated chip with changed contents', { simulated: true, contents: 'changed' }, ['changed', 'simulated']],
  ])('%s', (_name, part, marks) => {
    expect(marksOf({ ...GOOD, ...part })).toEqual(marks)
  })

  it('a chain to the invented root of practice mode makes nothing genuine', () => {
    const reading = readingOf({}, { proof: { ...PROVED, chain: { ...PROVED.chain, practice: true } } })
    expect(marksOf(resultsOfReading(reading))).toEqual(['simulated'])
  })

  it('of all combinations only one is genuine', () => {
    const all = (['unchanged', 'changed', 'not-checked'] as const).flatMap((contents) => (['valid', 'invalid', 'unsupported', 'not-checked'] as const).flatMap((signature) =>
      (['trusted', 'no-anchor', 'expired', 'revoked', 'invalid', 'not-checked'] as const).flatMap((chain) => [true, false].map((simulated): Results => ({ contents, signature, chain, copy: 'not-offered', simulated })))))
    expect(all.filter((results) => marksOf(results).includes('genuine'))).toEqual([{ ...GOOD, copy: 'not-offered' }])
    expect(all.filter((results) => marksOf(results).length === 0)).toEqual([])
  })
})

describe('what a chip says goes into the draft by itself', () => {
  it.each<readonly [string, Partial<Results>, boolean]>([
    ['when it is proved', {}, true], ['when its source is not proved: the QR is no better', { chain: 'no-anchor' }, true], ['when it is a copy: what it says was signed', { copy: 'copied' }, true],
    ['not when its contents were changed', { contents: 'changed' }, false], ['not when the signature is wrong', { signature: 'invalid' }, false], ['not when its signer was revoked', { chain: 'revoked' }, false],
  ])('%s', (_name, part, fills) => {
    expect(mayFill({ ...GOOD, ...part })).toBe(fills)
  })
})

describe('a card that has ended', () => {
  it.each([['2026-11-22', true], ['2026-11-23', false], [null, false], ['không thời hạn', false]])('%s', (expiresAt, ended) => {
    expect(isExpired(expiresAt, '2026-11-23')).toBe(ended)
  })
})
