import { AppError } from '@contract/errors'
import { readG4 } from '../pages/codecs/g4-tiff'
import { readJpegHeader } from '../pages/codecs/jpeg-header'
import { imageKind } from '../pages/codecs/decode'

/** A page as its file, and what a PDF must know of it. */
export type PdfPage = Readonly<{
  /** A JPEG (grey or colour), or a TIFF with one strip of Group 4 as `processPage` makes it. */
  bytes: Uint8Array
  /** Pixels an inch; null: what the file says, or 300. */
  dpi: number | null
  /** Quarter turns clockwise in which the page is shown. */
  turns: 0 | 1 | 2 | 3
  /** Text that was read from the page, to be found and copied. */
  words?: readonly PdfWord[]
}>

/** A word and where it stands, in pixels of the page's image from its upper left; `turns`: quarter turns clockwise of the image after which it is upright, none where it is not told. */
export type PdfWord = Readonly<{ text: string; x: number; y: number; width: number; height: number; turns?: 0 | 1 | 2 | 3 }>

/** An image as it goes into a PDF: the entries of its dictionary beside width, height and length, and the bytes as they are in the file. */
export type PdfImage = Readonly<{ width: number; height: number; dpi: number; turns: 0 | 1 | 2 | 3; entries: string; data: Uint8Array }>

/**
 * The image of a page without decoding it.
 * @throws AppError QT-011 for what is neither a JPEG of one or three colours nor a strip of Group 4
 */
export function pdfImageOf({ bytes, dpi, turns }: PdfPage): PdfImage {
  const kind = imageKind(bytes)
  if (kind === 'image/jpeg') {
    const jpeg = readJpegHeader(bytes)
    // A mirrored Exif picture cannot be set right by turning the page; no camera makes one.
    const upright = ((turns + jpeg.turns) % 4) as 0 | 1 | 2 | 3
    const colour = jpeg.components === 1 ? '/DeviceGray' : '/DeviceRGB'
    return { width: jpeg.width, height: jpeg.height, dpi: dpi ?? jpeg.dpi ?? 300, turns: upright, entries: `/ColorSpace ${colour} /BitsPerComponent 8 /Filter /DCTDecode`, data: bytes }
  }
  const strip = kind === 'image/tiff' ? readG4(bytes) : null
  if (!strip) throw new AppError('QT-011', { reason: 'pdf-image' })
  const parms = `<< /K -1 /Columns ${String(strip.width)} /Rows ${String(strip.height)}${strip.inverted ? ' /BlackIs1 true' : ''} >>`
  return {
    width: strip.width, height: strip.height, dpi: dpi ?? strip.dpi, turns, data: strip.data,
    entries: `/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms ${parms}`,
  }
}
