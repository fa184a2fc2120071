/** What a camera writes beside the picture: segments of a JPEG (ITU T.81, annex B). */
export type Segment = Readonly<{ marker: number; /** Of the marker's FF. */ start: number; end: number; /** The payload behind the length. */ body: number }>

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const isStandalone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff

/** Where the coded data that begins at `from` ends: at the next marker that is none of its own. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) return -1
    if (next !== 0x00 && next !== 0xff && !isStandalone(next)) return at
  }
  return -1
}

/**
 * The segments of the first picture up to its end marker; a scan belongs to its segment. Null when the file is cut off or is no JPEG.
 * What stands behind the end marker (a second picture, a maker's trailer) is not part of it.
 */
export function jpegSegments(bytes: Uint8Array): { segments: Segment[]; end: number } | null {
  const segments: Segment[] = []
  let at = 2
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at] === 0xff ? bytes[at + 1] : undefined
    if (marker === undefined) return null
    if (marker === EOI) return { segments, end: at + 2 }
    if (isStandalone(marker)) {
      at += 2
      continue
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const behind = at + 2 + length
    if (length < 2 || behind > bytes.length) return null
    const end = marker === SOS ? endOfScan(bytes, behind) : behind
    if (end < 0) return null
    segments.push({ marker, start: at, end, body: at + 4 })
    at = end
  }
}
