import { build } from 'esbuild'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { decodePnm } from '../../../src-main/capture/pages/codecs/pnm'
import { type Grey, isGrey, newGrey } from '../../../src-main/capture/pages/raster'
import { seeded } from '../../seeded'

export const root = resolve(import.meta.dirname, '../../..')
const fonts = join(root, 'resources/fonts/tinos')
const run = promisify(execFile)

/** Whether a program of the machine is there; tests that need it are skipped by name. */
export function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const hasVietnamese = (): boolean => has('tesseract') && execFileSync('tesseract', ['--list-langs'], { encoding: 'utf8' }).split(/\s+/).includes('vie')

export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-text-'))
  try {
    return await act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export type Sheet = Readonly<{ width: number; height: number; size?: number; margin?: number; content: Content; font?: string }>

/** A PDF of real text in Tinos, or in another font file; sizes in points. */
export async function pdfOf({ width, height, size = 13, margin = 30, content, font }: Sheet): Promise<Buffer> {
  const tinos = (face: string): string => join(fonts, `Tinos-${face}.ttf`)
  pdfmake.setFonts({
    Tinos: { normal: tinos('Regular'), bold: tinos('Bold'), italics: tinos('Italic'), bolditalics: tinos('BoldItalic') },
    ...(font === undefined ? {} : { Other: { normal: font, bold: font, italics: font, bolditalics: font } }),
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => true)
  const definition: TDocumentDefinitions = {
    pageSize: { width, height }, pageMargins: margin, content, defaultStyle: { font: font === undefined ? 'Tinos' : 'Other', fontSize: size },
  }
  return pdfmake.createPdf(definition).getBuffer()
}

/** The first page of a PDF as a scanner without faults would see it (poppler). */
export function pictureOf(pdf: Uint8Array, dpi: number): Promise<Grey> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, 'page.pdf'), pdf)
    await run('pdftoppm', ['-r', String(dpi), '-gray', '-singlefile', join(folder, 'page.pdf'), join(folder, 'page')])
    const image = decodePnm(readFileSync(join(folder, 'page.pgm')), dpi)
    if (!isGrey(image)) throw new Error('not grey')
    return image
  })
}

/** Text of a PDF, or its words with boxes in points, as poppler sees them. */
export function pdfText(pdf: Uint8Array, ...options: readonly string[]): Promise<string> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, 'page.pdf'), pdf)
    return (await run('pdftotext', [...options, join(folder, 'page.pdf'), '-'])).stdout
  })
}

export type Harm = Readonly<{ degrees: number; noise: number; /** Share of light that is left in the darkest corner. */ shadow: number; faint: number }>

/** A page as a bad copy of it: leaning clockwise, pale ink, darker to one corner, noisy. */
export function harmed(page: Grey, { degrees, noise, shadow, faint }: Harm, seed = 7): Grey {
  const { width, height, dpi } = page
  const out = newGrey(width, height, dpi)
  const random = seeded(seed)
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = [(x - width / 2) * cos + (y - height / 2) * sin + width / 2, -(x - width / 2) * sin + (y - height / 2) * cos + height / 2]
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)]
      const [partX, partY] = [fromX - left, fromY - top]
      const at = (dx: number, dy: number): number => (left + dx < 0 || top + dy < 0 || left + dx >= width || top + dy >= height ? 255 : (page.data[(top + dy) * width + left + dx] ?? 255))
      const ink = (at(0, 0) * (1 - partX) + at(1, 0) * partX) * (1 - partY) + (at(0, 1) * (1 - partX) + at(1, 1) * partX) * partY
      const pale = 255 - (255 - ink) * faint
      const light = 1 - (1 - shadow) * ((x / width + y / height) / 2)
      out.data[y * width + x] = Math.min(255, Math.max(0, pale * light + (random() + random() + random() - 1.5) * noise * 2))
    }
  }
  return out
}

const folded = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

/** Share of characters that are wrong, white space folded (Levenshtein over the length of the truth). */
export function errorRate(truth: string, read: string): number {
  const [left, right] = [[...folded(truth)], [...folded(read)]]
  let above = right.map((_, index) => index + 1)
  above.unshift(0)
  for (const [row, letter] of left.entries()) {
    const current = [row + 1]
    for (const [column, other] of right.entries()) {
      current.push(Math.min((above[column] ?? 0) + (letter === other ? 0 : 1), (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    above = current
  }
  return (above.at(-1) ?? 0) / Math.max(1, left.length)
}

// Inside node_modules, so that the bundle finds the packages it leaves outside.
const cache = join(root, 'node_modules/.cache/text-test')

/** A program of ours, bundled as the app bundles it. Returns its place. */
export async function bundled(entry: string, name: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  const outfile = join(cache, `${name}.mjs`)
  await build({
    entryPoints: [join(root, entry)], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error',
    alias: { '@contract': join(root, 'src-preload/contract'), '@resources': join(root, 'resources') },
  })
  return outfile
}

export const workerFile = async (name = 'ocr-worker'): Promise<URL> => pathToFileURL(await bundled('src-main/capture/text/ocr-worker.ts', name))
