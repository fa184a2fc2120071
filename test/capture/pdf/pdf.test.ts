import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeG4 } from '../../../src-main/capture/pages/codecs/g4'
import { wrapG4 } from '../../../src-main/capture/pages/codecs/g4-tiff'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { encodePng } from '../../../src-main/capture/pages/codecs/png-encode'
import { binarised } from '../../../src-main/capture/pages/binarise'
import { bitsToGrey, type Raster, toGrey } from '../../../src-main/capture/pages/raster'
import { type PdfPage, writePdf, writePdfFile } from '../../../src-main/capture/pdf'
import { srgbProfile } from '../../../src-main/capture/pdf/icc'
import { drawPdf, formPage, hasTool } from '../pages/lib/sheets'

const folder = mkdtempSync(join(tmpdir(), 'mot-cua-pdf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tools = ['qpdf', 'pdfimages', 'pdfinfo', 'pdftoppm', 'pdftotext'].every(hasTool)
const about = { title: 'Tờ khai đăng ký <khai sinh> & bản sao (1)', now: new Date('2026-11-23T07:20:00.000Z') }
const page = (bytes: Uint8Array, rest: Partial<PdfPage> = {}): PdfPage => ({ bytes, dpi: null, turns: 0, ...rest })
const run = (tool: string, args: readonly string[]): string => execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const picture = (width: number, height: number, channels: 1 | 3, dpi: number): Raster =>
  ({ width, height, channels, dpi, data: Uint8Array.from({ length: width * height * channels }, (_, i) => (Math.floor(i / channels / 40) * 37) % 256) })

async function made(name: string, pages: readonly PdfPage[]): Promise<string> {
  const file = join(folder, `${name}.pdf`)
  await writePdfFile(file, pages, about)
  return file
}

describe.skipIf(!tools)('a PDF of scanned pages', () => {
  test('holds each image as it was, on a sheet of its size, and no program finds fault with it', async () => {
    const form = await formPage(1, 200)
    const bits = binarised(toGrey(form))
    const [colour, grey, black] = [await encodeJpeg(form, 70), await encodeJpeg(toGrey(form), 70, { progressive: true }), wrapG4(encodeG4(bits), bits.width, bits.height, 200)]
    const file = await made('three', [page(colour), page(grey), page(black), page(await encodeJpeg(picture(300, 200, 1, 100), 80), { turns: 1 })])
    expect(run('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors found')
    const list = run('pdfimages', ['-list', file]).split('\n').slice(2).map((line) => line.trim().split(/\s+/))
    expect(list.slice(0, 4).map((row) => [row[5], row[6], row[7], row[8], row[12]])).toEqual([
      ['rgb', '3', '8', 'jpeg', '200'], ['gray', '1', '8', 'jpeg', '200'], ['gray', '1', '1', 'ccitt', '200'], ['gray', '1', '8', 'jpeg', '100'],
    ])
    run('pdfimages', ['-all', file, join(folder, 'out')])
    expect(Buffer.compare(readFileSync(join(folder, 'out-000.jpg')), colour)).toBe(0)
    expect(Buffer.compare(readFileSync(join(folder, 'out-001.jpg')), grey)).toBe(0)
    expect(black.subarray(178)).toEqual(new Uint8Array(readFileSync(join(folder, 'out-002.ccitt'))))
    const sizes = run('pdfinfo', ['-f', '1', '-l', '4', file])
    expect(sizes).toMatch(/Page\s+3 size:\s+595\.\d+ x 84[12]/)
    expect(sizes).toMatch(/Page\s+4 rot:\s+90/)
    expect(sizes).toContain(about.title)
    const drawn = toGrey(drawPdf(readFileSync(file), 200, 3, ['-gray']))
    const truth = bitsToGrey(bits)
    expect([drawn.width, drawn.height]).toEqual([truth.width, truth.height])
    // Poppler draws an image a pixel larger than its place: each pixel of ink has its like within one.
    const inkNear = (image: typeof truth, at: number): boolean => [-1, 0, 1].some((v) => [-1, 0, 1].some((u) => (image.data[at + v * truth.width + u] ?? 255) < 160))
    const strays = (one: typeof truth, other: typeof truth): number => one.data.reduce((sum, value, at) => sum + (value < 96 && !inkNear(other, at) ? 1 : 0), 0)
    expect(strays(drawn, truth)).toBe(0)
    expect(strays(truth, drawn)).toBe(0)
  }, 60_000)

  test('has what PDF/A-2b asks for: sRGB profile, XMP that says the same as the dictionary, an identifier, nothing encrypted or transparent', async () => {
    const file = await made('archive', [page(await encodeJpeg(picture(300, 200, 3, 100), 80))])
    const xml = run('pdfinfo', ['-meta', file])
    expect(xml).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
    expect(xml).toContain('Tờ khai đăng ký &lt;khai sinh&gt; &amp; bản sao (1)')
    expect(xml).toContain('<xmp:CreateDate>2026-11-23T07:20:00+00:00</xmp:CreateDate>')
    const json = run('qpdf', ['--json', file])
    expect(json).toContain('/GTS_PDFA1')
    expect(json).toContain('/ID')
    expect(json).not.toMatch(/\/Encrypt|\/SMask|\/Interpolate|\/JavaScript/)
    // A comment of four bytes above 127 in the second line.
    expect([...readFileSync(file).subarray(9, 14)].filter((byte) => byte > 127).length).toBe(4)
  })

  test.each([1, 2, 3] as const)('gives words of a page that lies on its side or head (%d turns) in their order, where they are seen', async (turns) => {
    const [wide, high] = turns === 2 ? [600, 400] : [400, 600]
    const image = await encodeJpeg(picture(wide, high, 1, 100), 80)
    const seen = ['Ủy', 'ban', 'nhân', 'dân', 'phường'].map((text, i) => ({ text, x: 40 + i * 78, y: 50, width: 70, height: 20 }))
    const lying = ({ text, x, y, width, height }: (typeof seen)[number]) => (turns === 1 ? { text, x: y, y: high - x - width, width: height, height: width, turns }
      : turns === 2 ? { text, x: wide - x - width, y: high - y - height, width, height, turns } : { text, x: wide - y - height, y: x, width: height, height: width, turns })
    const file = await made(`turned-${String(turns)}`, [page(image, { turns, words: seen.map(lying) })])
    expect(run('pdftotext', [file, '-']).trim()).toBe('Ủy ban nhân dân phường')
    const boxes = [...run('pdftotext', ['-bbox', file, '-']).matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"/g)].map((found) => found.slice(1).map((point) => Math.round((Number(point) * 100) / 72)))
    expect(boxes).toHaveLength(5)
    boxes.forEach(([left = 0, top = 0, right = 0, bottom = 0], i) => {
      expect(Math.abs(left - (40 + i * 78)) + Math.abs(right - (110 + i * 78)) + Math.abs(top - 50) + Math.abs(bottom - 70)).toBeLessThan(6)
    })
  })

  test('lets words that were read be found, byte for byte in Vietnamese, and shows none of them', async () => {
    const words = ['Nguyễn', 'Thị', 'Ửng', 'Đường', 'số', '(12)', '𠀋'].map((text, i) => ({ text, x: 20 + i * 38, y: 30, width: 34, height: 14 }))
    const image = await encodeJpeg(picture(300, 200, 1, 100), 80)
    const file = await made('words', [page(image, { words }), page(image, { words: [{ text: '\ud800 lone \u0000', x: 1, y: 1, width: 20, height: 8 }, { text: ' ', x: 0, y: 0, width: 0, height: 0 }] })])
    expect(run('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors found')
    expect(run('pdftotext', ['-f', '1', '-l', '1', file, '-']).trim().split(/\s+/)).toEqual([...words.slice(0, 6).map(({ text }) => text), '\ufffd'])
    const boxes = run('pdftotext', ['-bbox', '-l', '1', file, '-'])
    expect(boxes).toMatch(/xMin="14\.4\d*" yMin="21\.6\d*" xMax="38\.\d+" yMax="31\.68\d*">Nguyễn/)
    const plain = await made('plain', [page(image)])
    expect(Buffer.compare(drawPdf(readFileSync(file), 100).data, drawPdf(readFileSync(plain), 100).data)).toBe(0)
    expect(run('pdffonts', [file])).toMatch(/MotCuaBlank\s+CID TrueType\s+Identity-H\s+yes no\s+yes/)
  })

  test('of 300 pages needs the memory of one', async () => {
    const noise = await encodeJpeg({ ...picture(1_200, 1_600, 1, 150), data: Uint8Array.from({ length: 1_920_000 }, (_, i) => (i * 2_654_435_761) >>> 24) }, 90)
    const file = join(folder, 'many.pdf')
    globalThis.gc?.()
    const before = process.memoryUsage()
    let most = 0
    async function* pages(): AsyncGenerator<PdfPage> {
      for (let i = 0; i < 300; i += 1) {
        yield page(Uint8Array.from(noise))
        most = Math.max(most, process.memoryUsage().rss - before.rss)
        await Promise.resolve()
      }
    }
    const written = await writePdfFile(file, pages(), about)
    expect(written.pages).toBe(300)
    expect(written.bytes).toBeGreaterThan(300 * noise.length)
    expect(most).toBeLessThan(200 * 1_048_576)
    expect(run('pdfinfo', [file])).toMatch(/Pages:\s+300/)
  }, 120_000)
})

describe('a PDF that cannot be written', () => {
  test('leaves nothing behind: a page that is no image of the right kind, a sink that fails', async () => {
    const good = await encodeJpeg(picture(64, 64, 1, 100), 80)
    const file = join(folder, 'none.pdf')
    for (const bad of [encodePng(picture(64, 64, 1, 100)), good.subarray(0, good.length - 2), Buffer.from('rubbish')]) {
      await expect(writePdfFile(file, [page(good), page(bad)], about)).rejects.toMatchObject({ code: 'QT-011' })
      expect(existsSync(file)).toBe(false)
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    await expect(writePdf([page(good)], about, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
  })
})

test.skipIf(!hasTool('qpdf'))('whatever the title and the words are, the file stays a PDF', async () => {
  const image = await encodeJpeg(picture(64, 64, 1, 100), 80)
  const file = join(folder, 'words-any.pdf')
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 4 }), async (title, texts) => {
    await writePdfFile(file, [page(image, { words: texts.map((text) => ({ text, x: 3, y: 3, width: 30, height: 10 })) })], { ...about, title })
    expect(run('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors found')
  }), { numRuns: 15 })
}, 60_000)

test('the colour profile is an ICC profile of the size it names, with white at D50', () => {
  const profile = srgbProfile()
  const view = new DataView(profile.buffer)
  expect(view.getUint32(0)).toBe(profile.length)
  expect(Buffer.from(profile.subarray(36, 40)).toString()).toBe('acsp')
  // Red, green and blue together are white.
  const tags = Object.fromEntries(Array.from({ length: view.getUint32(128) }, (_, i) => [Buffer.from(profile.subarray(132 + i * 12, 136 + i * 12)).toString(), view.getUint32(136 + i * 12)]))
  for (const [index, white] of [0.9642, 1, 0.8249].entries()) {
    const sum = ['rXYZ', 'gXYZ', 'bXYZ'].reduce((total, name) => total + view.getInt32((tags[name] ?? 0) + 8 + index * 4) / 65_536, 0)
    expect(Math.abs(sum - white)).toBeLessThan(0.001)
  }
})

