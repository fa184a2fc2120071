import type { GlyphWarning } from '@contract/receipt'

/** Stands for a character that the font does not have. */
export const MISSING_GLYPH = '\u25A1'

// Default-ignorable marks (joiners, direction, variation selectors) draw nothing and are dropped without a word.
const INVISIBLE = /[\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

type Has = (codePoint: number) => boolean

function drawable(grapheme: string, has: Has, onMissing: (codePoint: number) => void): string {
  const kept = [...grapheme].filter((char) => {
    const codePoint = char.codePointAt(0) ?? 0
    if (has(codePoint)) return true
    onMissing(codePoint)
    return false
  })
  return kept.length > 0 ? kept.join('') : MISSING_GLYPH
}

/** One printable line: NFC, control characters and line ends as single spaces, characters without a glyph as □. */
function printable(text: string, has: Has, onMissing: (codePoint: number) => void): string {
  const joined = text.normalize('NFC').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  const clean = [...graphemes.segment(joined)].map(({ segment }) => segment.replaceAll(INVISIBLE, ''))
  return clean.map((grapheme) => (grapheme === '' ? '' : drawable(grapheme, has, onMissing))).join('')
}

/**
 * Makes every text of a value printable, at any depth, and lists what the font lacks.
 * The list names field and code point, never the text around it.
 */
export function printableTexts<T>(value: T, has: Has): { value: T; warnings: GlyphWarning[] } {
  const warnings = new Map<string, GlyphWarning>()
  const walk = (node: unknown, field: string): unknown => {
    if (typeof node === 'string') {
      return printable(node, has, (codePoint) => {
        const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
        warnings.set(`${field} ${name}`, { code: 'IN-005', field, codePoint: name })
      })
    }
    if (Array.isArray(node)) return node.map((item, index) => walk(item, `${field}[${index}]`))
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item, field === '' ? key : `${field}.${key}`)]))
    }
    return node
  }
  // The walk keeps the shape: texts stay texts, everything else is returned as it was.
  return { value: walk(value, '') as T, warnings: [...warnings.values()] }
}
