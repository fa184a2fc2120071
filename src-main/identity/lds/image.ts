import { malformed } from './malformed'

/** An image inside DG2, known by its own first bytes; width and height in pixels from its header, before anything is decoded. */
export type FaceImage = Readonly<{ codec: 'jpeg' | 'jpeg2000'; container: 'jfif' | 'jp2' | 'j2k'; width: number; height: number; bytes: Uint8Array }>

/** What is taken as a portrait: at most so many pixels a side and in all, and so many bytes. */
export const FACE_LIMITS = { side: 4096, pixels: 16_000_000, bytes: 200 * 1024 } as const

const JPEG = [0xff, 0xd8, 0xff]
const JP2 = [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]
const J2K = [0xff, 0x4f, 0xff, 0x51]
const MOST_SEGMENTS = 2000

type Size = Readonly<{ width: number; height: number }>

const begins = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean => magic.every((byte, index) => bytes[at + index] === byte)
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2)

/** Start-of-frame markers: C0–CF without DHT (C4), JPG (C8) and DAC (CC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Size in the first start-of-frame segment (ISO 10918-1 B.2.2). */
function jpegSize(bytes: Uint8Array): Size | null {
  let at = 2
  for (let count = 0; count < MOST_SEGMENTS && at + 9 <= bytes.length; count += 1) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { height: u16(bytes, at + 5), width: u16(bytes, at + 7) }
    if (marker === 0xda || marker === 0xd9) return null
    at += 2 + Math.max(2, u16(bytes, at + 2))
  }
  return null
}

/** Size in the SIZ segment, which is the first of a codestream (ISO 15444-1 A.5.1). */
function codestreamSize(bytes: Uint8Array, at: number): Size | null {
  if (!begins(bytes, J2K, at) || bytes.length < at + 42) return null
  return { width: u32(bytes, at + 8) - u32(bytes, at + 16), height: u32(bytes, at + 12) - u32(bytes, at + 20) }
}

type Box = Readonly<{ type: string; from: number; to: number }>

/** Boxes of a JP2 file, or inside one of its boxes (ISO 15444-1 I.4). */
function boxes(bytes: Uint8Array, from: number, to: number): Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to && found.length < 50;) {
    const length = u32(bytes, at)
    const header = length === 1 ? 16 : 8
    const end = length === 0 ? to : at + (length === 1 ? u32(bytes, at + 8) * 0x1_0000_0000 + u32(bytes, at + 12) : length)
    if (end > to || end < at + header) break
    found.push({ type: Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1'), from: at + header, to: end })
    at = end
  }
  return found
}

/** Where the codestream of a JPEG 2000 image lies; null when it has none. */
export function codestreamOf(bytes: Uint8Array): Uint8Array | null {
  if (begins(bytes, J2K)) return bytes
  const box = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'jp2c')
  return box === undefined ? null : bytes.subarray(box.from, box.to)
}

/** Size in the codestream, to which the image header of the file must agree. */
function jp2Size(bytes: Uint8Array): Size | null {
  const outer = boxes(bytes, 0, bytes.length)
  const header = outer.find(({ type }) => type === 'jp2h')
  const ihdr = header === undefined ? undefined : boxes(bytes, header.from, header.to).find(({ type }) => type === 'ihdr')
  const stream = outer.find(({ type }) => type === 'jp2c')
  if (ihdr === undefined || stream === undefined || ihdr.to - ihdr.from < 8) return null
  const size = codestreamSize(bytes.subarray(0, stream.to), stream.from)
  return size !== null && u32(bytes, ihdr.from) === size.height && u32(bytes, ihdr.from + 4) === size.width ? size : null
}

function kindOf(bytes: Uint8Array): Readonly<{ codec: FaceImage['codec']; container: FaceImage['container']; size: Size | null }> {
  if (begins(bytes, JPEG)) return { codec: 'jpeg', container: 'jfif', size: jpegSize(bytes) }
  if (begins(bytes, JP2)) return { codec: 'jpeg2000', container: 'jp2', size: jp2Size(bytes) }
  if (begins(bytes, J2K)) return { codec: 'jpeg2000', container: 'j2k', size: codestreamSize(bytes, 0) }
  throw malformed('DG2')
}

/**
 * Tells an image by its own first bytes (the header around it is often wrong, `eid.md` D.1) and checks its size before it is decoded.
 * @throws AppError THE-009 (`file`: `DG2`) for another format, a broken header or a size beyond `FACE_LIMITS`
 */
export function readImage(bytes: Uint8Array): FaceImage {
  const { codec, container, size } = kindOf(bytes)
  const { side, pixels, bytes: mostBytes } = FACE_LIMITS
  if (size === null || bytes.length > mostBytes) throw malformed('DG2')
  const { width, height } = size
  if (!(width > 0 && height > 0 && width <= side && height <= side && width * height <= pixels)) throw malformed('DG2')
  return { codec, container, width, height, bytes }
}
