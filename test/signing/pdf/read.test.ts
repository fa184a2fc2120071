import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { encrypted, isPdf, pageBox, pageCount, prepareTimestamp, readSignatures, revisionBytes, revisionCount } from '../../../src-main/signing/pdf'
import { catalogOf, openFile } from '../../../src-main/signing/pdf/file'
import { MAX_PDF_BYTES } from '../../../src-main/signing/pdf/limits'
import { hasTool, made, pagesOfText, through } from './samples'
import { joined, PAGE_OBJECTS, replaced, small, smallHybrid, smallPacked } from './small'

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'none'
}
/** Refused for an increment: what may not be built upon. */
const refused = (bytes: Uint8Array): string => codeOf(() => prepareTimestamp(bytes))

describe('a file in order', () => {
  it.each([['a classic table', small()], ['packed objects', smallPacked()], ['a table with a predictor', smallPacked(true)], ['two tables (hybrid)', smallHybrid()]])('is read with %s', (_name, bytes) => {
    expect([isPdf(bytes), encrypted(bytes), pageCount(bytes), revisionCount(bytes)]).toEqual([true, false, 1, 1])
    expect(pageBox(bytes, 1)).toEqual({ width: 300, height: 200, rotate: 0 })
    expect(refused(bytes)).toBe('none')
  })

  it('is read lazily: what nobody asks for may be damaged', () => {
    const bytes = small({ objects: [...PAGE_OBJECTS, '<</This is /no'] })
    expect(refused(bytes)).toBe('none')
  })

  it('finds the hidden objects of a hybrid file by its second table', () => {
    expect(catalogOf(openFile(smallHybrid())).entries.get('AcroForm')).toMatchObject({ num: 5 })
    expect(openFile(smallHybrid()).object(5)?.value).toMatchObject({ kind: 'dict' })
  })

  it.each([['a comment before startxref', replaced(small(), 'startxref', '%made elsewhere\nstartxref')], ['no line end after %%EOF', small({ tail: '%%EOF' })], ['blanks behind the end', small({ tail: '%%EOF\r\n  \n' })]])('may have %s', (_name, bytes) => {
    expect(refused(bytes)).toBe('none')
  })

  it('gives back what it was after each revision', () => {
    const first = small()
    const second = prepareTimestamp(first).bytes
    expect([revisionCount(second), revisionBytes(second, 1), revisionBytes(second, 2)]).toEqual([2, first, second])
    expect(() => revisionBytes(second, 3)).toThrow(RangeError)
  })

  it('takes a page box from the node above, cropped and turned', () => {
    const objects = [PAGE_OBJECTS[0] ?? '', '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 200] /Rotate -90>>', '<</Type /Page /Parent 2 0 R /CropBox [10 20 110 400]>>']
    expect(pageBox(small({ objects }), 1)).toEqual({ width: 180, height: 100, rotate: 270 })
  })
})

describe.skipIf(!hasTool('qpdf'))('what qpdf makes of a paper (skipped where qpdf is not installed)', () => {
  it.each([[['--object-streams=generate']], [['--linearize']], [['--linearize', '--object-streams=generate']], [['--object-streams=disable']], [['--qdf', '--object-streams=disable']]])('%j is read and can be built upon', async (options) => {
    const bytes = through(await pagesOfText(12), 'qpdf', ...options, 'IN', 'OUT')
    expect([pageCount(bytes), revisionCount(bytes), refused(bytes)]).toEqual([12, 1, 'none'])
    expect(pageBox(bytes, 12).height).toBeCloseTo(841.89, 1)
  })

  it('encrypted is refused by its name', async () => {
    const bytes = through(await made(), 'qpdf', '--encrypt', 'a', 'b', '256', '--', 'IN', 'OUT')
    expect([encrypted(bytes), refused(bytes), codeOf(() => readSignatures(bytes))]).toEqual([true, 'KS-011', 'KS-011'])
  })
})

