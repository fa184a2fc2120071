import { beforeAll, describe, expect, it } from 'vitest'
import { addEvidence, embedSignature, laterChanges, prepareSignature, prepareTimestamp, readSignatures } from '../../../src-main/signing/pdf'
import { catalogOf, type PdfFile } from '../../../src-main/signing/pdf/file'
import type { Increment } from '../../../src-main/signing/pdf/increment'
import { array, dict, isArray, isDict, isRef, name, type PdfDict, type PdfRef, type PdfValue, ref, stream, withEntries } from '../../../src-main/signing/pdf/objects'
import { asciiString } from '../../../src-main/signing/pdf/text'
import { fakeCms, hasTool, made, pagesOfText, through, WISH } from './samples'
import { amended, asText, FORM_OBJECTS, joined, PAGE_OBJECTS, replaced, small, smallPacked } from './small'

const sign = async (bytes: Uint8Array): Promise<Uint8Array> => embedSignature(await prepareSignature(bytes, WISH), fakeCms())
const first = (bytes: Uint8Array): string[] => {
  const [signature] = readSignatures(bytes)
  return signature ? laterChanges(bytes, signature).map(({ kind }) => kind) : ['no signature']
}
let plain: Uint8Array
let form: Uint8Array
beforeAll(async () => {
  plain = await sign(small())
  form = await sign(small({ objects: FORM_OBJECTS }))
})

const dictOf = (file: PdfFile, num: number): PdfDict => {
  const value = file.object(num)?.value ?? null
  if (!isDict(value)) throw new Error('no dictionary')
  return value
}
const setIn = (num: number, changes: Readonly<Record<string, PdfValue>>) => (increment: Increment, file: PdfFile): void => increment.put(ref(num), withEntries(dictOf(file, num), changes))
const put = (increment: Increment, value: PdfValue): PdfRef => {
  const at = increment.fresh()
  increment.put(at, value)
  return at
}
const drawing = stream({}, new Uint8Array(Buffer.from('1 0 0 rg 0 0 300 200 re f')))
const longer = (file: PdfFile, num: number, item: PdfRef): PdfValue => {
  const value = file.object(num)?.value ?? null
  return array([...(isArray(value) ? value.items : []), item])
}
/** The field of the first signature. */
const signedField = (file: PdfFile): PdfRef => {
  const all = dictOf(file, 1).entries.get('AcroForm')
  const fields = isRef(all) ? dictOf(file, all.num).entries.get('Fields') : isDict(all) ? all.entries.get('Fields') : null
  const last = isArray(fields) ? fields.items.at(-1) : null
  if (!isRef(last)) throw new Error('no field')
  return last
}

