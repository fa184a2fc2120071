import { malformed } from './malformed'

/** What a decoder is asked to do with a JPEG 2000 codestream. */
export type Codestream = Readonly<{ width: number; height: number; components: number }>

/** A portrait is far below this; more would hold the memory of a counter PC for seconds. */
const MOST_PIXELS = 4_000_000
const MOST_TILES = 256
const MOST_LAYERS = 64
const MOST_LEVELS = 10
const SMALLEST_PRECINCT = 5
const COMPONENTS: ReadonlySet<number> = new Set([1, 3, 4])

const SIZ_AT = 4
const SOT = 0xff90
const COD = 0xff52
const COC = 0xff53

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2)

/** Image and tile sizes: 8 bits, no subsampling, few tiles (ISO 15444-1 A.5.1). */
function readSiz(bytes: Uint8Array): Codestream {
  const at = SIZ_AT
  const [right, bottom, left, top] = [u32(bytes, at + 4), u32(bytes, at + 8), u32(bytes, at + 12), u32(bytes, at + 16)]
  const [tileWidth, tileHeight, tileLeft, tileTop] = [u32(bytes, at + 20), u32(bytes, at + 24), u32(bytes, at + 28), u32(bytes, at + 32)]
  const components = u16(bytes, at + 36)
  const [width, height] = [right - left, bottom - top]
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight)
  const isPlain = Array.from({ length: Math.min(components, 4) * 3 }, (_, index) => bytes[at + 38 + index]).every((byte, index) => byte === (index % 3 === 0 ? 7 : 1))
  const isSmall = width > 0 && height > 0 && width * height <= MOST_PIXELS && tiles > 0 && tiles <= MOST_TILES
  if (!isSmall || !isPlain || !COMPONENTS.has(components)) throw malformed('DG2')
  return { width, height, components }
}

/** Decomposition levels, code blocks, precincts (A.6.1 table A.20): small precincts are what makes a small file slow. */
function checkCoding(style: number, at: number, bytes: Uint8Array): void {
  const levels = bytes[at] ?? 255
  const precincts = (style & 1) === 0 ? [] : Array.from(bytes.subarray(at + 5, at + 6 + levels))
  const isCoarse = precincts.slice(1).every((byte) => (byte & 0x0f) >= SMALLEST_PRECINCT && byte >> 4 >= SMALLEST_PRECINCT)
  if (levels > MOST_LEVELS || !isCoarse) throw malformed('DG2')
}

/**
 * Reads the main header of a codestream and refuses what no portrait is and what would make a decoder work long.
 * @throws AppError THE-009 (`file`: `DG2`)
 */
export function readCodestream(bytes: Uint8Array): Codestream {
  const siz = readSiz(bytes)
  let isCoded = false
  let at = SIZ_AT + u16(bytes, SIZ_AT)
  for (; at + 4 <= bytes.length && u16(bytes, at) !== SOT; at += 2 + Math.max(2, u16(bytes, at + 2))) {
    const marker = u16(bytes, at)
    if (marker < 0xff4f) throw malformed('DG2')
    if (marker === COD) {
      if (u16(bytes, at + 6) > MOST_LAYERS) throw malformed('DG2')
      checkCoding(bytes[at + 4] ?? 0, at + 9, bytes)
      isCoded = true
    }
    if (marker === COC) checkCoding(bytes[at + 5] ?? 0, at + 6, bytes)
  }
  if (!isCoded || at + 4 > bytes.length) throw malformed('DG2')
  return siz
}
