import { wellFormed } from './metadata'
import type { PdfImage, PdfWord } from './page-image'

/** Width of every glyph of the font of the text layer, in thousandths of its size. */
export const GLYPH_WIDTH = 500
/** How far letters reach above and below the line, in thousandths: together one size, so that a word fills its box. */
export const ASCENT = 800
export const DESCENT = -200

const number = (value: number): string => String(Math.round(value * 1_000) / 1_000)
const hex = (text: string): string => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('')

/** Which way a word runs (the first two numbers of its text matrix) and where its line begins, as shares of its box from the lower left and of its height. */
const RUNS = {
  0: { matrix: '1 0 0 1', begin: [0, 0], up: [0, 1] },
  1: { matrix: '0 1 -1 0', begin: [1, 0], up: [-1, 0] },
  2: { matrix: '-1 0 0 -1', begin: [1, 1], up: [0, -1] },
  3: { matrix: '0 -1 1 0', begin: [0, 1], up: [1, 0] },
} as const

/** Where a word stands on the page, in points from its lower left, and how it must be stretched to cover its box. */
function wordOf({ text, x, y, width, height, turns = 0 }: PdfWord, image: PdfImage): string | null {
  // A code of the font is two bytes: letters beyond them (none of Vietnamese) are shown as unknown.
  const clean = wellFormed(text.normalize('NFC')).replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\ufffd').trim()
  const scale = 72 / image.dpi
  if (clean === '' || !(width > 0) || !(height > 0)) return null
  const [long, tall] = turns % 2 === 0 ? [width, height] : [height, width]
  const { matrix, begin, up } = RUNS[turns]
  const size = tall * scale
  const natural = (clean.length * GLYPH_WIDTH * size) / 1_000
  const stretch = Math.min(2_000, Math.max(1, (100 * long * scale) / natural))
  // Letters reach below their line by the descent.
  const rise = (-tall * DESCENT) / 1_000
  const [left, bottom] = [x + width * begin[0] + rise * up[0], image.height - y - height + height * begin[1] + rise * up[1]]
  // The space belongs to the word before it, so that copied text has gaps.
  return `/T ${number(size)} Tf ${number(stretch)} Tz ${matrix} ${number(left * scale)} ${number(bottom * scale)} Tm <${hex(`${clean} `)}> Tj`
}

/** What draws a page: its image over the whole sheet, and above it the words that were read, invisible (render mode 3). */
export function pageContent(image: PdfImage, words: readonly PdfWord[] = []): string {
  const scale = 72 / image.dpi
  const shown = words.map((word) => wordOf(word, image)).filter((line) => line !== null)
  const layer = shown.length === 0 ? '' : `BT 3 Tr\n${shown.join('\n')}\nET\n`
  return `q ${number(image.width * scale)} 0 0 ${number(image.height * scale)} 0 0 cm /I Do Q\n${layer}`
}

/**
 * A TrueType font of two glyphs without an outline, half an em wide. Every character of the text layer is drawn with the second, so that
 * no font of letters has to be embedded for what nobody sees; which letter is meant says the ToUnicode map. 450 bytes.
 */
export function blankFont(): Uint8Array {
  const tables: readonly (readonly [string, Uint8Array])[] = [
    ['cmap', shorts(0, 1, 3, 1, 0, 12, 4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)],
    ['glyf', shorts(0, 0)],
    ['head', shorts(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, DESCENT, GLYPH_WIDTH, ASCENT, 0, 8, 2, 0, 0)],
    ['hhea', shorts(1, 0, ASCENT, DESCENT, 0, GLYPH_WIDTH, 0, 0, GLYPH_WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 2)],
    ['hmtx', shorts(GLYPH_WIDTH, 0, GLYPH_WIDTH, 0)],
    ['loca', shorts(0, 0, 0)],
    ['maxp', shorts(1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['name', shorts(0, 0, 6)],
    ['post', shorts(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
  ]
  return sfnt(tables)
}

function shorts(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 2)
  const view = new DataView(bytes.buffer)
  values.forEach((value, index) => view.setUint16(index * 2, value & 0xffff))
  return bytes
}

function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + (((bytes[i] ?? 0) << 24) | ((bytes[i + 1] ?? 0) << 16) | ((bytes[i + 2] ?? 0) << 8) | (bytes[i + 3] ?? 0))) >>> 0
  return sum
}

function sfnt(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const start = 12 + tables.length * 16
  const font = new Uint8Array(tables.reduce((sum, [, table]) => sum + Math.ceil(table.length / 4) * 4, start))
  const view = new DataView(font.buffer)
  // Eight tables are the greatest power of two in nine.
  font.set(shorts(1, 0, tables.length, 128, 3, tables.length * 16 - 128), 0)
  let at = start
  let headAt = 0
  tables.forEach(([name, table], index) => {
    const entry = 12 + index * 16
    font.set(Uint8Array.from(name, (char) => char.charCodeAt(0)), entry)
    view.setUint32(entry + 4, checksum(table))
    view.setUint32(entry + 8, at)
    view.setUint32(entry + 12, table.length)
    font.set(table, at)
    if (name === 'head') headAt = at
    at += Math.ceil(table.length / 4) * 4
  })
  view.setUint32(headAt + 8, (0xb1b0afba - checksum(font)) >>> 0)
  return font
}

/** Each code of two bytes is the UTF-16 unit itself. A range may not run over the last byte, so there is one a high byte; halves of letters have none. */
export function unicodeMap(): string {
  const high = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte < 0xd8 || byte > 0xdf)
  const ranges = high.map((byte) => byte.toString(16).padStart(2, '0')).map((byte) => `<${byte}00> <${byte}ff> <${byte}00>`)
  const blocks = [0, 100, 200].map((from) => ranges.slice(from, from + 100)).map((block) => `${String(block.length)} beginbfrange\n${block.join('\n')}\nendbfrange`)
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}
