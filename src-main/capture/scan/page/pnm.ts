import type { ImageFacts } from './facts'

const MOST_SIDE = 200_000

/** Numbers of a PNM header after the magic word, comments left out. Null while one is missing. */
function numbers(head: Buffer, count: number): { values: number[]; end: number } | null {
  const values: number[] = []
  let at = 2
  while (values.length < count) {
    while (at < head.length && isSpace(head[at])) at += 1
    if (head[at] === 0x23) {
      while (at < head.length && head[at] !== 0x0a) at += 1
      continue
    }
    const from = at
    while (at < head.length && isDigit(head[at])) at += 1
    if (at === from || at - from > 9 || at >= head.length) return null
    values.push(Number(head.toString('latin1', from, at)))
  }
  return isSpace(head[at]) ? { values, end: at + 1 } : null
}

const isSpace = (byte: number | undefined) => byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Header of a raw PNM (P4, P5, P6) against the size of its file: uncompressed, so every missing byte shows. Null where it is none, or is cut. */
export function pnmFacts(head: Buffer, fileSize: number): ImageFacts | null {
  const kind = head.toString('latin1', 0, 2)
  if (kind !== 'P4' && kind !== 'P5' && kind !== 'P6') return null
  const read = numbers(head, kind === 'P4' ? 2 : 3)
  if (!read) return null
  const [width = 0, height = 0, most = 1] = read.values
  if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE || most < 1 || most > 65535) return null
  const sample = most > 255 ? 2 : 1
  const row = kind === 'P4' ? Math.ceil(width / 8) : width * sample * (kind === 'P6' ? 3 : 1)
  return fileSize >= read.end + row * height ? { mediaType: 'image/x-portable-anymap', width, height, dpi: null } : null
}
