import type { PdfWord } from '../pdf'
import type { PageText } from './types'

/**
 * The words of a page for the invisible layer of its PDF, in pixels of the image that stands there, which may be another size of the same page.
 * Each word is as high as its line, so that a line has one baseline and copied text keeps its order.
 * @param image size of the image in the PDF, in pixels
 */
export function textLayer({ lines, width, height }: Pick<PageText, 'lines' | 'width' | 'height'>, image: Readonly<{ width: number; height: number }>): PdfWord[] {
  const [across, down] = [image.width / width, image.height / height]
  return lines.flatMap(({ words, box: line }) => words.map(({ text, box }) => ({ text, x: box.x * across, y: line.y * down, width: box.width * across, height: line.height * down })))
}
