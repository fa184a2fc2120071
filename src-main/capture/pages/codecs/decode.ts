import { AppError } from '@contract/errors'
import { badImage, IMAGE_LIMITS } from '../limits'
import type { Raster } from '../raster'
import { decodeJpeg } from './jpeg'
import { decodePng } from './png'
import { decodePnm } from './pnm'
import { decodeTiff, tiffPages } from './tiff'

export type ImageKind = 'image/jpeg' | 'image/png' | 'image/tiff' | 'image/x-portable-anymap'

/** What kind of picture the first bytes say; null for anything else. The name of a file says nothing. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xd8 && c === 0xff) return 'image/jpeg'
  if (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) return 'image/png'
  if ((a === 0x49 && b === 0x49 && c === 42 && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && d === 42)) return 'image/tiff'
  if (a === 0x50 && (b === 0x34 || b === 0x35 || b === 0x36)) return 'image/x-portable-anymap'
  return null
}

function refuseBytes(bytes: Uint8Array): void {
  if (bytes.length > IMAGE_LIMITS.bytes) throw new AppError('QT-013', { bytes: bytes.length })
}

/** Pages in a picture file: 1 but for TIFF. @throws AppError QT-011, QT-013 */
export function pagesIn(bytes: Uint8Array): number {
  refuseBytes(bytes)
  return imageKind(bytes) === 'image/tiff' ? tiffPages(bytes) : 1
}

/**
 * A picture file as pixels, whatever its kind.
 * @param from `dpi` is taken where the file does not tell; `page` (from 0) chooses in a TIFF
 * @throws AppError QT-011 for what cannot be read whole, QT-013 beyond 150 million pixels or 256 MiB; nothing else
 */
export async function decodeImage(bytes: Uint8Array, { dpi, page = 0 }: { dpi?: number; page?: number } = {}): Promise<Raster> {
  refuseBytes(bytes)
  const kind = imageKind(bytes)
  try {
    if (kind === 'image/jpeg') return await decodeJpeg(bytes, dpi)
    if (kind === 'image/png') return decodePng(bytes, dpi)
    if (kind === 'image/tiff') return await decodeTiff(bytes, page, dpi)
    if (kind === 'image/x-portable-anymap') return decodePnm(bytes, dpi)
  } catch (error) {
    throw error instanceof AppError ? error : badImage('data', error)
  }
  throw badImage('kind')
}
