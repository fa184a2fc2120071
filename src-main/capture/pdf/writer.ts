import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { srgbProfile } from './icc'
import { type PdfAbout, pdfDate, pdfText, PRODUCER, xmpPacket } from './metadata'
import { type PdfImage, type PdfPage, pdfImageOf } from './page-image'
import { ASCENT, blankFont, DESCENT, GLYPH_WIDTH, pageContent, unicodeMap } from './text-layer'

/** Takes bytes in order; resolves when it can take more. */
export type Sink = (bytes: Uint8Array) => Promise<void>

/** Numbers of the objects that every file has. */
const FIXED = { catalog: 1, pages: 2, info: 3, metadata: 4, profile: 5, font: 6 } as const
const FONT_OBJECTS = 5
const FIRST_PAGE = FIXED.font + FONT_OBJECTS

type Body = Readonly<{ entries: string; data: Uint8Array }>
type File = { at: number; offsets: number[]; hash: Hash; write: (bytes: Uint8Array) => Promise<void> }

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const packed = (data: Uint8Array, entries = ''): Body => ({ entries: `${entries} /Filter /FlateDecode`, data: deflateSync(data) })

function fileOn(sink: Sink): File {
  const file: File = {
    at: 0, offsets: [], hash: createHash('md5'),
    write: async (bytes) => {
      file.at += bytes.length
      await sink(bytes)
    },
  }
  return file
}

async function put(file: File, number: number, content: string): Promise<void> {
  file.offsets[number] = file.at
  await file.write(latin(`${String(number)} 0 obj\n${content}\nendobj\n`))
}

async function putStream(file: File, number: number, { entries, data }: Body): Promise<void> {
  file.offsets[number] = file.at
  await file.write(latin(`${String(number)} 0 obj\n<< /Length ${String(data.length)} ${entries} >>\nstream\n`))
  await file.write(data)
  await file.write(latin('\nendstream\nendobj\n'))
}

const points = (pixels: number, dpi: number): string => String(Math.round((pixels * 72 * 1_000) / dpi) / 1_000)

/** Three objects a page: the page, what draws it, its image. Returns the page's number. */
async function putPage(file: File, page: PdfPage, image: PdfImage): Promise<number> {
  const number = Math.max(FIRST_PAGE, file.offsets.length)
  const words = page.words ?? []
  const font = words.length > 0 ? ` /Font << /T ${String(FIXED.font)} 0 R >>` : ''
  const rotate = image.turns === 0 ? '' : ` /Rotate ${String(image.turns * 90)}`
  await put(file, number,
    `<< /Type /Page /Parent ${String(FIXED.pages)} 0 R /MediaBox [0 0 ${points(image.width, image.dpi)} ${points(image.height, image.dpi)}]${rotate} `
    + `/Resources << /XObject << /I ${String(number + 2)} 0 R >>${font} >> /Contents ${String(number + 1)} 0 R >>`)
  await putStream(file, number + 1, packed(latin(pageContent(image, words))))
  await putStream(file, number + 2, { entries: `/Type /XObject /Subtype /Image /Width ${String(image.width)} /Height ${String(image.height)} ${image.entries}`, data: image.data })
  file.hash.update(image.data.subarray(0, 65_536))
  return number
}

