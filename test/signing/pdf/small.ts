import { deflateSync } from 'node:zlib'
import { openFile, type PdfFile } from '../../../src-main/signing/pdf/file'
import { type Increment, newIncrement } from '../../../src-main/signing/pdf/increment'

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const digits = (value: number, count: number): string => String(value).padStart(count, '0')

/** Objects of a one-page document, by number from 1. */
export const PAGE_OBJECTS: readonly string[] = [
  '<</Type /Catalog /Pages 2 0 R>>',
  '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources <<>>>>',
  '<</Length 15>>\nstream\n0 0 10 10 re f \nendstream',
]

/** One with a text field, a field that waits for a signature, a note, and a reference that leads nowhere. */
export const FORM_OBJECTS: readonly string[] = [
  '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R 7 0 R]>> /Metadata 9 0 R>>', PAGE_OBJECTS[1] ?? '',
  '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents [4 0 R 77 0 R] /Annots 5 0 R>>', PAGE_OBJECTS[3] ?? '', '[6 0 R 7 0 R 8 0 R]',
  '<</Type /Annot /Subtype /Widget /FT /Tx /T (ten) /Rect [1 2 30 40]>>', '<</Type /Annot /Subtype /Widget /FT /Sig /T (cho) /Rect [50 2 90 40]>>',
  '<</Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (x)>>', '<</Type /Metadata /Subtype /XML /Length 2>>\nstream\n<>\nendstream',
]

export type Small = Readonly<{ objects?: readonly string[]; trailer?: string; head?: string; tail?: string }>

/** A document written by hand, with a classic table. */
export function small({ objects = PAGE_OBJECTS, trailer = '', head = '%PDF-1.7\n', tail = '%%EOF\n' }: Small = {}): Uint8Array {
  let text = head
  const offsets = objects.map((body, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const rows = offsets.map((at) => `${digits(at, 10)} 00000 n \n`).join('')
  return latin(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${text.length}\n${tail}`)
}

/** The same with its objects packed in a stream and a table as stream; `columns` is the predictor's. */
export function smallPacked(predictor = false): Uint8Array {
  const packed = PAGE_OBJECTS.slice(0, 3)
  let first = ''
  let bodies = ''
  packed.forEach((body, index) => { first += `${index + 1} ${bodies.length} `; bodies += `${body} ` })
  const inside = deflateSync(latin(`${first}${bodies}`))
  const head = `%PDF-1.7\n4 0 obj\n${PAGE_OBJECTS[3] ?? ''}\nendobj\n`
  const container = `5 0 obj\n<</Type /ObjStm /N ${packed.length} /First ${first.length} /Filter /FlateDecode /Length ${inside.length}>>\nstream\n`
  const place = head.length + container.length + inside.length + '\nendstream\nendobj\n'.length
  const rows = [[0, 0, 255], [2, 5, 0], [2, 5, 1], [2, 5, 2], [1, 9, 0], [1, head.length, 0], [1, place, 0]]
  const bytes = rows.map(([kind = 0, second = 0, third = 0]) => Uint8Array.of(kind, second >> 8, second & 255, third))
  const up = bytes.map((row, index) => Uint8Array.of(2, ...row.map((byte, column) => byte - (bytes[index - 1]?.[column] ?? 0))))
  const table = deflateSync(Buffer.concat(predictor ? up : bytes))
  const parms = predictor ? '/DecodeParms <</Predictor 12 /Columns 4>>' : ''
  return new Uint8Array(Buffer.concat([
    latin(`${head}${container}`), inside, latin(`\nendstream\nendobj\n6 0 obj\n<</Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode ${parms} /Length ${table.length}>>\nstream\n`), table,
    latin(`\nendstream\nendobj\nstartxref\n${place}\n%%EOF\n`),
  ]))
}

/** A hybrid file (ISO 32000-1 §7.5.8.4): the catalog's form is told by the second table only. */
export function smallHybrid(): Uint8Array {
  const objects = ['<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>', ...PAGE_OBJECTS.slice(1)]
  let text = '%PDF-1.7\n'
  const offsets = objects.map((body, index) => { const at = text.length; text += `${index + 1} 0 obj\n${body}\nendobj\n`; return at })
  const hidden = text.length
  text += '5 0 obj\n<</Fields []>>\nendobj\n'
  const second = text.length
  const row = Buffer.of(1, hidden >> 8, hidden & 255, 0).toString('latin1')
  text += `6 0 obj\n<</Type /XRef /Size 7 /Index [5 1] /W [1 2 1] /Root 1 0 R /Length 4>>\nstream\n${row}\nendstream\nendobj\n`
  const rows = offsets.map((at) => `${digits(at, 10)} 00000 n \n`).join('')
  return latin(`${text}xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<</Size 7 /Root 1 0 R /XRefStm ${second}>>\nstartxref\n${text.length}\n%%EOF\n`)
}

/** An increment by somebody else, who may change what they like. */
export function amended(bytes: Uint8Array, act: (increment: Increment, file: PdfFile) => void): Uint8Array {
  const file = openFile(bytes)
  const increment = newIncrement(file)
  act(increment, file)
  return increment.build().bytes
}

export const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array => latin(Buffer.from(bytes).toString('latin1').replace(from, () => to))
export const joined = (...parts: readonly (Uint8Array | string)[]): Uint8Array => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : part))))

/** Where a document stands, as text of one byte a character. */
export const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
