import { AppError } from '@contract/errors'

/** What a picture from outside may be. A page of A4 at 1,200 dpi has 139 million pixels; in colour that is 420 MB, the most that is ever held. */
export const IMAGE_LIMITS = {
  pixels: 150_000_000,
  /** Longest side: what a JPEG can name. */
  side: 65_500,
  /** Encoded file. */
  bytes: 256 * 1024 * 1024,
  /** Scans of a progressive JPEG: each goes over the whole picture once more. */
  scans: 64,
  /** Pages of one TIFF. */
  frames: 1_000,
} as const

/** What is assumed where a file does not say its resolution, and the bounds outside which it is not believed. */
export const DPI = { assumed: 300, least: 50, most: 2_400 } as const

export const believableDpi = (dpi: number): number | null => (dpi >= DPI.least && dpi <= DPI.most ? dpi : null)

export const badImage = (reason: string, cause?: unknown): AppError => new AppError('QT-011', { reason }, { cause })

/** Refuses by size before a pixel is made. @throws AppError QT-011 without any pixel, QT-013 beyond the limits */
export function refuseSize(width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) throw badImage('size')
  if (width > IMAGE_LIMITS.side || height > IMAGE_LIMITS.side || width * height > IMAGE_LIMITS.pixels) throw new AppError('QT-013', { width, height })
}
