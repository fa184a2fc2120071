import { inflateSync } from 'node:zlib'
import { badImage } from '../limits'
import { decodeFax, type FaxKind } from './fax-decode'

/** LZW of TIFF 6.0, chapter 13: codes of 9 to 12 bits from the highest bit, growing one code early. Never gives more than `size` bytes. */
export function unpackLzw(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  const [begins, lengths] = [new Uint32Array(4_097), new Uint16Array(4_097)]
  let [at, filled, next, width, last] = [0, 0, 258, 9, -1]
  while (filled < size) {
    if (at + width > data.length * 8) break
    const byte = at >> 3
    const code = ((((data[byte] ?? 0) << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0)) >> (24 - (at & 7) - width)) & ((1 << width) - 1)
    at += width
    if (code === 257) break
    if (code === 256) {
      next = 258
      width = 9
      last = -1
      continue
    }
    if (code > next || (code >= 258 && last < 0)) throw badImage('lzw-code')
    const start = filled
    // A string is where it was first written, and one byte more; the newest one is the last string and its own first byte.
    if (code < 256) out[filled++] = code
    else for (let i = 0, length = lengths[code] ?? 0, from = begins[code] ?? 0; i < length && filled < size; i += 1) out[filled++] = out[from + i] ?? 0
    if (last >= 0 && next < 4_096) next += 1
    if (next < 4_096) {
      begins[next] = start
      lengths[next] = Math.min(65_535, filled - start + 1)
    }
    last = code
    width = next >= 2_047 ? 12 : next >= 1_023 ? 11 : next >= 511 ? 10 : 9
  }
  if (filled < size) throw badImage('lzw-truncated')
  return out
}

/** PackBits of TIFF 6.0, chapter 9. */
export function unpackBits(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let filled = 0
  for (let at = 0; at < data.length && filled < size;) {
    const head = data[at++] ?? 0
    if (head < 128) {
      for (let i = 0; i <= head && filled < size && at < data.length; i += 1) out[filled++] = data[at++] ?? 0
    } else if (head > 128) {
      const end = Math.min(size, filled + 257 - head)
      out.fill(data[at++] ?? 0, filled, end)
      filled = end
    }
  }
  if (filled < size) throw badImage('packbits-truncated')
  return out
}

/** Bytes with their bits the other way round (fill order 2). */
export function mirroredBits(data: Uint8Array): Uint8Array {
  return data.map((byte) => ((byte * 0x0202020202) & 0x010884422010) % 1_023)
}

export type Packed = Readonly<{ compression: number; width: number; rows: number; rowBytes: number; twoDimensional: boolean }>

/** One strip or tile as plain rows. @throws AppError QT-011; what zlib throws */
export function unpack(piece: Uint8Array, { compression, width, rows, rowBytes, twoDimensional }: Packed): Uint8Array {
  const size = rowBytes * rows
  const fax = (kind: FaxKind): Uint8Array => decodeFax(piece, kind, width, rows)
  switch (compression) {
    case 1:
      if (piece.length < size) throw badImage('tiff-truncated')
      return piece
    case 2:
      return fax('rle')
    case 3:
      return fax(twoDimensional ? 'g3-2d' : 'g3-1d')
    case 4:
      return fax('g4')
    case 5:
      return unpackLzw(piece, size)
    case 8:
    case 32_946: {
      // A last strip may hold rows beyond the picture.
      const bytes = inflateSync(piece, { maxOutputLength: size * 2 + 65_536 })
      if (bytes.length < size) throw badImage('tiff-truncated')
      return bytes
    }
    case 32_773:
      return unpackBits(piece, size)
    default:
      throw badImage('tiff-compression')
  }
}

/** Takes the differences of horizontal prediction away again, in place: 8 bits a sample. */
export function unpredicted(bytes: Uint8Array, rows: number, rowBytes: number, samples: number): Uint8Array {
  const out = Uint8Array.from(bytes)
  for (let y = 0; y < rows; y += 1) {
    for (let i = y * rowBytes + samples; i < (y + 1) * rowBytes; i += 1) out[i] = (out[i] ?? 0) + (out[i - samples] ?? 0)
  }
  return out
}
