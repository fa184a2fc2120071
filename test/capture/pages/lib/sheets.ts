import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { decodePnm } from '../../../../src-main/capture/pages/codecs/pnm'
import type { Raster } from '../../../../src-main/capture/pages/raster'
import { seeded } from '../../../seeded'

const fonts = join(import.meta.dirname, '../../../../resources/fonts/tinos')

/** True where a Debian tool that a test needs is there. */
export const hasTool = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

const WORDS = 'ủy ban nhân dân phường xác nhận công dân thường trú tại thửa đất quyền sử dụng hồ sơ giấy khai sinh bản sao trích lục đăng ký kết hôn địa chỉ nơi cư trú căn cứ quyết định số ngày tháng năm người yêu cầu chịu trách nhiệm trước pháp luật lời cam đoan kính gửi đề nghị cấp lại'.split(' ')

function sentence(roll: () => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[Math.floor(roll() * WORDS.length)] ?? '').join(' ')
}

/** A form of an office in Tinos, 13 points: head, paragraphs, a table, a right-aligned foot; about 350 words. The words differ by seed, the form does not. */
export function formContent(seed: number): Content[] {
  const roll = seeded(seed)
  const row = (): string[] => [String(Math.floor(roll() * 1_000)), sentence(roll, 3), sentence(roll, 6), String(Math.floor(roll() * 1e9))]
  return [
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', bold: true, alignment: 'center' },
    { text: 'Độc lập - Tự do - Hạnh phúc', bold: true, alignment: 'center', margin: [0, 0, 0, 12] },
    { text: 'TỜ KHAI', bold: true, fontSize: 16, alignment: 'center', margin: [0, 0, 0, 8] },
    ...Array.from({ length: 7 }, (): Content => ({ text: `${sentence(roll, 30)}.`, alignment: 'justify', margin: [0, 0, 0, 6] })),
    { table: { widths: [30, 90, '*', 80], body: [['STT', 'Loại giấy', 'Nội dung', 'Số'], ...Array.from({ length: 7 }, row)] }, margin: [0, 6, 0, 10] },
    ...Array.from({ length: 2 }, (): Content => ({ text: `${sentence(roll, 24)}.`, margin: [0, 0, 0, 6] })),
    { text: 'Người khai ký và ghi rõ họ tên', alignment: 'right', italics: true },
  ]
}

export async function makePdf(content: readonly Content[], rest: Partial<TDocumentDefinitions> = {}): Promise<Uint8Array> {
  pdfmake.setFonts({ Tinos: { normal: join(fonts, 'Tinos-Regular.ttf'), bold: join(fonts, 'Tinos-Bold.ttf'), italics: join(fonts, 'Tinos-Italic.ttf'), bolditalics: join(fonts, 'Tinos-BoldItalic.ttf') } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts))
  return new Uint8Array(await pdfmake.createPdf({ content: [...content], pageSize: 'A4', pageMargins: [70, 56, 50, 50], defaultStyle: { font: 'Tinos', fontSize: 13 }, ...rest }).getBuffer())
}

export function inFolder<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-pages-'))
  const clear = (): void => rmSync(folder, { recursive: true, force: true })
  let result: T
  try {
    result = act(folder)
  } catch (error) {
    clear()
    throw error
  }
  if (result instanceof Promise) void result.then(clear, clear)
  else clear()
  return result
}

/** The pages of a PDF as poppler draws them. */
export function drawPdf(pdf: Uint8Array, dpi: number, page = 1, flags: readonly string[] = []): Raster {
  return inFolder((folder) => {
    const file = join(folder, 'page.pdf')
    writeFileSync(file, pdf)
    return decodePnm(execFileSync('pdftoppm', ['-r', String(dpi), '-f', String(page), '-l', String(page), ...flags, file], { maxBuffer: 512 * 1024 * 1024 }), dpi)
  })
}

const drawn = new Map<string, Promise<Raster>>()

/** A clean A4 page of text, in colour, as a scanner without noise would give it. Drawn once a process. */
export function formPage(seed = 1, dpi = 300): Promise<Raster> {
  const name = `${String(seed)}@${String(dpi)}`
  const known = drawn.get(name)
  if (known) return known
  const page = makePdf(formContent(seed)).then((pdf) => drawPdf(pdf, dpi))
  drawn.set(name, page)
  return page
}
