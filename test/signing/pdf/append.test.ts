import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { addEvidence, embedSignature, laterChanges, pageBox, prepareSignature, prepareTimestamp, readEvidence, readSignatures, signedPieces } from '../../../src-main/signing/pdf'
import { fieldsOf } from '../../../src-main/signing/pdf/fields'
import { catalogOf, dictAt, openFile } from '../../../src-main/signing/pdf/file'
import type { Prepared, SignatureWish } from '../../../src-main/signing/ports'
import { fakeCms, hasTool, isPrefix, made, MARKED, pagesOfText, RESOURCES, through, told, WISH } from './samples'
import { asText, PAGE_OBJECTS, small, smallHybrid, smallPacked } from './small'

const signed = async (bytes: Uint8Array, wish: SignatureWish = WISH): Promise<Uint8Array> => embedSignature(await prepareSignature(bytes, wish, { resourcesFolder: RESOURCES }), fakeCms())
const addition = (old: Uint8Array, all: Uint8Array): string => asText(all.subarray(old.length))
const digestOf = (bytes: Uint8Array, prepared: Pick<Prepared, 'range'>): string => {
  const hash = createHash('sha256')
  for (const piece of signedPieces(bytes, prepared)) hash.update(piece)
  return hash.digest('hex')
}
const refusal = async (act: () => unknown): Promise<string> => {
  try {
    await act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'none'
}

describe('a place for a signature', () => {
  it('is put behind the file, whose bytes stay an exact prefix', async () => {
    for (const bytes of [small(), small({ tail: '%%EOF' }), smallPacked(), smallHybrid(), await made()]) {
      const once = await signed(bytes)
      const twice = await signed(once, MARKED)
      const evidence = addEvidence(twice, { certificates: [fakeCms(300)], lists: [fakeCms(400)], ocsp: [fakeCms(200)] })
      const stamped = embedSignature(prepareTimestamp(evidence), fakeCms())
      expect([isPrefix(bytes, once), isPrefix(once, twice), isPrefix(twice, evidence), isPrefix(evidence, stamped)]).toEqual([true, true, true, true])
      expect(readSignatures(stamped).map(({ kind, wellFormed, revision, coversWhole }) => [kind, wellFormed, revision, coversWhole])).toEqual([['signature', true, 2, false], ['signature', true, 3, false], ['timestamp', true, 5, true]])
    }
  })

  it('has the digest of everything but the signature itself, before and after it is put in', async () => {
    const prepared = await prepareSignature(small(), WISH)
    const whole = embedSignature(prepared, fakeCms())
    expect(digestOf(prepared.bytes, prepared)).toBe(Buffer.from(prepared.digest).toString('hex'))
    expect(digestOf(whole, prepared)).toBe(digestOf(prepared.bytes, prepared))
    expect([whole[prepared.range[1]], whole[prepared.range[2] - 1], prepared.range[2] + prepared.range[3]]).toEqual([0x3c, 0x3e, whole.length])
  })

  it('says what PAdES wants of its dictionary and nothing that forbids later changes', async () => {
    const text = addition(small(), await signed(small()))
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached')
    expect(text).toContain("/M (D:20261123090509+07'00')")
    expect(text).toContain('/SigFlags 3')
    expect(text).toMatch(/\/F 132\b/)
    expect(text).toMatch(/\/AP <<\/N \d+ 0 R>>/)
    expect(text).toMatch(/\/T \(Sig_[0-9a-f]{16}\)/)
    expect(text).not.toMatch(/\/Cert\b|DocMDP|\/Reference/)
  })

  it('gives back name, reason, place and time with every letter', async () => {
    const odd = { ...WISH, name: 'Nguyễn Thị Ẩn (“Ẩm” \\ 🖋)', reason: null }
    const [found] = readSignatures(await signed(small(), odd))
    expect(found).toMatchObject({ name: odd.name, reason: null, location: WISH.location, claimedAt: WISH.at, subFilter: 'ETSI.CAdES.detached' })
    expect(Buffer.compare(found?.contents ?? new Uint8Array(), fakeCms())).toBe(0)
  })

  it('has a field of its own name each time', async () => {
    const bytes = await signed(await signed(await signed(small())))
    expect(new Set(fieldsOf(openFile(bytes)).map(({ name }) => name)).size).toBe(3)
  })

  it('leaves fields, annotations and form of the document as they were', async () => {
    const objects = ['<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /Lang (vi)>>', PAGE_OBJECTS[1] ?? '', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots 6 0 R>>', PAGE_OBJECTS[3] ?? '',
      '<</Fields [7 0 R] /DA (/F 1 Tf) /NeedAppearances false>>', '[7 0 R]', '<</Type /Annot /Subtype /Widget /FT /Tx /T (ten) /V (x) /Rect [1 2 3.5 .25]>>']
    const bytes = await signed(small({ objects }))
    const file = openFile(bytes)
    expect(fieldsOf(file).map(({ type }) => type)).toEqual(['Tx', 'Sig'])
    expect(dictAt(file, catalogOf(file), 'AcroForm')?.entries.get('NeedAppearances')).toBe(false)
    expect(file.object(6)?.value).toMatchObject({ items: [{ num: 7 }, {}] })
    expect(file.object(3)).toEqual(openFile(small({ objects })).object(3))
  })

  it('writes its table in the form that the file has', async () => {
    expect(addition(small(), await signed(small()))).toContain('\ntrailer\n')
    const packed = addition(smallPacked(), await signed(smallPacked()))
    expect([packed.includes('/Type /XRef'), packed.includes('trailer')]).toEqual([true, false])
  })

  it('refuses a signature that is too long for it', async () => {
    const prepared = await prepareSignature(small(), WISH, { contentsSize: 100 })
    expect(() => embedSignature(prepared, fakeCms(101))).toThrow(RangeError)
    expect(readSignatures(embedSignature(prepared, Uint8Array.of(0x30, 2, 5, 0)))[0]).toMatchObject({ wellFormed: true, contents: Uint8Array.of(0x30, 2, 5, 0) })
  })

  it('is refused where a signer forbade every change', async () => {
    const certified = (where: string, p: number): Uint8Array => small({ objects: [
      `<</Type /Catalog /Pages 2 0 R ${where}>>`, ...PAGE_OBJECTS.slice(1), '<</FT /Sig /T (s) /V 6 0 R>>',
      `<</Type /Sig /Contents <3000> /ByteRange [0 1 2 3] /Reference [<</TransformMethod /DocMDP /TransformParams <</P ${p}>>>>]>>`, '<</FT /Sig /T (t) /V 8 0 R /Lock <</P 1>>>>', '<</Type /Sig /Contents <3000>>>',
    ] })
    for (const where of ['/Perms <</DocMDP 6 0 R>>', '/AcroForm <</Fields [5 0 R]>>']) {
      expect(await refusal(() => prepareSignature(certified(where, 1), WISH))).toBe('KS-013')
      expect(await refusal(() => prepareSignature(certified(where, 2), WISH))).toBe('none')
    }
    expect(await refusal(() => prepareTimestamp(certified('/AcroForm <</Fields [7 0 R]>>', 2)))).toBe('KS-013')
  })
})

describe('evidence beside signatures', () => {
  const some = { certificates: [fakeCms(300), fakeCms(301)], lists: [fakeCms(400)], ocsp: [] }
  it('is given back as it was put in', () => {
    const found = readEvidence(addEvidence(small(), some))
    expect([found.certificates, found.lists, found.ocsp].map((list) => list.map((bytes) => Buffer.from(bytes).toString('hex')))).toEqual([some.certificates, some.lists, some.ocsp].map((list) => list.map((bytes) => Buffer.from(bytes).toString('hex'))))
  })
  it('is added to what was there, each piece once', () => {
    const once = addEvidence(small(), some)
    const twice = addEvidence(once, { certificates: [fakeCms(301), fakeCms(302)], lists: [], ocsp: [fakeCms(200), fakeCms(200)] })
    const found = readEvidence(twice)
    expect([found.certificates.length, found.lists.length, found.ocsp.length]).toEqual([3, 1, 1])
    expect(isPrefix(once, twice)).toBe(true)
  })
  it('makes no increment where there is nothing new', () => {
    const once = addEvidence(small(), some)
    expect(addEvidence(once, some)).toBe(once)
  })
  it('tells the extension of PAdES', () => {
    expect(asText(addEvidence(small(), some))).toMatch(/\/Extensions <<\/ESIC <<\/BaseVersion \/1\.7\n\/ExtensionLevel 1>>>>/)
  })
})

describe.skipIf(!hasTool('qpdf') || !hasTool('pdftotext') || !hasTool('pdfsig'))('after several increments (skipped where qpdf or poppler is not installed)', () => {
  let base: Uint8Array
  beforeAll(async () => { base = await made() })
  const variants: readonly (readonly [string, ...string[]])[] = [
    ['pdfmake'], ['qpdf', '--object-streams=generate', 'IN', 'OUT'], ['qpdf', '--linearize', 'IN', 'OUT'], ['qpdf', '--linearize', '--object-streams=generate', 'IN', 'OUT'],
    ['mutool', 'clean', 'IN', 'OUT'], ['mutool', 'clean', '-gggz', 'IN', 'OUT'], ['gs', '-q', '-sDEVICE=pdfwrite', '-o', 'OUT', 'IN'],
  ]
  it.each(variants)('of a file by %s %s %s, qpdf and poppler find nothing wrong', async (tool, ...args) => {
    if (tool !== 'pdfmake' && !hasTool(tool)) return
    const bytes = tool === 'pdfmake' ? base : through(base, tool, ...args)
    const twice = await signed(await signed(bytes, MARKED))
    const all = embedSignature(prepareTimestamp(addEvidence(twice, { certificates: [fakeCms(300)], lists: [], ocsp: [] })), fakeCms())
    for (const pdf of [twice, all]) {
      expect(told(pdf, 'qpdf', '--check', 'IN')).toContain('No syntax or stream encoding errors found')
      expect(told(pdf, 'qpdf', '--check', 'IN')).not.toContain('WARNING')
    }
    expect(told(all, 'pdfsig', 'IN').match(/Signature #\d/gu)).toHaveLength(3)
    expect(told(all, 'pdfsig', 'IN')).toContain('- Total document signed')
    for (const line of MARKED.visible?.lines ?? []) expect(told(all, 'pdftotext', 'IN', '-')).toContain(line)
    const later = readSignatures(all).map((signature) => laterChanges(all, signature).map(({ kind }) => kind))
    expect(later).toEqual([['signature', 'evidence', 'timestamp'], ['evidence', 'timestamp'], []])
  })

  it('the fonts of a visible mark are embedded subsets with their letters named', async () => {
    const rows = told(await signed(small(), { ...MARKED, visible: { page: 1, box: [10, 10, 220, 60], lines: MARKED.visible?.lines ?? [] } }), 'pdffonts', 'IN').split('\n').filter((row) => row.includes('Tinos'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(/yes yes yes/)
  })

  it.each([0, 90, 180, 270])('a mark on a page turned by %i stands upright where it was wished', async (rotate) => {
    const bytes = small({ objects: [...PAGE_OBJECTS.slice(0, 2), `<</Type /Page /Parent 2 0 R /MediaBox [50 70 450 370] /Rotate ${rotate} /Contents 4 0 R>>`, PAGE_OBJECTS[3] ?? ''] })
    const { width, height } = pageBox(bytes, 1)
    const all = await signed(bytes, { ...WISH, visible: { page: 1, box: [width - 130, 20, 120, 30], lines: ['Nguyễn Thị Ví Dụ'] } })
    // Poppler's boxes are from the upper left corner of the page as it is shown.
    const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Nguyễn/u.exec(told(all, 'pdftotext', '-bbox', 'IN', '-'))?.slice(1).map(Number) ?? []
    const [left = 0, top = 0, right = 0, bottom = 0] = word
    expect(left).toBeCloseTo(width - 128, 0)
    expect(top).toBeGreaterThan(height - 51)
    expect(bottom).toBeLessThan(height - 20)
    expect(right - left).toBeGreaterThan(bottom - top)
  })

  it('stands on the page that was wished', async () => {
    const all = await signed(await pagesOfText(5), { ...MARKED, visible: { page: 4, box: [60, 10, 220, 60], lines: ['Người ký: Ví Dụ'] } })
    expect([3, 4, 5].map((page) => told(all, 'pdftotext', '-f', String(page), '-l', String(page), 'IN', '-').includes('Người ký: Ví Dụ'))).toEqual([false, true, false])
    expect(await refusal(() => prepareSignature(small(), { ...MARKED, visible: { page: 2, box: [0, 0, 10, 10], lines: [] } }, { resourcesFolder: RESOURCES }))).toBe('KS-010')
  })
})
