import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { AnchorsView } from '@contract/signing'
import { anchorsInForce, anchorsView, openAnchors, readAnchorList, withList, withPractice, withRemoved } from '../../../src-main/signing/anchors'
import { createPki, hasOpenssl, type Pki } from '../pki'
import { type AnchorSigner, anchorSigner, listOf } from './signed-list'

const nothingStored = { list: () => null, removed: () => new Set<string>() }
const NOW = new Date('2026-11-24T08:00:00.000Z')
const shipped = new Uint8Array(readFileSync('resources/signing/anchors.v1.p7m'))
const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.params['why'] ?? ''}`.trim()
    throw error
  }
}

describe('the list of trust anchors that is shipped', () => {
  it('is signed by the pinned key and says that it is for demonstrations', () => {
    const anchors = openAnchors({ shipped, store: nothingStored })
    expect(anchors.list).toMatchObject({ demo: true, anchors: [] })
    expect(anchors.list.note.vi).toContain('trình diễn')
    expect(AnchorsView.parse(anchorsView(anchors, NOW))).toMatchObject({ origin: 'shipped', demo: true, stale: false })
  })

  it('is refused with any single byte of its content changed', () => {
    const at = Buffer.from(shipped).indexOf('mot-cua-signing-anchors')
    for (const offset of [0, 5, 40, 120]) {
      const broken = Uint8Array.from(shipped)
      broken[at + offset] = (broken[at + offset] ?? 0) ^ 1
      expect(codeOf(() => readAnchorList(broken))).toBe('KS-066 signature')
    }
  })

  it('keeps no private key in the project', () => {
    const files = ['resources/signing', 'src-main/signing/anchors', 'scripts'].flatMap((folder) => readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile()).map(({ name }) => join(folder, name)))
    expect(files.filter((file) => /BEGIN [A-Z ]*PRIVATE KEY/u.test(readFileSync(file, 'latin1')))).toEqual([])
  })
})

describe.skipIf(!hasOpenssl())('a list of trust anchors from a file', () => {
  let pki: Pki
  let signer: AnchorSigner
  let folder: string
  beforeAll(async () => {
    pki = await createPki()
    folder = mkdtempSync(join(tmpdir(), 'anchors-test-'))
    signer = anchorSigner(folder, 'own')
  }, 60_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await pki.close()
  })
  const first = (): Uint8Array => signer.sign(listOf('2026-06-01', [{ name: 'Gốc quốc gia', kind: 'root', certificate: pki.root }]))
  const opened = (bytes = first()) => openAnchors({ shipped: bytes, store: nothingStored, pinned: signer.pinned })

  it('brings its anchors', () => {
    expect(anchorsInForce(opened()).map(({ name, kind, demo }) => [name, kind, demo])).toEqual([['Gốc quốc gia', 'root', false]])
  })

  it('is told with its age, and as stale after 90 days', () => {
    const view = (day: string) => anchorsView(opened(), new Date(`${day}T08:00:00Z`))
    expect(view('2026-08-30')).toMatchObject({ ageDays: 90, stale: false })
    expect(view('2026-08-31')).toMatchObject({ ageDays: 91, stale: true })
    expect(view('2026-05-01')).toMatchObject({ ageDays: 0, stale: false })
  })

  it('takes the place of an older one', () => {
    const next = withList(opened(), signer.sign(listOf('2026-07-01', [{ name: 'CA Một', kind: 'ca', certificate: pki.issuing }])), NOW, signer.pinned)
    expect(anchorsView(next, NOW)).toMatchObject({ issued: '2026-07-01', origin: 'file', anchors: [{ name: 'CA Một', kind: 'ca', removed: false }] })
  })

  it('is refused when it is of the same day or an earlier one', () => {
    expect(codeOf(() => withList(opened(), first(), NOW, signer.pinned))).toBe('KS-067')
    expect(codeOf(() => withList(opened(), signer.sign(listOf('2026-01-01', [])), NOW, signer.pinned))).toBe('KS-067')
  })

  it('is refused when it is of a day to come, because none could follow it', () => {
    expect(codeOf(() => withList(opened(), signer.sign(listOf('2027-11-24', [])), NOW, signer.pinned))).toBe('KS-066 future')
  })

  it('is refused when another key signed it, even under a certificate of the same name', () => {
    const other = anchorSigner(folder, 'other')
    expect(codeOf(() => withList(opened(), other.sign(listOf('2026-07-01', [])), NOW, signer.pinned))).toBe('KS-066 signature')
  })

  it.each<[string, () => unknown]>([
    ['an unknown version', () => ({ ...listOf('2026-07-01', []), version: 2 })],
    ['a day that is none', () => ({ ...listOf('2026-07-01', []), issued: '2026-13-41' })],
    ['a field too many', () => ({ ...listOf('2026-07-01', []), more: true })],
    ['the same anchor twice', () => listOf('2026-07-01', [{ name: 'a', kind: 'root', certificate: pki.root }, { name: 'b', kind: 'ca', certificate: pki.root }])],
  ])('is refused with %s', (_name, make) => {
    expect(codeOf(() => readAnchorList(signer.sign(make()), signer.pinned))).toBe('KS-066 content')
  })

  it('is refused when one of its certificates may issue nothing, whoever signed the list', () => {
    const bytes = signer.sign(listOf('2026-07-01', [{ name: 'Một người', kind: 'ca', certificate: pki.user().certificate }]))
    expect(codeOf(() => readAnchorList(bytes, signer.pinned))).toBe('KS-066 certificate')
  })

  it('may name a stamping authority itself', () => {
    const bytes = signer.sign(listOf('2026-07-01', [{ name: 'TSA', kind: 'tsa', certificate: pki.tsa.certificate }]))
    expect(readAnchorList(bytes, signer.pinned).anchors).toMatchObject([{ kind: 'tsa' }])
  })

  it('counts when it was kept and is newer than the one shipped, else the shipped one counts', () => {
    const kept = signer.sign(listOf('2026-07-01', []))
    const start = (own: string) => openAnchors({ shipped: signer.sign(listOf(own, [])), store: { list: () => kept, removed: () => new Set() }, pinned: signer.pinned })
    expect(start('2026-06-01')).toMatchObject({ origin: 'file', list: { issued: '2026-07-01' } })
    expect(start('2026-08-01')).toMatchObject({ origin: 'shipped', list: { issued: '2026-08-01' } })
  })

  it('gives way to the shipped one when what was kept is damaged', () => {
    const kept = signer.sign(listOf('2026-07-01', [])).subarray(0, 300)
    expect(openAnchors({ shipped: first(), store: { list: () => kept, removed: () => new Set() }, pinned: signer.pinned })).toMatchObject({ origin: 'shipped' })
  })

  it('loses an anchor that was taken out, and has it again when it is put back', () => {
    const [anchor] = anchorsInForce(opened())
    const sha256 = anchor?.certificate.sha256 ?? ''
    const without = withRemoved(opened(), sha256, true)
    expect(anchorsInForce(without)).toEqual([])
    expect(anchorsView(without, NOW).anchors).toMatchObject([{ sha256, removed: true }])
    expect(anchorsInForce(withRemoved(without, sha256, false))).toHaveLength(1)
  })

  it('is joined in practice mode by what the city brings, marked as a demonstration; what issues nothing is left out', () => {
    const practice = withPractice(opened(signer.sign(listOf('2026-06-01', []))), [{ kind: 'root', certificate: pki.root }, { kind: 'ca', certificate: pki.user().certificate }, { kind: 'root', certificate: Uint8Array.of(1, 2) }])
    expect(anchorsView(practice, NOW)).toMatchObject({ origin: 'practice', anchors: [{ kind: 'root', demo: true }] })
  })

  it('never passes with a byte changed, and never breaks the reader', () => {
    const bytes = first()
    const truth = JSON.stringify(readAnchorList(bytes, signer.pinned).anchors.map(({ name, kind, certificate }) => [name, kind, certificate.sha256]))
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = Uint8Array.from(bytes)
      broken[at] = (broken[at] ?? 0) ^ change
      try {
        const read = readAnchorList(broken, signer.pinned)
        expect(JSON.stringify(read.anchors.map(({ name, kind, certificate }) => [name, kind, certificate.sha256]))).toBe(truth)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }), { numRuns: 400 })
  })
})

describe.skipIf(!hasOpenssl())('the script that signs lists', () => {
  it('refuses a key inside the project', () => {
    expect(() => execFileSync(process.execPath, ['scripts/signing-anchors.mjs', '--key', 'resources/signing/anchors.key'], { stdio: 'pipe' })).toThrow(/outside the project/u)
  })

  it('signs what it is given so that openssl agrees', () => {
    const folder = mkdtempSync(join(tmpdir(), 'anchors-script-'))
    try {
      anchorSigner(folder, 'own')
      writeFileSync(join(folder, 'data.json'), JSON.stringify({ demo: true, note: { vi: 'Trình diễn', en: 'Demonstration' }, anchors: [] }))
      execFileSync(process.execPath, ['scripts/signing-anchors.mjs', '--key', join(folder, 'own.key'), '--data', join(folder, 'data.json'), '--out', join(folder, 'list.p7m'), '--issued', '2026-07-01'], { stdio: 'pipe' })
      const told = execFileSync('openssl', ['cms', '-verify', '-noverify', '-inform', 'DER', '-in', join(folder, 'list.p7m'), '-certfile', join(folder, 'own.key.crt'), '-binary'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      expect(JSON.parse(told)).toMatchObject({ format: 'mot-cua-signing-anchors', issued: '2026-07-01' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
