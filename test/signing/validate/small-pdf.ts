/**
 * A PDF of a few objects, and increments upon it, written without the program's own appender: what judges files is tested with files that it did not
 * make. Plain cross-reference tables; every increment is well-formed unless a test breaks it.
 */
export type SmallPdf = Readonly<{ bytes: Uint8Array; startxref: number; size: number; fields: readonly number[]; annotations: readonly number[]; dss: number | null }>

export type Range = readonly [number, number, number, number]
export type SignatureMaker = (pieces: readonly [Uint8Array, Uint8Array]) => Uint8Array | Promise<Uint8Array>
export type SignatureWishes = Readonly<{
  subFilter?: string
  type?: 'Sig' | 'DocTimeStamp'
  /** D:20261124080000Z and so on; null leaves /M out. */
  claimed?: string | null
  room?: number
  cms: SignatureMaker
  /** Bends the range before it is written and signed. */
  range?: (range: Range) => Range
}>

const PAGE = 3
const CONTENT = 4
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const entry = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`

/** Objects by number, appended with a table and a trailer of their own. */
function increment(pdf: SmallPdf, objects: ReadonlyMap<number, string>, next: Partial<SmallPdf> = {}): SmallPdf {
  const start = pdf.bytes.length
  let body = ''
  const offsets = new Map<number, number>()
  for (const [number, text] of objects) {
    offsets.set(number, start + body.length)
    body += `${number} 0 obj\n${text}\nendobj\n`
  }
  const startxref = start + body.length
  const size = Math.max(pdf.size, ...[...objects.keys()].map((number) => number + 1))
  const table = [...offsets].sort(([one], [other]) => one - other).map(([number, offset]) => `${number} 1\n${entry(offset)}`).join('')
  const tail = `xref\n${table}trailer\n<< /Size ${size} /Root 1 0 R /Prev ${pdf.startxref} >>\nstartxref\n${startxref}\n%%EOF\n`
  return { ...pdf, ...next, bytes: new Uint8Array(Buffer.concat([pdf.bytes, latin(body + tail)])), startxref, size }
}

const stream = (content: string, dictionary = ''): string => `<< ${dictionary}/Length ${content.length} >>\nstream\n${content}\nendstream`
const catalog = ({ fields, dss }: Pick<SmallPdf, 'fields' | 'dss'>): string =>
  `<< /Type /Catalog /Pages 2 0 R${fields.length > 0 ? ` /AcroForm << /SigFlags 3 /Fields [${fields.map((field) => `${field} 0 R`).join(' ')}] >>` : ''}${dss === null ? '' : ` /DSS ${dss} 0 R`} >>`
const page = (annotations: readonly number[]): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>${annotations.length > 0 ? ` /Annots [${annotations.map((one) => `${one} 0 R`).join(' ')}]` : ''} >>`
const content = (words: string): string => stream(`BT /F1 18 Tf 40 200 Td (${words}) Tj ET`)

/** Other words for the page, put where nothing refers to them: a later table may. */
const HIDDEN = `${CONTENT} 0 obj\n${content('Noi dung giau san')}\nendobj\n`

