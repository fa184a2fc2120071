import { type FaceImage, readImage } from './image'
import { malformed } from './malformed'

const HEADER = 14
const FACIAL_INFORMATION = 20
const FEATURE_POINT = 8
const IMAGE_INFORMATION = 12

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2)

/** `FAC` and a zero. */
export const is19794 = (bytes: Uint8Array): boolean => u32(bytes, 0) === 0x46414300

/**
 * The first portrait of a facial record (ISO 19794-5:2005 §5.4–5.8): header, then per image 20 bytes about the face, feature points of 8, 12 bytes
 * about the image, the image. Type, width and height in it are not believed.
 * @throws AppError THE-009 (`file`: `DG2`)
 */
export function face19794(record: Uint8Array): FaceImage {
  const length = u32(record, 8)
  const images = u16(record, 12)
  if (!is19794(record) || record.length < HEADER || length > record.length || length < HEADER || images < 1) throw malformed('DG2')
  const blockLength = u32(record, HEADER)
  const imageAt = HEADER + FACIAL_INFORMATION + u16(record, HEADER + 4) * FEATURE_POINT + IMAGE_INFORMATION
  const end = HEADER + blockLength
  if (end > length || imageAt >= end) throw malformed('DG2')
  return readImage(record.subarray(imageAt, end))
}
