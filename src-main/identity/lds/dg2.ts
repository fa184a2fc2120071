import type { FaceView } from '@contract/chip'
import { only, readAll, type Tlv } from '../chip/tlv'
import { face19794, is19794 } from './face-19794'
import { face39794 } from './face-39794'
import type { FaceImage } from './image'
import { inFile, malformed } from './malformed'

const DATA_BLOCKS: ReadonlySet<number> = new Set([0x5f2e, 0x7f2e])
/** 9303-10 §4.7.2.1 allows nine; the first is the portrait. */
const MOST_TEMPLATES = 9

const templateOf = (group: Tlv): Tlv | undefined => readAll(group.value).slice(0, MOST_TEMPLATES + 1).find(({ tag }) => tag === 0x7f60)

/**
 * The first portrait of DG2: `75`, group template `7F61`, information template `7F60`, data block `5F2E` or `7F2E`, in it ISO 19794-5 or
 * ISO 39794-5 (9303-10 §4.7.2). Nothing is decoded yet.
 * @throws AppError THE-009 (`file`: `DG2`)
 */
export function parseDg2(bytes: Uint8Array): FaceImage {
  return inFile('DG2', () => {
    const template = templateOf(only(only(bytes, 0x75).value, 0x7f61))
    const block = template === undefined ? undefined : readAll(template.value).find(({ tag }) => DATA_BLOCKS.has(tag))
    if (block === undefined) throw malformed('DG2')
    return is19794(block.value) ? face19794(block.value) : face39794(block.value)
  })
}

export const toFaceView = ({ codec, width, height, bytes }: FaceImage): FaceView => ({ codec, width, height, bytes: bytes.length })
