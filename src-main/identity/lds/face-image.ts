import { writeBmp } from './bmp'
import { readCodestream } from './codestream'
import { codestreamOf, readImage } from './image'
import { malformed } from './malformed'
import { decodeJpeg2000 } from './openjpeg'

/** A portrait that any window can show. */
export type ShownFace = Readonly<{ mediaType: 'image/jpeg' | 'image/bmp'; bytes: Uint8Array; width: number; height: number }>

/** JPEG 2000 → BMP. OpenJPEG throws numbers and strings, too: whatever it throws, the image is at fault. */
async function decoded(image: Uint8Array, codestream: Uint8Array): Promise<ShownFace> {
  const { width, height, components } = readCodestream(codestream)
  const pixels = await decodeJpeg2000(image).catch((): never => {
    throw malformed('DG2')
  })
  const isAsAnnounced = pixels.width === width && pixels.height === height && pixels.components === components && pixels.data.length === width * height * components
  if (!isAsAnnounced) throw malformed('DG2')
  return { mediaType: 'image/bmp', bytes: writeBmp(pixels), width, height }
}

/**
 * A portrait for the screen: JPEG as it is, JPEG 2000 (file or bare codestream) as BMP, which no window has to be taught.
 * @throws AppError THE-009 (`file`: `DG2`) when it is none of these, too large or broken
 */
export async function decodeFace(bytes: Uint8Array): Promise<ShownFace> {
  const { codec, width, height } = readImage(bytes)
  if (codec === 'jpeg') return { mediaType: 'image/jpeg', bytes, width, height }
  const codestream = codestreamOf(bytes)
  if (codestream === null) throw malformed('DG2')
  return decoded(bytes, codestream)
}
