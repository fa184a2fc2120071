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
  pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', tif: 'image/tiff', tiff: 'image/tiff',
}

/** Bytes of the beginning that `sniff` wants to see. */
export const SNIFF_BYTES = 64 * 1024

/**
 * The type of a file by its content, never by its name.
 * @throws AppError TEP-001 no known type, TEP-002 the name says another type than the content
 */
export function sniff(head: Uint8Array, name: string): MediaType {
  const found = SIGNATURES.find(([, matches]) => matches(head))?.[0]
  if (!found) throw new AppError('TEP-001')
  const extension = /\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase()
  const claimed = extension === undefined ? undefined : BY_EXTENSION[extension]
  if (extension !== undefined && claimed !== found) throw new AppError('TEP-002', { content: found, extension: extension.slice(0, 8) })
  return found
}

/** Pixels of width × height above which a picture is refused: 20,000 × 20,000 decodes to more memory than a counter has. */
const MAX_PIXELS = 120_000_000

/**
 * Refuses a picture whose header promises a decoded size no counter can hold (a decompression bomb).
 * @throws AppError TEP-005
 */
export function refuseBomb(type: MediaType, head: Uint8Array): void {
  const size = type === 'image/png' ? pngSize(head) : type === 'image/jpeg' ? jpegSize(head) : null
  if (size && size.width * size.height > MAX_PIXELS) throw new AppError('TEP-005', { megapixels: Math.round((size.width * size.height) / 1e6) })
}

type Size = Readonly<{ width: number; height: number }>

function pngSize(head: Uint8Array): Size | null {
  if (head.length < 24) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegSize(head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  let at = 2
  while (at + 9 < head.length && head[at] === 0xff) {
    if (isFrameHeader(head[at + 1] ?? 0)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** Page objects of a PDF that begin before an index, as far as its plain objects tell (packed ones are not seen). */
export function countPdfPages(text: string, before: number): number {
  return [...text.matchAll(/\/Type\s{0,4}\/Page(?![a-zA-Z])/gu)].filter((match) => match.index < before).length
}
