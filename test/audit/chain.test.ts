import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, NO_PREDECESSOR, type SealedHead, type StoredEntry, verifyChain } from '../../src-main/audit'
import { entryHash, headMac } from '../../src-main/audit/chain'

const KEY = Buffer.alloc(32, 3)
const OTHER_KEY = Buffer.alloc(32, 4)

interface Told {
  readonly actor: string
  readonly action: string
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly detail: { readonly [key: string]: Json }
}

/** A sound chain of such entries, made the way `append` makes it. */
function chainOf(told: readonly Told[], key: Uint8Array = KEY): { entries: StoredEntry[]; head: SealedHead | undefined } {
  const entries: StoredEntry[] = []
  for (const [index, content] of told.entries()) {
    const { detail, ...rest } = content
    const placed = { ...rest, sequence: index + 1, at: `2026-11-23T07:20:${String(index).padStart(2, '0')}.000Z` }
    const previousHash = entries.at(-1)?.hash ?? NO_PREDECESSOR
    entries.push({ ...placed, detailText: canonicalJson(detail), previousHash, hash: entryHash({ ...placed, detail }, previousHash) })
  }
  const last = entries.at(-1)
  const end = last && { sequence: last.sequence, hash: last.hash }
  return { entries, head: end && { ...end, mac: headMac(key, end) } }
}

const word = fc.string({ minLength: 1, maxLength: 12 })
const detail = fc.dictionary(word, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 })), { maxKeys: 4, noNullPrototype: true })
const told: fc.Arbitrary<Told> = fc.record({
  actor: word, action: word, subject: fc.option(fc.record({ type: word, id: word })), detail,
})
const someTold = fc.array(told, { minLength: 1, maxLength: 8 })

const flipHex = (hex: string): string => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`

/** Every single thing about an entry that somebody could change. */
const TAMPERINGS: Readonly<Record<string, (entry: StoredEntry) => StoredEntry>> = {
  sequence: (entry) => ({ ...entry, sequence: entry.sequence + 1 }),
  at: (entry) => ({ ...entry, at: entry.at.replace('07:20', '07:21') }),
  actor: (entry) => ({ ...entry, actor: `${entry.actor}x` }),
  action: (entry) => ({ ...entry, action: `${entry.action}x` }),
  'subject type': (entry) => ({ ...entry, subject: { type: `${entry.subject?.type ?? ''}x`, id: entry.subject?.id ?? '' } }),
  'subject id': (entry) => ({ ...entry, subject: { type: entry.subject?.type ?? '', id: `${entry.subject?.id ?? ''}x` } }),
  'a subject taken away or put there': (entry) => ({ ...entry, subject: entry.subject ? null : { type: '', id: '' } }),
  detail: (entry) => ({ ...entry, detailText: canonicalJson({ changed: entry.detailText }) }),
  'spaces in the detail': (entry) => ({ ...entry, detailText: `${entry.detailText} ` }),
  'previous hash': (entry) => ({ ...entry, previousHash: flipHex(entry.previousHash) }),
  hash: (entry) => ({ ...entry, hash: flipHex(entry.hash) }),
}

describe('a chain', () => {
  test('that nobody touched is sound', () => {
    fc.assert(fc.property(someTold, (contents) => {
      const { entries, head } = chainOf(contents)
      expect(verifyChain(entries, head, KEY)).toMatchObject({ ok: true, count: contents.length })
    }), { numRuns: 300, examples: [[[{ actor: 'a', action: 'b', subject: null, detail: JSON.parse('{"__proto__":1}') }]]] })
  })

  test.each(Object.entries(TAMPERINGS))('shows a change of %s in any one entry', (_name, tamper) => {
    fc.assert(fc.property(someTold, fc.nat(), (contents, pick) => {
      const { entries, head } = chainOf(contents)
      const changed = entries.map((entry, index) => (index === pick % entries.length ? tamper(entry) : entry))
      expect(verifyChain(changed, head, KEY).ok).toBe(false)
    }))
  })

  test('shows an entry taken out, wherever it was', () => {
    fc.assert(fc.property(someTold, fc.nat(), (contents, pick) => {
      const { entries, head } = chainOf(contents)
      expect(verifyChain(entries.filter((_entry, index) => index !== pick % entries.length), head, KEY).ok).toBe(false)
    }))
  })

  test('shows two entries that changed places', () => {
    const { entries, head } = chainOf([1, 2, 3].map((n) => ({ actor: 'a', action: `b${n}`, subject: null, detail: {} })))
    const [first, second, third] = entries
    expect(verifyChain([second, first, third].filter((entry) => entry !== undefined), head, KEY).ok).toBe(false)
  })

  test('that was written anew from the first entry on shows without the key to its seal', () => {
    const { entries } = chainOf([{ actor: 'a', action: 'b', subject: null, detail: {} }])
    const forged = chainOf([{ actor: 'z', action: 'b', subject: null, detail: {} }], OTHER_KEY)
    expect([verifyChain(forged.entries, forged.head, KEY), entries.length]).toEqual([{ ok: false, at: 1, why: 'mac' }, 1])
  })

  test('without its seal is not sound', () => {
    const { entries } = chainOf([{ actor: 'a', action: 'b', subject: null, detail: {} }])
    expect(verifyChain(entries, undefined, KEY)).toEqual({ ok: false, at: 1, why: 'head-missing' })
  })

  test('can be checked by an outsider, who is told that the seal was not', () => {
    const { entries, head } = chainOf([{ actor: 'a', action: 'b', subject: null, detail: {} }])
    expect(verifyChain(entries, head)).toMatchObject({ ok: true, sealChecked: false })
  })
})

describe('canonical JSON', () => {
  test('sorts keys by code unit and writes numbers as ECMAScript does (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ '€': 'Euro', '\r': 'CR', '1': 'One', '\u0080': 'Control', '😂': 'Smiley', 'ö': 'o', '\ufb33': 'Dalet', n: [1e30, 4.5, 2e-3, 1e-27, -0] })).toBe(
      '{"\\r":"CR","1":"One","n":[1e+30,4.5,0.002,1e-27,0],"\u0080":"Control","ö":"o","€":"Euro","😂":"Smiley","\ufb33":"Dalet"}',
    )
  })

  test('is read back as the same value', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value as Json)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }))
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800']])('refuses %j', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})
