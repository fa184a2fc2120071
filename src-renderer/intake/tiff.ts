import { decode, decodeImage, toRGBA8 } from 'utif2'

/** Draws one page (from 1) of a TIFF file, `width` pixels wide: the page itself cannot show this format. */
export async function tiffPage(blob: Blob, page: number, width: number): Promise<{ canvas: OffscreenCanvas; pages: number }> {
  const buffer = await blob.arrayBuffer()
  const sheets = decode(buffer)
  const sheet = sheets[Math.min(page, sheets.length) - 1]
  if (!sheet) throw new Error('no page')
  decodeImage(buffer, sheet)
  const full = new OffscreenCanvas(sheet.width, sheet.height)
  full.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(toRGBA8(sheet)), sheet.width, sheet.height), 0, 0)
  const canvas = new OffscreenCanvas(width, Math.max(1, Math.round((sheet.height * width) / sheet.width)))
  canvas.getContext('2d')?.drawImage(full, 0, 0, canvas.width, canvas.height)
  return { canvas, pages: sheets.length }
}