describe('what comes after a signature', () => {
  it('is nothing when it covers the whole', () => {
    expect([first(plain), readSignatures(plain)[0]?.coversWhole]).toEqual([[], true])
  })

  it('is told by kind and revision: further signatures, evidence, a stamp', async () => {
    let bytes = await sign(plain)
    bytes = addEvidence(bytes, { certificates: [fakeCms(300)], lists: [], ocsp: [] })
    bytes = embedSignature(prepareTimestamp(bytes), fakeCms())
    bytes = addEvidence(bytes, { certificates: [fakeCms(301)], lists: [fakeCms(303)], ocsp: [] })
    const changes = readSignatures(bytes).map((signature) => laterChanges(bytes, signature).map(({ kind, revision }) => `${kind} ${revision}`))
    expect(changes).toEqual([['signature 3', 'evidence 4', 'timestamp 5', 'evidence 6'], ['evidence 4', 'timestamp 5', 'evidence 6'], ['evidence 6']])
  })

  it('is told where one array lists the fields and the annotations of a page', async () => {
    const objects = FORM_OBJECTS.map((body) => body.replace('/Fields [6 0 R 7 0 R]', '/Fields 5 0 R').replace('[6 0 R 7 0 R 8 0 R]', '[6 0 R 7 0 R]'))
    expect(first(await sign(await sign(small({ objects }))))).toEqual(['signature'])
  })

  it('is told in a file with packed objects and in one of several pages', async () => {
    for (const bytes of [smallPacked(), await made(), await pagesOfText(3)]) {
      const once = await sign(bytes)
      expect(first(await sign(addEvidence(once, { certificates: [fakeCms(300)], lists: [], ocsp: [] })))).toEqual(['evidence', 'signature'])
    }
  })

  /** Somebody else's program signs the field that waited; `range` fills what it tells of itself. */
  const signedWaiting = (range: (open: number, close: number, end: number) => readonly number[], more: Readonly<Record<string, PdfValue>> = {}): Uint8Array => {
    const bytes = amended(form, (increment, file) => {
      const value = put(increment, dict({ Type: name('Sig'), SubFilter: name('adbe.pkcs7.detached'), ByteRange: array([0, 1e9, 1e9, 1e9]), Contents: { kind: 'text', bytes: Uint8Array.of(0x30, 1, 0, 0), hex: true, start: 0, end: 0 } }))
      setIn(7, { V: value, AP: dict({ N: put(increment, drawing) }), ...more })(increment, file)
    })
    const open = asText(bytes).lastIndexOf('<30010000>')
    return replaced(bytes, '[0 1000000000 1000000000 1000000000]', `[${range(open, open + 10, bytes.length).join(' ').padEnd(34)}]`)
  }

  it('is a signature where a field waited for it', () => {
    const bytes = signedWaiting((open, close, end) => [0, open, close, end - close])
    expect(readSignatures(bytes).map(({ wellFormed }) => wellFormed)).toEqual([true, true])
    expect(first(bytes)).toEqual(['signature'])
  })

  it('is something else where such a signature is not in order, or more was changed with it', () => {
    expect(first(signedWaiting((open, close, end) => [0, open, close, end - close - 2]))).toEqual(['form'])
    expect(first(signedWaiting((open, close, end) => [0, open, close, end - close], { Rect: array([0, 0, 300, 200]) }))).toEqual(['form'])
  })

  it.each<[string, string[], (increment: Increment, file: PdfFile) => void]>([
    ['a field of the form filled in', ['form'], setIn(6, { V: asciiString('Ví Dụ') })],
    ['an annotation changed', ['annotation'], setIn(8, { Contents: asciiString('y') })],
    ['an annotation added', ['annotation'], (increment, file) => increment.put(ref(5), longer(file, 5, put(increment, dict({ Type: name('Annot'), Subtype: name('FreeText'), Rect: array([0, 0, 300, 200]) }))))],
    ['annotations taken away', ['annotation'], (increment) => increment.put(ref(5), array([ref(6)]))],
    ['a page with other content', ['pages'], (increment, file) => setIn(3, { Contents: put(increment, drawing) })(increment, file)],
    ['the content of a page written anew', ['pages'], (increment) => increment.put(ref(4), drawing)],
    ['a page made larger', ['pages'], setIn(3, { MediaBox: array([0, 0, 600, 400]) })],
    ['a page more', ['pages'], (increment, file) => setIn(2, { Kids: array([ref(3), put(increment, dict({ Type: name('Page'), Parent: ref(2) }))]), Count: 2 })(increment, file)],
    ['another catalog', ['pages'], setIn(1, { Pages: ref(3) })],
    ['something that acts when the document is opened', ['other'], setIn(1, { OpenAction: dict({ S: name('JavaScript') }) })],
    ['information about the document alone', ['other'], (increment) => increment.put(ref(9), stream({ Type: name('Metadata'), Subtype: name('XML') }, new Uint8Array(Buffer.from('<a/>'))))],
    ['a form told otherwise', ['form'], (increment, file) => setIn(1, { AcroForm: dict({ Fields: array([signedField(file)]) }) })(increment, file)],
    ['an object that nobody names', ['other'], (increment) => void put(increment, drawing)],
    ['an object for a reference that led nowhere', ['other'], (increment) => increment.put(ref(77), drawing)],
    ['an object gone', ['form'], (increment) => increment.put(ref(6), null)],
  ])('is told: %s', (_name, kinds, act) => {
    expect(first(amended(form, act))).toEqual(kinds)
  })

  it('is told with information about the document changed beside a signature, which no reader shows', async () => {
    const bytes = amended(form, (increment) => increment.put(ref(9), stream({ Type: name('Metadata'), Subtype: name('XML') }, new Uint8Array(Buffer.from('<a/>')))))
    expect(first(await sign(bytes))).toEqual(['other', 'signature'])
  })

  it('is something else where bytes lie behind the end, white space excepted', () => {
    expect(first(joined(plain, '\r\n \0\n'))).toEqual([])
    expect(first(joined(plain, '\n99 0 obj\n(hidden)\nendobj\n'))).toEqual(['other'])
  })
})

