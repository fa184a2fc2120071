import { EXIF_HEADER, exifFacts, orientationSegment } from './exif'
import { isJpeg, jpegSegments, type Segment } from './jpeg'

/** The copy of a photo that leaves the counter: the picture alone. `bytes` is the very input where there was nothing else in it. */
export type PictureCopy = Readonly<{ mediaType: 'image/jpeg' | 'image/png'; hasLocation: boolean; bytes: Uint8Array }>

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).equals(PNG_SIGNATURE)

/** Type of a file by its first bytes; null when it is neither. */
export const pictureType = (head: Uint8Array): PictureCopy['mediaType'] | null => (isJpeg(head) ? 'image/jpeg' : isPng(head) ? 'image/png' : null)

const within = (bytes: Uint8Array, { body, end }: Segment): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset + body, end - body)

const isExif = (bytes: Uint8Array, segment: Segment): boolean =>
  segment.marker === 0xe1 && within(bytes, segment).subarray(0, EXIF_HEADER.length).equals(EXIF_HEADER)

/** A block of Adobe's that may name a place. */
const namesPlace = (bytes: Uint8Array, segment: Segment): boolean =>
  segment.marker === 0xe1 && /GPSL(atitude|ongitude)/.test(within(bytes, segment).toString('latin1'))

/** JFIF, colour profile and Adobe's colour transform decide how the picture looks; the other application blocks and comments do not. */
function decidesLook(bytes: Uint8Array, segment: Segment): boolean {
  const { marker } = segment
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe0 || marker === 0xee) return true
  return marker === 0xe2 && within(bytes, segment).subarray(0, 11).toString('latin1') === 'ICC_PROFILE'
}

function jpegCopy(bytes: Uint8Array): PictureCopy | null {
  const found = jpegSegments(bytes)
  if (found === null || !found.segments.some(({ marker }) => marker === 0xda)) return null
  const { segments, end } = found
  const facts = segments.filter((segment) => isExif(bytes, segment)).map((segment) => exifFacts(within(bytes, segment).subarray(EXIF_HEADER.length)))
  const hasLocation = facts.some(({ location }) => location) || segments.some((segment) => namesPlace(bytes, segment))
  const kept = segments.filter((segment) => decidesLook(bytes, segment))
  if (kept.length === segments.length && end === bytes.length) return { mediaType: 'image/jpeg', hasLocation, bytes }
  const orientation = facts.find((fact) => fact.orientation >= 2 && fact.orientation <= 8)?.orientation
  const parts = [bytes.subarray(0, 2), ...(orientation === undefined ? [] : [orientationSegment(orientation)]), ...kept.map(({ start, end: to }) => bytes.subarray(start, to)), bytes.subarray(end - 2, end)]
  return { mediaType: 'image/jpeg', hasLocation, bytes: Buffer.concat(parts) }
}

/** Chunks that say something beside the picture (PNG, third edition, §11.3). */
const BESIDE = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME'])

function pngCopy(bytes: Uint8Array): PictureCopy | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: Uint8Array[] = [view.subarray(0, 8)]
  let hasLocation = false
  for (let at = 8; at + 12 <= view.length;) {
    const end = at + 12 + view.readUInt32BE(at)
    if (end > view.length) return null
    const type = view.toString('latin1', at + 4, at + 8)
    const body = view.subarray(at + 8, end - 4)
    if (type === 'eXIf') hasLocation ||= exifFacts(body).location
    else if (BESIDE.has(type)) hasLocation ||= body.includes('GPSL')
    if (!BESIDE.has(type)) parts.push(view.subarray(at, end))
    at = end
    if (type !== 'IEND') continue
    const copy = Buffer.concat(parts)
    return { mediaType: 'image/png', hasLocation, bytes: copy.length === bytes.length ? bytes : copy }
  }
  return null
}

/**
 * The picture without what a camera or a program wrote beside it: place, time, device, comments, previews, trailers. How it is to be
 * turned and its colours stay. Nothing of the picture itself is coded anew. Null: neither JPEG nor PNG, or cut off.
 */
export function pictureCopy(bytes: Uint8Array): PictureCopy | null {
  const type = pictureType(bytes)
  return type === 'image/jpeg' ? jpegCopy(bytes) : type === 'image/png' ? pngCopy(bytes) : null
}
