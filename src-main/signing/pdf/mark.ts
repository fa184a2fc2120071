import { join } from 'node:path'
import type { VisibleMark } from '../ports'
import { openFile, type PdfFile } from './file'
import { contentOf } from './filters'
import type { Increment } from './increment'
import { broken } from './limits'
import { array, dict, isArray, isRef, isStream, name, type PdfDict, type PdfRef, type PdfStream, type PdfValue } from './objects'
import { countPages, findPage, type Placed } from './pages'

const FAMILY = 'Tinos'
const FILES = { normal: 'Tinos-Regular.ttf', bold: 'Tinos-Bold.ttf', italics: 'Tinos-Italic.ttf', bolditalics: 'Tinos-BoldItalic.ttf' } as const
/** Points. */
const LARGEST = 11
const SMALLEST = 4
const MARGIN = 2
/** Height of a line and the width of a letter on average, by the size of the type. */
const LINE = 1.17
const LETTER = 0.46

type Drawing = Pick<VisibleMark, 'lines' | 'box'>

/** The size at which the lines should fit; what is drawn says whether they do. */
function guess({ lines, box: [, , width, height] }: Drawing): number {
  for (let size = LARGEST; size > SMALLEST; size -= 0.5) {
    const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * size * LETTER) / (width - MARGIN * 2))), 0)
    if (rows * size * LINE <= height - MARGIN * 2) return size
  }
  return SMALLEST
}

async function draw({ lines, box: [, , width, height] }: Drawing, size: number, resourcesFolder: string): Promise<Uint8Array> {
  const { default: pdfmake } = await import('pdfmake')
  const fonts = Object.fromEntries(Object.entries(FILES).map(([style, file]) => [style, join(resourcesFolder, 'fonts', 'tinos', file)]))
  const allowed = new Set(Object.values(fonts))
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path))
  pdfmake.setFonts({ [FAMILY]: fonts })
  const content = lines.map((line) => ({ text: line.normalize('NFC') }))
  return new Uint8Array(await pdfmake.createPdf({ pageSize: { width, height }, pageMargins: MARGIN, defaultStyle: { font: FAMILY, fontSize: size, lineHeight: 1 }, content }).getBuffer())
}

/**
 * The lines on a page of the box's size, as large as they fit: a PDF of one page. What does not fit at 4 points is left out.
 * @param resourcesFolder holds fonts/tinos
 */
export async function drawMark(mark: Drawing, resourcesFolder: string): Promise<PdfFile> {
  for (let size = guess(mark); ; size -= 0.5) {
    const file = openFile(await draw(mark, size, resourcesFolder))
    if (size <= SMALLEST || countPages(file) === 1) return file
  }
}

type Copy = Readonly<{ from: PdfFile; increment: Increment; known: Map<number, PdfRef> }>

function copied(copy: Copy, value: PdfValue): PdfValue {
  if (typeof value !== 'object' || value === null) return value
  switch (value.kind) {
    case 'ref': return copiedObject(copy, value)
    case 'array': return array(value.items.map((item) => copied(copy, item)))
    case 'dict': return copiedDict(copy, value)
    case 'stream': return { kind: 'stream', dict: copiedDict(copy, value.dict), raw: value.raw }
    default: return value
  }
}

const copiedDict = (copy: Copy, { entries }: PdfDict): PdfDict => ({ kind: 'dict', entries: new Map([...entries].map(([key, value]) => [key, copied(copy, value)])), twice: false })

function copiedObject(copy: Copy, from: PdfRef): PdfRef {
  const before = copy.known.get(from.num)
  if (before) return before
  const made = copy.increment.fresh()
  copy.known.set(from.num, made)
  copy.increment.put(made, copied(copy, copy.from.resolve(from)))
  return made
}

/** Content of a page as one stream; several are joined, undone. */
function contentStream(file: PdfFile, page: PdfDict): PdfStream {
  const contents = file.resolve(page.entries.get('Contents'))
  const streams = (isArray(contents) ? contents.items.map((item) => file.resolve(item)) : [contents]).filter(isStream)
  const [only] = streams
  if (only && streams.length === 1) return only
  if (streams.length === 0) throw broken('page without content')
  return { kind: 'stream', dict: dict({}), raw: Buffer.concat(streams.flatMap((stream) => [contentOf(stream, file.budget), Buffer.from('\n')])) }
}

/** Brings page 1 of a drawn mark into an increment as a form that stands where it is placed; its fonts come along. */
export function importMark(increment: Increment, drawn: PdfFile, [, , width, height]: VisibleMark['box'], { matrix }: Placed): PdfRef {
  const page = findPage(drawn, 1).dict
  const { dict: about, raw } = contentStream(drawn, page)
  const resources = copied({ from: drawn, increment, known: new Map() }, drawn.resolve(page.entries.get('Resources')))
  const kept = ['Filter', 'DecodeParms'].flatMap((key): [string, PdfValue][] => {
    const value = about.entries.get(key)
    return value === undefined || isRef(value) ? [] : [[key, value]]
  })
  const form = increment.fresh()
  const entries = new Map<string, PdfValue>([['Type', name('XObject')], ['Subtype', name('Form')], ['BBox', array([0, 0, width, height])], ['Matrix', array(matrix)], ['Resources', resources], ...kept])
  increment.put(form, { kind: 'stream', dict: { kind: 'dict', entries, twice: false }, raw })
  return form
}
