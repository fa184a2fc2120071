import { only, readAll, readTlv, type Tlv } from '../chip/tlv'
import { type FaceImage, readImage } from './image'
import { malformed } from './malformed'

/** From the face image data block to the image (ISO 39794-5, ICAO application profile): `[1]` representations, a SEQUENCE, `[1]` image representation, `[0]` base, `[0]` two-dimensional, `[0]` data. */
const PATH = [0xa1, 0x30, 0xa1, 0xa0, 0xa0] as const
const FACE_IMAGE_DATA_BLOCK = 0x65
const REPRESENTATION_DATA = 0x80

function childOf(parent: Tlv, tag: number): Tlv {
  const found = readAll(parent.value).find((part) => part.tag === tag)
  if (found === undefined) throw malformed('DG2')
  return found
}

/**
 * The first portrait of an ISO 39794-5 face image data block (`[APPLICATION 5]`), in DG2 wrapped once more as `[1]`. Fields that the profile makes
 * optional are stepped over by their tags.
 * @throws AppError THE-009 (`file`: `DG2`)
 */
export function face39794(data: Uint8Array): FaceImage {
  const { tlv: outer } = readTlv(data)
  const block = outer.tag === FACE_IMAGE_DATA_BLOCK ? outer : only(outer.value, FACE_IMAGE_DATA_BLOCK)
  const representation = PATH.reduce<Tlv>(childOf, block)
  return readImage(childOf(representation, REPRESENTATION_DATA).value)
}
