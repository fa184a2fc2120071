import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

export const RESOURCES = resolve(import.meta.dirname, '../../resources')

function withPdf<T>(pdf: Uint8Array, act: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-paper-'))
  try {
    const file = join(folder, 'receipt.pdf')
    writeFileSync(file, pdf)
    return act(file, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const run = (tool: string, ...args: string[]): string => execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

/** The text as poppler reads it, white space folded: what a search or a screen reader would find. */
export function textOf(pdf: Uint8Array, page?: number): string {
  const pages = page === undefined ? [] : ['-f', String(page), '-l', String(page)]
  return withPdf(pdf, (file) => run('pdftotext', '-raw', ...pages, file, '-')).replaceAll(/\s+/g, ' ')
}

export function infoOf(pdf: Uint8Array): string {
  return withPdf(pdf, (file) => run('pdfinfo', file))
}

/** Right and lower edge of the outermost word, in points. */
export function extentOf(pdf: Uint8Array): { right: number; bottom: number } {
  const boxes = withPdf(pdf, (file) => run('pdftotext', '-bbox', file, '-'))
  const words = [...boxes.matchAll(/<word [^>]*xMax="([\d.]+)" yMax="([\d.]+)"/g)]
  return { right: Math.max(...words.map((word) => Number(word[1]))), bottom: Math.max(...words.map((word) => Number(word[2]))) }
}

/** Words of a page with their boxes, in points from the upper left corner. */
export function wordsOf(pdf: Uint8Array, page: number): { text: string; left: number; top: number; bottom: number }[] {
  const boxes = withPdf(pdf, (file) => run('pdftotext', '-bbox', '-f', String(page), '-l', String(page), file, '-'))
  return [...boxes.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</g)]
    .map(([, left, top, bottom, text = '']) => ({ text, left: Number(left), top: Number(top), bottom: Number(bottom) }))
}

/** Rows of pdffonts: [name, embedded, subset, has a Unicode map]. */
export function fontsOf(pdf: Uint8Array): [string, string, string, string][] {
  const rows = withPdf(pdf, (file) => run('pdffonts', file)).trim().split('\n').slice(2)
  return rows.map((row) => {
    const [, , uni = '', sub = '', emb = ''] = row.trim().split(/\s+/).reverse()
    return [row.split(/\s+/)[0] ?? '', emb, sub, uni] as [string, string, string, string]
  })
}

/** qpdf's verdict; throws when it finds a fault. */
export function qpdfCheck(pdf: Uint8Array): string {
  return withPdf(pdf, (file) => run('qpdf', '--check', file))
}

/** Codes read from the picture of each page by ZXing, which has no part in drawing them. */
export async function codesOf(pdf: Uint8Array, dpi: number): Promise<{ format: string; text: string; errorCorrection: string }[][]> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer }, fireImmediately: true })
  const pictures = withPdf(pdf, (file, folder) => {
    run('pdftoppm', '-r', String(dpi), '-gray', '-png', file, join(folder, 'page'))
    return readdirSync(folder).filter((name) => name.endsWith('.png')).sort().map((name) => new Uint8Array(readFileSync(join(folder, name))))
  })
  const found = await Promise.all(pictures.map((picture) => readBarcodes(picture, { formats: ['QRCode', 'Code128'], tryHarder: true })))
  return found.map((codes) => codes.map(({ format, text, ecLevel }) => ({ format, text, errorCorrection: ecLevel })).sort((a, b) => a.format.localeCompare(b.format)))
}

/** Texts of the codes that zbar reads from all pages, sorted. */
export function codesByZbar(pdf: Uint8Array, dpi: number): string[] {
  return withPdf(pdf, (file, folder) => {
    run('pdftoppm', '-r', String(dpi), '-gray', '-png', file, join(folder, 'page'))
    const pictures = readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => join(folder, name))
    return run('zbarimg', '--quiet', '--raw', ...pictures).split('\n').filter((line) => line !== '').sort()
  })
}
