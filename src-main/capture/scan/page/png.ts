import type { FileHandle } from 'node:fs/promises'
import type { ImageFacts } from './facts'
import { readAt } from './read'

const METRES_PER_INCH = 0.0254
const MOST_CHUNKS = 200_000

/** Walks the chunks to the end mark without reading the picture. Null where it is no PNG, or is cut. */
export async function pngFacts(file: FileHandle, size: number): Promise<ImageFacts | null> {
  let at = 8
  let width = 0
  let height = 0
  let dpi: number | null = null
  let data = false
  for (let count = 0; count < MOST_CHUNKS && at + 12 <= size; count += 1) {
    const head = await readAt(file, at, 21)
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    if (at + 12 + length > size) return null
    if (type === 'IHDR' && length === 13) [width, height] = [head.readUInt32BE(8), head.readUInt32BE(12)]
    else if (width < 1 || height < 1) return null
    else if (type === 'pHYs' && length === 9 && head[16] === 1) dpi = Math.round(head.readUInt32BE(8) * METRES_PER_INCH) || null
    else if (type === 'IDAT') data ||= length > 0
    else if (type === 'IEND') return data ? { mediaType: 'image/png', width, height, dpi } : null
    at += 12 + length
  }
  return null
}
