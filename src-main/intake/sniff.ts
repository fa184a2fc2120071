import type { MediaType } from '@contract/draft'
import { AppError } from '@contract/errors'

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte)

const SIGNATURES: readonly (readonly [MediaType, (head: Uint8Array) => boolean])[] = [
  ['application/pdf', (head) => startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])],
  ['image/jpeg', (head) => startsWith(head, [0xff, 0xd8, 0xff])],
  ['image/png', (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/tiff', (head) => startsWith(head, [0x49, 0x49, 0x2a, 0x00]) || startsWith(head, [0x4d, 0x4d, 0x00, 0x2a])],
]

const BY_EXTENSION: Readonly<Record<string, MediaType>> = {
  pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', jpe: 'image/jpeg', jfif: 'image/jpeg', png: 'image/png', tif: 'image/tiff', tiff: 'image/tiff',
}

/** Bytes of the beginning that `sniff` and `refuseBomb` want to see: the facts of a camera can fill the first 64 KiB and more. */
export const SNIFF_BYTES = 256 * 1024

/**
 * The type of a file by its content, never by its name.
 * @throws AppError TEP-001 no known type, TEP-002 the name says another type than the content
 */
export function sniff(head: Uint8Array, name: string): MediaType {
  const found = SIGNATURES.find(([, matches]) => matches(head))?.[0]
  if (!found) throw new AppError('TEP-001')
  // "Giấy ủy quyền số 12.2026" has a dot and no extension.
  const extension = /\.([a-z][a-z0-9]{1,3})$/iu.exec(name)?.[1]?.toLowerCase()
  const claimed = extension === undefined ? undefined : BY_EXTENSION[extension]
  if (extension !== undefined && claimed !== found) throw new AppError('TEP-002', { content: found, extension })
  return found
}

/** Pixels of width × height above which a picture is refused: decoded it would take more memory than a counter has. */
const MAX_PIXELS = 120_000_000

/**
 * Refuses a picture whose header promises a decoded size no counter can hold (a decompression bomb).
 * @throws AppError TEP-005
 */
export function refuseBomb(type: MediaType, head: Uint8Array): void {
  const size = SIZE_OF[type](new DataView(head.buffer, head.byteOffset, head.byteLength))
  if (size && size.width * size.height > MAX_PIXELS) throw new AppError('TEP-005', { megapixels: Math.round((size.width * size.height) / 1e6) })
}

type Size = Readonly<{ width: number; height: number }>

const SIZE_OF: Readonly<Record<MediaType, (view: DataView) => Size | null>> = {
  'application/pdf': () => null,
  'image/png': (view) => (view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) }),
  'image/jpeg': jpegSize,
  'image/tiff': tiffSize,
}

const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegSize(view: DataView): Size | null {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (isFrameHeader(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // Any number of FF bytes may fill the space before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

const [IMAGE_WIDTH, IMAGE_LENGTH, SHORT] = [256, 257, 3]

/** Width and length in the first directory of a TIFF, when it lies in what is seen of the file. */
function tiffSize(view: DataView): Size | null {
  if (view.byteLength < 8) return null
  const little = view.getUint8(0) === 0x49
  const directory = view.getUint32(4, little)
  if (directory + 2 > view.byteLength) return null
  const sides = new Map<number, number>()
  const entries = Math.min(view.getUint16(directory, little), Math.floor((view.byteLength - directory - 2) / 12))
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12
    const isShort = view.getUint16(entry + 2, little) === SHORT
    sides.set(view.getUint16(entry, little), isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little))
  }
  const [width, height] = [sides.get(IMAGE_WIDTH), sides.get(IMAGE_LENGTH)]
  return width === undefined || height === undefined ? null : { width, height }
}

const TYPE = '/Type'
/** The most that the type of a page object takes, with the byte after it. */
const LONGEST_PAGE_TYPE = 16

/** Page objects of a PDF that begin before an index, as far as its plain objects tell (packed ones are not seen). */
export function countPdfPages(bytes: Buffer, before: number): number {
  let pages = 0
  for (let at = bytes.indexOf(TYPE); at !== -1 && at < before; at = bytes.indexOf(TYPE, at + TYPE.length)) {
    if (/^\/Type\s{0,4}\/Page(?![a-zA-Z])/u.test(bytes.toString('latin1', at, at + LONGEST_PAGE_TYPE))) pages += 1
  }
  return pages
}
