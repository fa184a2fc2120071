import type { Turns } from '@contract/pages'
import { decodeImage, imageKind } from '../pages/codecs/decode'
import { readG4 } from '../pages/codecs/g4-tiff'
import { encodeJpeg } from '../pages/codecs/jpeg'
import { readJpegHeader } from '../pages/codecs/jpeg-header'
import { IMAGE_LIMITS } from '../pages/limits'
import type { PdfPage, PdfWord } from '../pdf'
import { turnedBack, turnedSize } from '../text'
import type { Documents } from '../../storage'
import type { Sheet } from './bound-rows'

/** High enough that nobody sees that the page was encoded once more. */
const QUALITY = 90

const embeddable = (bytes: Uint8Array): boolean => imageKind(bytes) === 'image/jpeg' || (imageKind(bytes) === 'image/tiff' && readG4(bytes) !== null)

/** Words of a picture as it is shown, in a file of it that Exif has turned: a PDF's words stand in the picture as it lies in the file. */
export function wordsInFile(words: readonly PdfWord[], turns: Turns, shown: Readonly<{ width: number; height: number }>): readonly PdfWord[] {
  if (turns === 0) return words
  return words.map((word) => ({ text: word.text, ...turnedBack(word, turns, turnedSize(shown, turns)), turns: (((word.turns ?? 0) + turns) % 4) as Turns }))
}

/**
 * A page as it goes into the PDF, byte for byte where a PDF can hold it; other pictures (PNG, a TIFF of several strips) as a JPEG.
 * @param words in pixels of the page as it was made
 * @throws AppError LUU-021, LUU-022, QT-011
 */
export async function leafImage(documents: Pick<Documents, 'readAll'>, { sha256, width, height, dpi, turns }: Sheet, words: readonly PdfWord[]): Promise<PdfPage> {
  const bytes = await documents.readAll(sha256, IMAGE_LIMITS.bytes)
  if (!embeddable(bytes)) return { bytes: await encodeJpeg(await decodeImage(bytes, { dpi }), QUALITY), dpi, turns, words }
  if (imageKind(bytes) !== 'image/jpeg') return { bytes, dpi, turns, words }
  return { bytes, dpi, turns, words: wordsInFile(words, readJpegHeader(bytes).turns, { width, height }) }
}