/** One page with these words. `hidden`: with others beside them, for a shadow attack. */
export function smallPdf(words = 'Don de nghi', { padding = 0, hidden = false } = {}): SmallPdf {
  const header = `%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n${hidden ? HIDDEN : ''}`
  const objects = [catalog({ fields: [], dss: null }), '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page([]), content(words), ...(padding > 0 ? [stream('x'.repeat(padding))] : [])]
  let body = header
  const offsets = objects.map((text, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${text}\nendobj\n`
    return at
  })
  const startxref = body.length
  const size = objects.length + 1
  body += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.map(entry).join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${startxref}\n%%EOF\n`
  return { bytes: new Uint8Array(latin(body)), startxref, size, fields: [], annotations: [], dss: null }
}

const place = (range: Range): string => `/ByteRange [${range.map((number) => String(number).padStart(10, '0')).join(' ')}]`

/** An increment with a signature: an invisible field on the page, its range, and what `cms` makes of the two pieces. */
export async function signed(pdf: SmallPdf, { subFilter = 'ETSI.CAdES.detached', type = 'Sig', claimed = 'D:20261124080000Z', room = 16_000, cms, range: bent = (range) => range }: SignatureWishes): Promise<SmallPdf> {
  const [dictionary, field] = [pdf.size, pdf.size + 1]
  const next = { fields: [...pdf.fields, field], annotations: [...pdf.annotations, field] }
  const empty = `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter} ${place([0, 0, 0, 0])} /Contents <${'0'.repeat(room)}>${claimed === null ? '' : ` /M (${claimed})`} >>`
  const draft = increment(pdf, new Map([
    [1, catalog({ ...pdf, ...next })], [PAGE, page(next.annotations)], [dictionary, empty],
    [field, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Chu ky ${field}) /F 132 /Rect [0 0 0 0] /P ${PAGE} 0 R /V ${dictionary} 0 R >>`],
  ]), next)
  const text = Buffer.from(draft.bytes)
  const from = text.lastIndexOf(`/Contents <${'0'.repeat(64)}`) + '/Contents '.length
  const to = from + room + 2
  const range = bent([0, from, to, text.length - to])
  text.write(place(range), text.lastIndexOf(place([0, 0, 0, 0])), 'latin1')
  const value = Buffer.from(await cms([text.subarray(range[0], range[0] + range[1]), text.subarray(range[2], range[2] + range[3])])).toString('hex')
  if (value.length > room) throw new Error(`the signature needs ${value.length} places`)
  text.write(value, from + 1, 'latin1')
  return { ...draft, bytes: new Uint8Array(text) }
}

/** An increment with a /DSS. */
export function withDss(pdf: SmallPdf, evidence: Readonly<{ certificates?: readonly Uint8Array[]; lists?: readonly Uint8Array[]; ocsp?: readonly Uint8Array[] }>): SmallPdf {
  const objects = new Map<number, string>()
  let number = pdf.size
  const references = (all: readonly Uint8Array[] = []): string => all.map((der) => {
    objects.set(number, stream(Buffer.from(der).toString('latin1')))
    number += 1
    return `${number - 1} 0 R`
  }).join(' ')
  const [certs, crls, ocsps] = [references(evidence.certificates), references(evidence.lists), references(evidence.ocsp)]
  objects.set(number, `<< /Type /DSS /Certs [${certs}] /CRLs [${crls}] /OCSPs [${ocsps}] >>`)
  objects.set(1, catalog({ ...pdf, dss: number }))
  return increment(pdf, objects, { dss: number })
}

/** A table alone, with these lines, upon everything as it is. */
function table(pdf: SmallPdf, lines: string): SmallPdf {
  const startxref = pdf.bytes.length
  return { ...pdf, startxref, bytes: new Uint8Array(Buffer.concat([pdf.bytes, latin(`xref\n${lines}trailer\n<< /Size ${pdf.size} /Root 1 0 R /Prev ${pdf.startxref} >>\nstartxref\n${startxref}\n%%EOF\n`)])) }
}

/** A field of text with this value, drawn on the page; once more for another value. */
export function withField(pdf: SmallPdf, value: string, number = pdf.size): SmallPdf {
  const isNew = !pdf.fields.includes(number)
  const next = isNew ? { fields: [...pdf.fields, number], annotations: [...pdf.annotations, number] } : {}
  const drawn = `/Tx BMC BT /F1 12 Tf 2 4 Td (${value}) Tj ET EMC`
  return increment(pdf, new Map([
    [1, catalog({ ...pdf, ...next })], [PAGE, page(next.annotations ?? pdf.annotations)],
    [number, `<< /Type /Annot /Subtype /Widget /FT /Tx /T (So tien) /V (${value}) /F 4 /Rect [40 100 240 120] /DA (/F1 12 Tf 0 g) /AP << /N ${number + 1} 0 R >> >>`],
    [number + 1, stream(drawn, '/Type /XObject /Subtype /Form /BBox [0 0 200 20] ')],
  ]), next)
}

/** What attackers do after signing: other words on the page, a sheet laid over them, objects freed or taken from where they were hidden. */
export const attack = {
  freed: (pdf: SmallPdf): SmallPdf => table(pdf, `0 1\n0000000004 65535 f \n4 1\n0000000000 00001 f \n`),
  shadowed: (pdf: SmallPdf): SmallPdf => table(pdf, `4 1\n${entry(Buffer.from(pdf.bytes).indexOf(HIDDEN))}`),
  words: (pdf: SmallPdf, words: string): SmallPdf => increment(pdf, new Map([[CONTENT, content(words)]])),
  overlay: (pdf: SmallPdf): SmallPdf => {
    const next = { annotations: [...pdf.annotations, pdf.size] }
    return increment(pdf, new Map([[PAGE, page(next.annotations)], [pdf.size, `<< /Type /Annot /Subtype /FreeText /Rect [30 180 290 230] /Contents (50 000 000 dong) /DA (/F1 18 Tf) /F 4 >>`]]), next)
  },
  otherPage: (pdf: SmallPdf): SmallPdf => increment(pdf, new Map([
    [2, `<< /Type /Pages /Kids [${pdf.size} 0 R] /Count 1 >>`], [pdf.size, page([]).replace('/Contents 4 0 R', `/Contents ${pdf.size + 1} 0 R`)], [pdf.size + 1, content('Noi dung khac')],
  ])),
  otherCatalog: (pdf: SmallPdf): SmallPdf => increment(pdf, new Map([[1, `<< /Type /Catalog /Pages ${pdf.size} 0 R /AcroForm << /SigFlags 3 /Fields [${pdf.fields.map((field) => `${field} 0 R`).join(' ')}] >> >>`],
    [pdf.size, `<< /Type /Pages /Kids [${pdf.size + 1} 0 R] /Count 1 >>`], [pdf.size + 1, page([]).replace('/Parent 2', `/Parent ${pdf.size}`).replace('/Contents 4 0 R', `/Contents ${pdf.size + 2} 0 R`)], [pdf.size + 2, content('Noi dung khac')]])),
  appended: (pdf: SmallPdf): SmallPdf => ({ ...pdf, bytes: new Uint8Array(Buffer.concat([pdf.bytes, latin('% something else\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')])) }),
} as const
