import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { open, type FileHandle } from 'node:fs/promises'
import type { ImageFacts } from './facts'
import { heightRepair, jpegFacts } from './jpeg'
import { pngFacts } from './png'
import { pnmFacts } from './pnm'
import { readAt } from './read'
import { tiffFacts } from './tiff'

/** An A3 page at 1,200 dpi has 278 million pixels; what has more is no page. */
export const MOST_PIXELS = 300_000_000
/** An A3 page at 1,200 dpi in colour, uncompressed, and room. */
export const MOST_BYTES = 1024 * 1024 * 1024
/** Compressed pages are read whole to find their end. */
const MOST_COMPRESSED = 256 * 1024 * 1024
const HEAD = 4096

/**
 * Looks at a page file without decoding it: kind by content, size in pixels, and that it is there to its last byte.
 * The pixels themselves are decoded once, by the page chain. @throws AppError QT-011 damaged, cut or of no known kind; QT-013 too large
 */
export async function wholePage(path: string): Promise<ImageFacts> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) throw new AppError(captureErrors.badImage)
  try {
    const { size } = await file.stat()
    if (size > MOST_BYTES) throw new AppError(captureErrors.tooLarge)
    const facts = await factsOf(file, size)
    if (!facts) throw new AppError(captureErrors.badImage)
    if ((facts.width ?? 0) * (facts.height ?? 0) > MOST_PIXELS) throw new AppError(captureErrors.tooLarge)
    return facts
  } finally {
    await file.close()
  }
}

/** The kind of a page by its first bytes (16 suffice but for PDF, which may start later); null: none of ours. */
export function kindOf(head: Buffer): ImageFacts['mediaType'] | null {
  const text = head.toString('latin1', 0, 1024)
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'image/tiff'
  if (/^P[456]\s/.test(text)) return 'image/x-portable-anymap'
  return text.includes('%PDF-') ? 'application/pdf' : null
}

async function factsOf(file: FileHandle, size: number): Promise<ImageFacts | null> {
  const head = await readAt(file, 0, Math.min(HEAD, size))
  switch (kindOf(head)) {
    case 'image/jpeg': {
      if (size > MOST_COMPRESSED) throw new AppError(captureErrors.tooLarge)
      return jpegFacts(await readAt(file, 0, size))
    }
    case 'image/png': return pngFacts(file, size)
    case 'image/tiff': return tiffFacts(file, size)
    case 'image/x-portable-anymap': return pnmFacts(head, size)
    case 'application/pdf': return pdfFacts(file, size)
    case null: return null
  }
}

async function pdfFacts(file: FileHandle, size: number): Promise<ImageFacts | null> {
  const tail = await readAt(file, Math.max(0, size - 2048), Math.min(2048, size))
  return tail.includes('%%EOF') ? { mediaType: 'application/pdf', width: null, height: null, dpi: null } : null
}

/** Writes the height into a JPEG that carries it behind the picture. Leaves every other file as it is. */
export async function repairHeight(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const head = await readAt(file, 0, Math.min(HEAD, size))
    if (kindOf(head) !== 'image/jpeg' || size > MOST_COMPRESSED || !mayLackHeight(head)) return
    const repair = heightRepair(await readAt(file, 0, size))
    if (!repair) return
    const two = Buffer.alloc(2)
    two.writeUInt16BE(repair.height)
    await file.write(two, 0, 2, repair.at)
  } finally {
    await file.close()
  }
}

/** False where the head already shows a frame with a height, so that the file need not be read a second time. */
function mayLackHeight(head: Buffer): boolean {
  for (let at = 2; at + 9 < head.length && head[at] === 0xff; at += 2 + head.readUInt16BE(at + 2)) {
    const marker = head[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc2) return head.readUInt16BE(at + 5) === 0
  }
  return true
}