describe('an attack on a signed file', () => {
  it.each<[string, string, (increment: Increment, file: PdfFile) => void]>([
    ['the mark of the signature drawn anew', 'other', (increment, file) => setIn(signedField(file).num, { AP: dict({ N: put(increment, drawing) }) })(increment, file)],
    ['the mark of the signature moved', 'other', (increment, file) => setIn(signedField(file).num, { Rect: array([0, 0, 300, 200]) })(increment, file)],
    ['the picture of the mark replaced', 'annotation', (increment, file) => {
      const look = dictOf(file, signedField(file).num).entries.get('AP')
      const normal = isDict(look) ? look.entries.get('N') : null
      if (isRef(normal)) increment.put(normal, drawing)
    }],
    ['content of a page said to be evidence', 'pages', (increment, file) => { increment.put(ref(4), drawing); setIn(1, { DSS: dict({ Certs: array([ref(4)]) }) })(increment, file) }],
    ['a missing object said to be evidence', 'other', (increment, file) => { increment.put(ref(77), drawing); setIn(1, { DSS: dict({ Certs: array([ref(77)]) }) })(increment, file) }],
    ['a field said to be a signature that covers the page', 'other', (increment, file) => {
      const value = put(increment, dict({ Type: name('Sig'), SubFilter: name('ETSI.CAdES.detached'), ByteRange: array([0, 1, 2, 3]), Contents: asciiString('0') }))
      const field = put(increment, dict({ Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: asciiString('s'), V: value, Rect: array([0, 0, 300, 200]), AP: dict({ N: put(increment, drawing) }) }))
      const before = catalogOf(file).entries.get('AcroForm')
      if (isDict(before)) {
        const fields = before.entries.get('Fields')
        setIn(1, { AcroForm: withEntries(before, { Fields: array([...(isArray(fields) ? fields.items : []), field]) }) })(increment, file)
      }
      increment.put(ref(5), longer(file, 5, field))
    }],
  ])('is seen: %s', (_name, kind, act) => {
    expect(first(amended(form, act))).toContain(kind)
  })

  it('is seen: a second key, of which other readers take the other', () => {
    const two = amended(form, setIn(1, { Metadatb: ref(4) }))
    expect(first(replaced(two, '/Metadatb', '/Metadata'))).toContain('other')
  })

  it('is seen: an object put in place that was hidden in the signed bytes', async () => {
    const with5 = small({ objects: [...PAGE_OBJECTS, '<</Length 3>>\nstream\nn f\nendstream'] })
    const signed = await sign(with5)
    const offset = asText(signed).indexOf('5 0 obj')
    const prev = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(asText(signed))?.[1] ?? ''
    const size = /\/Size (\d+)/u.exec(asText(signed).slice(asText(signed).lastIndexOf('trailer')))?.[1] ?? ''
    const shadow = joined(signed, `xref\n4 1\n${String(offset).padStart(10, '0')} 00000 n \ntrailer\n<</Size ${size} /Root 1 0 R /Prev ${prev}>>\nstartxref\n${signed.length}\n%%EOF\n`)
    expect(first(shadow)).toContain('other')
  })

  it('is seen: an object of the signed table that lies behind the signed bytes', async () => {
    const base = asText(small({ objects: [...PAGE_OBJECTS, '<</Length 3>>\nstream\nn f\nendstream'] }))
    const far = '0000200000 00000 n '
    const at = base.lastIndexOf(' 00000 n ') - 10
    const signed = await sign(new Uint8Array(Buffer.from(`${base.slice(0, at)}${far}${base.slice(at + far.length)}`, 'latin1')))
    const prev = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(asText(signed))?.[1] ?? ''
    const size = /\/Size (\d+)/u.exec(asText(signed).slice(asText(signed).lastIndexOf('trailer')))?.[1] ?? ''
    const padding = `%${'x'.repeat(200_000 - signed.length - 2)}\n`
    const body = '5 0 obj\n<</Length 3>>\nstream\nn f\nendstream\nendobj\n'
    const start = 200_000 + body.length
    expect(first(joined(signed, padding, body, `xref\n0 0\ntrailer\n<</Size ${size} /Root 1 0 R /Prev ${prev}>>\nstartxref\n${start}\n%%EOF\n`))).toContain('other')
  })

  it('is seen: a table that passes the signed revision by', () => {
    const text = asText(plain)
    const old = /startxref\n(\d+)/u.exec(text)?.[1] ?? ''
    const around = joined(plain, `xref\n0 0\ntrailer\n<</Size 5 /Root 1 0 R /Prev ${old}>>\nstartxref\n${plain.length}\n%%EOF\n`)
    expect(readSignatures(around)).toEqual([])
  })

  it.each<[string, (text: string) => string]>([
    ['a range that does not begin at the beginning', (text) => text.replace(/\/ByteRange \[0 /u, '/ByteRange [1 ')],
    ['a gap that is wider than the signature', (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+)/u, (_all, a: string, b: string) => `/ByteRange [0 ${Number(a) - 10} ${b}`)],
    ['a gap that ends later', (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+)/u, (_all, a: string, b: string) => `/ByteRange [0 ${a} ${Number(b) + 3}`)],
    ['pieces that overlap', (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+)/u, (_all, a: string) => `/ByteRange [0 ${a} ${Number(a) - 5}`.padEnd(_all.length))],
    ['a range beyond the end', (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+) (\d+)/u, (_all, a: string, b: string, c: string) => `/ByteRange [0 ${a} ${b} ${Number(c) + 1}`)],
    ['a range that ends within the file', (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+) (\d+)/u, (_all, a: string, b: string, c: string) => `/ByteRange [0 ${a} ${b} ${Number(c) - 9}`)],
    ['no range', (text) => text.replace('/ByteRange [', '/ByteRangs [')],
    ['a range of negative numbers', (text) => text.replace(/\/ByteRange \[0 /u, '/ByteRange [-0 ').replace('9 ]', '9]')],
    ['no contents', (text) => text.replace('/Contents <', '/Contenta <')],
    ['two contents', (text) => text.replace('/Filter /Adobe.PPKLite', '/Contents (none)      ')],
    ['something behind the CMS', (text) => text.replace(/0{40}>/u, `${'0'.repeat(30)}deadbeef00>`)],
    ['a stamp that calls itself a signature', (text) => text.replace('/ETSI.CAdES.detached', '/ETSI.RFC3161       ')],
  ])('is not taken for in order: %s', (_name, act) => {
    const bytes = new Uint8Array(Buffer.from(act(asText(plain)), 'latin1'))
    expect(bytes.length).toBeGreaterThanOrEqual(plain.length - 1)
    const found = readSignatures(bytes)
    expect(found.map(({ wellFormed }) => wellFormed)).toEqual([false])
    expect(found.flatMap((signature) => laterChanges(bytes, signature).map(({ kind }) => kind))).toEqual(['other'])
  })

  it('is not taken for in order: a signature that was copied into a later revision', () => {
    const copied = amended(plain, (increment, file) => {
      const field = dictOf(file, signedField(file).num)
      const value = field.entries.get('V')
      if (isRef(value)) setIn(value.num, {})(increment, file)
    })
    expect(readSignatures(copied).map(({ wellFormed }) => wellFormed)).toEqual([false])
  })

  it('is not taken for in order: one signature under two fields', () => {
    const twice = amended(plain, (increment, file) => {
      const form = dictOf(file, 1).entries.get('AcroForm')
      const value = dictOf(file, signedField(file).num).entries.get('V')
      if (!isRef(form) || value === undefined) throw new Error('no form')
      const more = put(increment, dict({ FT: name('Sig'), T: asciiString('again'), V: value }))
      increment.put(form, withEntries(dictOf(file, form.num), { Fields: array([signedField(file), more]) }))
    })
    expect(readSignatures(twice).map(({ wellFormed }) => wellFormed)).toEqual([false, false])
  })
})

describe.skipIf(!hasTool('qpdf'))('a file written anew by another program (skipped where qpdf is not installed)', () => {
  it('has a signature that is in order no longer', () => {
    expect(readSignatures(through(plain, 'qpdf', 'IN', 'OUT')).map(({ wellFormed }) => wellFormed)).toEqual([false])
  })
})
