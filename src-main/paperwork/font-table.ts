/** What layout and the glyph check need to know of a TrueType font. */
export interface FontTable {
  /** True when the font draws this code point. */
  has(codePoint: number): boolean
  /** Advance width of a text without kerning, in the unit of `size`. */
  width(text: string, size: number): number
}

type GlyphOf = (codePoint: number) => number

function tableOffset(view: DataView, tag: string): number {
  const count = view.getUint16(4)
  for (let i = 0; i < count; i += 1) {
    const record = 12 + i * 16
    const name = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(record + k)))
    if (name === tag) return view.getUint32(record + 8)
  }
  throw new Error(`font has no ${tag} table`)
}

function unicodeSubtable(view: DataView, cmap: number): number {
  const count = view.getUint16(cmap + 2)
  for (let i = 0; i < count; i += 1) {
    const record = cmap + 4 + i * 8
    const subtable = cmap + view.getUint32(record + 4)
    if (view.getUint16(record) === 3 && view.getUint16(record + 2) === 1 && view.getUint16(subtable) === 4) return subtable
  }
  throw new Error('font has no Unicode BMP character map (format 4)')
}

// OpenType 1.9, cmap format 4: segments sorted by end code.
function glyphLookup(view: DataView, table: number): GlyphOf {
  const segX2 = view.getUint16(table + 6)
  const starts = table + 16 + segX2
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    for (let i = 0; i < segX2; i += 2) {
      if (view.getUint16(table + 14 + i) < codePoint) continue
      const start = view.getUint16(starts + i)
      if (start > codePoint) return 0
      const delta = view.getUint16(starts + segX2 + i)
      const rangeAt = starts + 2 * segX2 + i
      const range = view.getUint16(rangeAt)
      if (range === 0) return (codePoint + delta) & 0xffff
      const glyph = view.getUint16(rangeAt + range + 2 * (codePoint - start))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}

/** Reads the character map and advance widths of a TrueType file. @throws Error when it is not one. */
export function readFontTable(bytes: Uint8Array): FontTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const glyphOf = glyphLookup(view, unicodeSubtable(view, tableOffset(view, 'cmap')))
  const unitsPerEm = view.getUint16(tableOffset(view, 'head') + 18)
  const metrics = view.getUint16(tableOffset(view, 'hhea') + 34)
  const hmtx = tableOffset(view, 'hmtx')
  const advance = (glyph: number): number => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1))
  return {
    has: (codePoint) => glyphOf(codePoint) !== 0,
    width: (text, size) => ([...text].reduce((sum, char) => sum + advance(glyphOf(char.codePointAt(0) ?? 0)), 0) * size) / unitsPerEm,
  }
}
