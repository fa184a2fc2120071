import { findMrz, readMrz } from './forms/mrz-proposals'
import type { MrzTools } from './forms/mrz-repair'
import type { TextReader } from './reader'
import type { Line, PageImage, PageText } from './types'
import type { Box } from '../pages/raster'

const hasCentre = ({ x, y, width, height }: Box, { box }: Line): boolean => {
  const [across, down] = [box.x + box.width / 2, box.y + box.height / 2]
  return across >= x && across <= x + width && down >= y && down <= y + height
}

/** A page with other lines in an area of it. */
function withLines(page: PageText, area: Box, lines: readonly Line[]): PageText {
  const all = [...page.lines.filter((line) => !hasCentre(area, line)), ...lines]
  const sure = all.flatMap(({ words }) => words.map(({ confidence }) => confidence))
  return { ...page, lines: all, text: all.map(({ text }) => text).join('\n'), confidence: sure.length === 0 ? 0 : sure.reduce((sum, one) => sum + one, 0) / sure.length }
}

/**
 * All that stands on a page. Where an MRZ seems to be, that part is read once more with its own letters, and what comes of it is taken if it can be read by its check digits.
 * @throws AppError as `TextReader.read`
 */
export async function readPage(reader: Pick<TextReader, 'read'>, image: PageImage, mrz: MrzTools, signal?: AbortSignal): Promise<PageText> {
  const given = signal ? { signal } : {}
  const page = await reader.read(image, given)
  const area = findMrz(page)
  if (!area) return page
  const again = withLines(page, area, (await reader.read(image, { ...given, purpose: 'mrz', area })).lines)
  return readMrz(again, mrz) ? again : page
}
