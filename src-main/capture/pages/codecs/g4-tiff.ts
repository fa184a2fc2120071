import { badImage, DPI } from '../limits'
import { dpiOf, first, readTiffDirectories, sizeOf } from './tiff-directory'

/** One strip of Group 4; `inverted` where its white runs are ink. */
export type FaxStrip = Readonly<{ width: number; height: number; dpi: number; inverted: boolean; data: Uint8Array }>

const [SHORT, LONG, RATIONAL] = [3, 4, 5]

/** A strip of Group 4 as a TIFF file: 170 bytes more. Our black-and-white pages lie on the disk like this, and anything can open them. */
export function wrapG4(data: Uint8Array, width: number, height: number, dpi: number): Uint8Array {
  const fields: readonly (readonly [tag: number, kind: number, value: number])[] = [
    [256, LONG, width], [257, LONG, height], [258, SHORT, 1], [259, SHORT, 4], [262, SHORT, 0], [266, SHORT, 1], [273, LONG, 0], [277, SHORT, 1],
    [278, LONG, height], [279, LONG, data.length], [282, RATIONAL, 0], [283, RATIONAL, 0], [296, SHORT, 2],
  ]
  const ratio = 8 + 2 + fields.length * 12 + 4
  const strip = ratio + 8
  const file = new Uint8Array(strip + data.length)
  const view = new DataView(file.buffer)
  view.setUint32(0, 0x49492a00)
  view.setUint32(4, 8, true)
  view.setUint16(8, fields.length, true)
  fields.forEach(([tag, kind, value], index) => {
    const at = 10 + index * 12
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, kind, true)
    view.setUint32(at + 4, 1, true)
    if (kind === SHORT) view.setUint16(at + 8, value, true)
    else view.setUint32(at + 8, kind === RATIONAL ? ratio : tag === 273 ? strip : value, true)
  })
  view.setUint32(ratio, Math.round(dpi), true)
  view.setUint32(ratio + 4, 1, true)
  file.set(data, strip)
  return file
}

/** The strip of a TIFF that holds one page of Group 4 in one strip, as `wrapG4` writes it; null for any other TIFF. @throws AppError QT-011 for a broken one */
export function readG4(bytes: Uint8Array): FaxStrip | null {
  const directories = readTiffDirectories(bytes)
  const [page] = directories
  if (!page || directories.length > 1) return null
  const { width, height } = sizeOf(page)
  const [offsets, lengths] = [page.values.get('strips') ?? [], page.values.get('stripBytes') ?? []]
  const [offset, length] = [offsets[0], lengths[0]]
  const plain = first(page, 'compression', 1) === 4 && first(page, 'fillOrder', 1) === 1 && first(page, 'orientation', 1) === 1 && first(page, 'bits', 1) === 1
  const photometric = first(page, 'photometric', 0)
  if (!plain || photometric > 1 || offsets.length !== 1 || offset === undefined || length === undefined) return null
  if (offset + length > bytes.length) throw badImage('tiff-truncated')
  return { width, height, dpi: dpiOf(page) ?? DPI.assumed, inverted: photometric === 1, data: bytes.subarray(offset, offset + length) }
}