/** The font of the text layer and what belongs to it; objects 6 … 10. */
async function putFont(file: File): Promise<void> {
  const [composite, descendant, descriptor, program, map] = [0, 1, 2, 3, 4].map((index) => FIXED.font + index) as [number, number, number, number, number]
  // CID to glyph: everything is glyph 1. The second byte of each pair.
  const glyphs = new Uint8Array(131_072)
  for (let i = 1; i < glyphs.length; i += 2) glyphs[i] = 1
  const toGlyph = FIXED.font + FONT_OBJECTS
  await put(file, composite, `<< /Type /Font /Subtype /Type0 /BaseFont /MotCuaBlank /Encoding /Identity-H /DescendantFonts [${String(descendant)} 0 R] /ToUnicode ${String(map)} 0 R >>`)
  await put(file, descendant,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MotCuaBlank /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> `
    + `/FontDescriptor ${String(descriptor)} 0 R /DW ${String(GLYPH_WIDTH)} /CIDToGIDMap ${String(toGlyph)} 0 R >>`)
  await put(file, descriptor,
    `<< /Type /FontDescriptor /FontName /MotCuaBlank /Flags 5 /FontBBox [0 ${String(DESCENT)} ${String(GLYPH_WIDTH)} ${String(ASCENT)}] /ItalicAngle 0 /Ascent ${String(ASCENT)} /Descent ${String(DESCENT)} /CapHeight ${String(ASCENT)} /StemV 80 /FontFile2 ${String(program)} 0 R >>`)
  const font = blankFont()
  await putStream(file, program, packed(font, `/Length1 ${String(font.length)}`))
  await putStream(file, map, packed(latin(unicodeMap())))
  await putStream(file, toGlyph, packed(glyphs))
}

async function putHead(file: File, about: PdfAbout): Promise<void> {
  // Four bytes above 127 say that the file is binary.
  await file.write(Uint8Array.of(...latin('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a))
  await put(file, FIXED.catalog,
    `<< /Type /Catalog /Pages ${String(FIXED.pages)} 0 R /Metadata ${String(FIXED.metadata)} 0 R /Lang (vi-VN) `
    + `/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile ${String(FIXED.profile)} 0 R >>] >>`)
  const date = pdfDate(about.now)
  await put(file, FIXED.info, `<< /Title ${pdfText(about.title)} /Creator ${pdfText(PRODUCER)} /Producer ${pdfText(PRODUCER)} /CreationDate ${date} /ModDate ${date} >>`)
  // Not packed: PDF/A wants it to be read without a PDF program.
  await putStream(file, FIXED.metadata, { entries: '/Type /Metadata /Subtype /XML', data: Buffer.from(xmpPacket(about), 'utf8') })
  await putStream(file, FIXED.profile, packed(srgbProfile(), '/N 3 /Alternate /DeviceRGB'))
}

async function putTail(file: File, about: PdfAbout): Promise<void> {
  const start = file.at
  const rows = Array.from({ length: file.offsets.length }, (_, number) => {
    const offset = file.offsets[number]
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const id = file.hash.update(`${about.title}\n${about.now.toISOString()}\n${String(file.at)}`).digest('hex')
  await file.write(latin(
    `xref\n0 ${String(rows.length)}\n${rows.join('')}trailer\n<< /Size ${String(rows.length)} /Root ${String(FIXED.catalog)} 0 R /Info ${String(FIXED.info)} 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${String(start)}\n%%EOF\n`))
}

/**
 * A PDF/A-2b of scanned pages: each image goes in byte for byte as it is in its file (JPEG as DCTDecode, Group 4 as CCITTFaxDecode) on a
 * sheet of its own size. Only one page is held at a time, so 300 pages need no more memory than one.
 * @param pages are taken one after the other; a generator may read each from the disk only when it is asked
 * @returns pages and bytes written
 * @throws AppError QT-011 for a page that is no such image, and whatever `sink` throws; nothing that was written is a PDF then
 */
export async function writePdf(pages: AsyncIterable<PdfPage> | Iterable<PdfPage>, about: PdfAbout, sink: Sink): Promise<{ pages: number; bytes: number }> {
  const file = fileOn(sink)
  await putHead(file, about)
  const numbers: number[] = []
  let texts = false
  // Room for the font's objects, of which the last lies behind its five numbers.
  file.offsets.length = FIRST_PAGE + 1
  for await (const page of pages) {
    texts ||= (page.words?.length ?? 0) > 0
    numbers.push(await putPage(file, page, pdfImageOf(page)))
  }
  if (texts) await putFont(file)
  await put(file, FIXED.pages, `<< /Type /Pages /Count ${String(numbers.length)} /Kids [${numbers.map((number) => `${String(number)} 0 R`).join(' ')}] >>`)
  await putTail(file, about)
  return { pages: numbers.length, bytes: file.at }
}

/** Bytes that wait at most until they are written together: small parts of a file come one by one. */
const WAITING_BYTES = 256 * 1024

function gathering(handle: FileHandle): { sink: Sink; flush: () => Promise<void> } {
  let waiting: Uint8Array[] = []
  let length = 0
  const flush = async (): Promise<void> => {
    const all = waiting.length === 1 ? waiting[0] : Buffer.concat(waiting)
    waiting = []
    length = 0
    for (let at = 0; all && at < all.length;) at += (await handle.write(all, at)).bytesWritten
  }
  return {
    flush,
    sink: async (bytes) => {
      // A large part is written from where it lies, not copied first.
      if (bytes.length >= WAITING_BYTES && waiting.length > 0) await flush()
      waiting.push(bytes)
      length += bytes.length
      if (length >= WAITING_BYTES) await flush()
    },
  }
}

/**
 * The same into a file, which is there whole or not at all. It is not flushed to the disk: it lies there only until it is taken in.
 * @throws AppError QT-011; what the file system throws
 */
export async function writePdfFile(path: string, pages: AsyncIterable<PdfPage> | Iterable<PdfPage>, about: PdfAbout): Promise<{ pages: number; bytes: number }> {
  const working = `${path}.part`
  const handle = await open(working, 'w')
  try {
    const { sink, flush } = gathering(handle)
    const written = await writePdf(pages, about, sink)
    await flush()
    await handle.close()
    await rename(working, path)
    return written
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(working, { force: true })
    throw error
  }
}
