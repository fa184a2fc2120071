/** The two facts of an Exif block that matter here: how the picture is to be turned, and whether it says where it was taken. */
export type ExifFacts = Readonly<{ orientation: number; location: boolean }>

const ORIENTATION = 0x0112
const GPS_POINTER = 0x8825
/** "Exif" and two zeros stand before the TIFF header. */
export const EXIF_HEADER = Buffer.from('Exif\0\0', 'latin1')

const NOTHING: ExifFacts = { orientation: 1, location: false }

/** Reads the first directory of the TIFF block; a broken one says nothing. Never throws. */
export function exifFacts(tiff: Uint8Array): ExifFacts {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (view.byteLength < 8) return NOTHING
  const order = view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return NOTHING
  const little = order === 0x4949
  const first = view.getUint32(4, little)
  if (first + 2 > view.byteLength) return NOTHING
  const count = view.getUint16(first, little)
  let facts = NOTHING
  for (let entry = first + 2; entry + 12 <= Math.min(view.byteLength, first + 2 + count * 12); entry += 12) {
    const tag = view.getUint16(entry, little)
    if (tag === ORIENTATION) facts = { ...facts, orientation: view.getUint16(entry + 8, little) }
    if (tag === GPS_POINTER) facts = { ...facts, location: true }
  }
  return facts
}

/** An Exif segment (APP1) that says how to turn the picture, and nothing else. */
export function orientationSegment(orientation: number): Uint8Array {
  const tiff = Buffer.alloc(26)
  tiff.write('MM', 0, 'latin1')
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(ORIENTATION, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(2 + EXIF_HEADER.length + tiff.length, 2)
  return Buffer.concat([head, EXIF_HEADER, tiff])
}