describe('a file that is not in order', () => {
  const loop = ['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [2 0 R] /Count 1>>']
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['no PDF', joined('<html></html>')],
    ['junk before its header', joined('junk\n', small())],
    ['a startxref that leads elsewhere', replaced(small(), 'startxref\n', 'startxref\n1')],
    ['a startxref into the table', small({ tail: '%%EOF\nstartxref\n12\n%%EOF\n' })],
    ['something behind its end', joined(small(), 'more')],
    ['no %%EOF', small({ tail: '' })],
    ['a row of 19 bytes', replaced(small(), ' n \n', ' n\n')],
    ['a table longer than the file', replaced(small(), '0 5\n', '0 5555\n')],
    ['parts of the table that overlap', replaced(small(), 'trailer', '1 1\n0000000009 00000 n \ntrailer')],
    ['an object where another should be', replaced(small(), '3 0 obj', '9 0 obj')],
    ['no catalog', small({ objects: ['null', ...PAGE_OBJECTS.slice(1)] })],
    ['pages under themselves', small({ objects: loop })],
    ['a table before itself', small({ trailer: '/Prev 251' })],
    ['no pages', small({ objects: [PAGE_OBJECTS[0] ?? '', '<</Type /Pages /Kids [] /Count 0>>'] })],
    ['values too deep', small({ objects: [`<</Type /Catalog /Pages 2 0 R /X ${'['.repeat(5000)}${']'.repeat(5000)}>>`, ...PAGE_OBJECTS.slice(1)] })],
    ['a size that is no number', small({ trailer: '/Size (5)' })],
  ])('is not built upon: %s', (_name, bytes) => {
    expect(refused(bytes)).toBe('KS-010')
  })

  it('is not opened over 200 MB', () => {
    const bytes = new Uint8Array(MAX_PDF_BYTES + 1)
    bytes.set(small())
    expect([refused(bytes), codeOf(() => readSignatures(bytes))]).toEqual(['KS-012', 'KS-012'])
  })

  it('is still looked through for its signatures, none of which is in order then', () => {
    const signed = prepareTimestamp(small()).bytes
    const at = Buffer.from(signed).lastIndexOf('startxref\n')
    const damaged = new Uint8Array(signed)
    damaged.set(Buffer.from('9'), at + 10)
    expect(readSignatures(signed).map(({ wellFormed }) => wellFormed)).toEqual([false])
    expect(readSignatures(damaged).map(({ wellFormed, kind }) => [wellFormed, kind])).toEqual([[false, 'timestamp']])
    expect([pageCount(damaged), refused(damaged)]).toEqual([1, 'KS-010'])
  })

  it('says that it is encrypted also when its tables are broken', () => {
    expect(encrypted(replaced(small({ trailer: '/Encrypt 4 0 R' }), 'startxref\n', 'startxref\n1'))).toBe(true)
  })
})

describe('a file made to keep the program busy', () => {
  const under = (ms: number, act: () => unknown): void => {
    const started = performance.now()
    expect(codeOf(act)).toBe('KS-010')
    expect(performance.now() - started).toBeLessThan(ms)
  }
  it('ends in time: a thousand tables one before the other', () => {
    let bytes = small()
    for (let count = 0; count < 1000; count += 1) {
      const start = bytes.length
      const prev = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(Buffer.from(bytes.subarray(-60)).toString('latin1'))?.[1] ?? ''
      bytes = joined(bytes, `xref\n0 0\ntrailer\n<</Size 5 /Root 1 0 R /Prev ${prev}>>\nstartxref\n${start}\n%%EOF\n`)
    }
    under(2000, () => prepareTimestamp(bytes))
  })

  it('ends in time: lengths that lead from one stream to the next', () => {
    const objects = [...PAGE_OBJECTS.slice(0, 3), ...Array.from({ length: 20_000 }, (_, index) => `<</Length ${index + 5} 0 R>>\nstream\n\nendstream`)]
    const bytes = replaced(small({ objects }), '/Pages 2 0 R', '/Pages 2 0 R /AcroForm 4 0 R')
    expect(codeOf(() => openFile(bytes).object(4))).toBe('KS-010')
  })

  it('ends in time: fields that are under themselves and each other', () => {
    const kids = Array.from({ length: 300 }, (_, index) => `${index + 6} 0 R`).join(' ')
    const objects = ['<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>', ...PAGE_OBJECTS.slice(1), `<</Fields [${kids}]>>`, ...Array.from({ length: 300 }, () => `<</T (a) /FT /Sig /Kids [${kids}]>>`)]
    expect(readSignatures(small({ objects }))).toEqual([])
  })
})
