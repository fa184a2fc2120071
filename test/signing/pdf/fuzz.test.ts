import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { embedSignature, laterChanges, prepareSignature, readSignatures } from '../../../src-main/signing/pdf'
import { openFile } from '../../../src-main/signing/pdf/file'
import { newLexer } from '../../../src-main/signing/pdf/lexer'
import { newBudget } from '../../../src-main/signing/pdf/limits'
import { type PdfValue, ref, same } from '../../../src-main/signing/pdf/objects'
import { pdfTargets } from './fuzz-targets'
import { fakeCms, made, WISH } from './samples'
import { amended, FORM_OBJECTS, small } from './small'

const WORDS = ['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', '%%EOF', ' R', '<<', '>>', '[', ']', '(', ')', '/Prev', '/Length', '/Kids', '/Contents', '/ByteRange', '/Type', '/V', '/Fields', '/Annots']
type Change = Readonly<{ where: number; value: number; how: number }>
const change = fc.record({ where: fc.nat(), value: fc.nat(1_000_000), how: fc.nat(6) })

/** One thing wrong: a byte, a number, a word taken away or put in, a piece cut or doubled. */
function changed(text: string, { where, value, how }: Change): string {
  const at = where % Math.max(1, text.length)
  const numbers = how < 3 ? [...text.matchAll(/\d+/gu)] : []
  const word = WORDS[value % WORDS.length] ?? ''
  const number = numbers[where % Math.max(1, numbers.length)]
  if (how < 3) return number ? `${text.slice(0, number.index)}${how === 0 ? value % 12 : how === 1 ? value % text.length : value}${text.slice(number.index + number[0].length)}` : text
  if (how === 3) return `${text.slice(0, at)}${String.fromCharCode(value & 255)}${text.slice(at + 1)}`
  if (how === 4) return `${text.slice(0, at)}${word}${text.slice(at + (value % 2) * word.length)}`
  if (how === 5) return text.slice(0, at)
  return `${text.slice(0, at)}${text.slice(Math.max(0, at - (value % 300)))}`
}

const broken = (seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 })).map(([seed, changes]) => new Uint8Array(Buffer.from(changes.reduce(changed, Buffer.from(seed).toString('latin1')), 'latin1')))

describe('a broken PDF', () => {
  it.each(pdfTargets)('is answered or refused in time: $name', ({ seeds, run }) => {
    for (const seed of seeds) run(seed)
    let slowest = 0
    let answered = 0
    fc.assert(fc.property(broken(seeds), (bytes) => {
      const started = process.cpuUsage().user
      try {
        run(bytes)
        answered += 1
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
      slowest = Math.max(slowest, process.cpuUsage().user - started)
    }), { numRuns: 1500 })
    expect(slowest / 1000).toBeLessThan(1000)
    // A fuzzer whose inputs are all refused tests nothing.
    expect(answered).toBeGreaterThan(20)
  }, 60_000)

  it('made of one of our own papers is answered or refused by the signature’s place too', async () => {
    const seed = embedSignature(await prepareSignature(await made(), WISH, { contentsSize: 1000 }), fakeCms())
    await fc.assert(fc.asyncProperty(broken([seed]), async (bytes) => {
      try {
        const prepared = await prepareSignature(bytes, WISH)
        expect(Buffer.compare(bytes, prepared.bytes.subarray(0, bytes.length))).toBe(0)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }), { numRuns: 500 })
  }, 60_000)

  it('with tables in order and objects that are not is answered or refused in time', () => {
    const objects = fc.tuple(fc.nat(FORM_OBJECTS.length - 1), fc.array(change, { minLength: 1, maxLength: 3 }), fc.nat(FORM_OBJECTS.length - 1), change)
      .map(([one, changes, other, last]) => FORM_OBJECTS.map((body, index) => (index === one ? changes.reduce(changed, body) : index === other ? changed(body, last) : body)))
    let answered = 0
    fc.assert(fc.property(objects, fc.constantFrom(...pdfTargets), (bodies, { run }) => {
      try {
        run(small({ objects: bodies }))
        answered += 1
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }), { numRuns: 3000 })
    expect(answered).toBeGreaterThan(1000)
  }, 60_000)
})

describe('an object of a signed file that is another in a later revision', () => {
  const parsed = (body: string): PdfValue | undefined => {
    try {
      return newLexer(Buffer.from(body, 'latin1'), 0, newBudget()).value()
    } catch {
      return undefined
    }
  }
  it('is never passed over', async () => {
    const signed = embedSignature(await prepareSignature(small({ objects: FORM_OBJECTS }), WISH, { contentsSize: 1000 }), fakeCms())
    const file = openFile(signed)
    const count = [...(file.revisions.at(-1)?.sections[0]?.numbers() ?? [])].reduce((most, num) => Math.max(most, num), 0)
    let seen = 0
    fc.assert(fc.property(fc.integer({ min: 1, max: count }), fc.array(change, { minLength: 1, maxLength: 3 }), fc.boolean(), (num, changes, drawn) => {
      const before = file.object(num)?.value ?? null
      const body = FORM_OBJECTS[num - 1] ?? '<</Type /Annot /Rect [0 0 9 9] /FT /Sig /T (x) /V 10 0 R>>'
      const value = parsed(changes.reduce(changed, body))
      if (value === undefined) return
      const after: PdfValue = drawn ? { kind: 'stream', dict: { kind: 'dict', entries: new Map(), twice: false }, raw: Buffer.from('0 0 9 9 re f') } : value
      if (same(before, after)) return
      try {
        const bytes = amended(signed, (increment) => increment.put(ref(num), after))
        const [signature] = readSignatures(bytes)
        // A key given twice cannot be written: what came out may be what was there.
        if (!signature || same(before, openFile(bytes).object(num)?.value ?? null)) return
        seen += 1
        expect(laterChanges(bytes, signature).filter(({ kind }) => kind !== 'evidence' && kind !== 'timestamp' && kind !== 'signature'), `object ${num} as ${JSON.stringify(after)}`).not.toEqual([])
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }), { numRuns: 2000 })
    expect(seen).toBeGreaterThan(500)
  }, 60_000)
})
