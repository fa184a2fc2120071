import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { SignatureWish } from '../../../src-main/signing/ports'

export const RESOURCES = resolve(import.meta.dirname, '../../../resources')
const font = (file: string): string => join(RESOURCES, 'fonts', 'tinos', file)
const FONTS = { Tinos: { normal: font('Tinos-Regular.ttf'), bold: font('Tinos-Bold.ttf'), italics: font('Tinos-Italic.ttf'), bolditalics: font('Tinos-BoldItalic.ttf') } }

/** A paper as the program makes them. */
export async function made(document: Partial<TDocumentDefinitions> = {}): Promise<Uint8Array> {
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => true)
  pdfmake.setFonts(FONTS)
  const content = document.content ?? ['Đơn đề nghị cấp chứng thư chữ ký số', { text: 'Phường Mẫu, ngày 23 tháng 11 năm 2026', italics: true }]
  return new Uint8Array(await pdfmake.createPdf({ version: '1.7', defaultStyle: { font: 'Tinos' }, ...document, content }).getBuffer())
}

/** So many pages full of text. */
export const pagesOfText = (count: number): Promise<Uint8Array> =>
  made({ content: Array.from({ length: count }, (_, page) => ({ text: Array.from({ length: 420 }, (_word, word) => `từ${(page * 7919 + word * 104_729) % 99_991}`).join(' '), ...(page > 0 ? { pageBreak: 'before' as const } : {}) })) })

/** One page and an attached file of so many bytes that do not compress. */
export async function withAttachment(bytes: number): Promise<Uint8Array> {
  const src = `data:application/octet-stream;base64,${Buffer.from(Uint32Array.from({ length: bytes / 4 }, (_, i) => Math.imul(i + 1, 2_654_435_761) ^ (i << 7)).buffer).toString('base64')}`
  return made({ files: { data: { src, name: 'data.bin' } } })
}

export const hasTool = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined

/** Gives files to a program in a folder of their own and reads what it made. */
export function withFolder<T>(files: Readonly<Record<string, Uint8Array>>, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-pdf-'))
  try {
    for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes)
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const through = (pdf: Uint8Array, tool: string, ...args: readonly string[]): Uint8Array =>
  withFolder({ 'in.pdf': pdf }, (folder) => {
    execFileSync(tool, args.map((arg) => arg.replace('IN', 'in.pdf').replace('OUT', 'out.pdf')), { cwd: folder, stdio: 'pipe' })
    return new Uint8Array(readFileSync(join(folder, 'out.pdf')))
  })

export const told = (pdf: Uint8Array, tool: string, ...args: readonly string[]): string =>
  withFolder({ 'in.pdf': pdf }, (folder) => {
    const { stdout, stderr } = spawnSync(tool, args.map((arg) => arg.replace('IN', 'in.pdf')), { cwd: folder, encoding: 'utf8' })
    return `${stdout}${stderr}`
  })

export const WISH: SignatureWish = { name: 'Nguyễn Thị Ví Dụ', reason: 'Tôi đồng ý với nội dung đơn', location: 'Phường Mẫu', at: new Date('2026-11-23T02:05:09Z'), visible: null }
export const MARKED: SignatureWish = { ...WISH, visible: { page: 1, box: [60, 80, 220, 60], lines: ['Người ký: Nguyễn Thị Ví Dụ', 'Thời gian: 09:05 ngày 23/11/2026', 'Đã ký số trên phần mềm Một Cửa'] } }

/** Something that looks like a CMS from outside: a SEQUENCE of so many bytes. */
export const fakeCms = (bytes = 700): Uint8Array => Uint8Array.of(0x30, 0x82, (bytes - 4) >> 8, (bytes - 4) & 255, ...Array.from({ length: bytes - 4 }, (_, index) => (index * 31) & 255))

export const isPrefix = (old: Uint8Array, all: Uint8Array): boolean => Buffer.compare(old, all.subarray(0, old.length)) === 0
